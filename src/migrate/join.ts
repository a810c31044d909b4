import { languageOf } from "../syntax/registry.ts";
import { withCalls } from "./calls.ts";
import { objectsOf, passOn, readersOf, verdictOf } from "./deeds.ts";
import { WHOLE } from "./document.ts";
import type { Said } from "./evidence.ts";
import { baseName } from "./file-names.ts";
import { Lines } from "./lines.ts";
import type { MentioningSource } from "./mentioning.ts";
import { namedBy, nodeOf, Nodes } from "./nodes.ts";
import type { ProgramName } from "./readers.ts";
import { type ReadingProgram, readingPrograms } from "./reads.ts";
import { withSourced } from "./sourced.ts";
import { suspectsIn, type Unfollowed } from "./suspects.ts";

export interface Joined {
  /** What the lines say of a document. */
  saidOf: (path: string, document: string) => Said;
  /** Those of which all is known that they read. */
  programs: ReadingProgram[];
  /** Lines that write a file from an object of their text, named by where that begins. */
  makers: ProgramName[];
}

/**
 * Joins the mentions of all sources. Follows copies: what a copy is sent for, its original is sent for. `files` are
 * the sources that hold requests; all paths go from the top of the repository. Where no line says anything about a file
 * of data, its name may, and updates that are `unfollowed`. `isThere` tells whether there is another file at a path.
 */
export function joinEvidence(
  mentioning: readonly MentioningSource[],
  files: readonly string[],
  isThere?: (path: string) => boolean,
  unfollowed: Unfollowed = { updates: [], spokenOf: new Set() },
): Joined {
  const sources = withCalls(withSourced(mentioning), isThere);
  const nodes = new Nodes(sources, files, isThere);
  const lines = new Lines(sources, nodes);
  const { deeds, objects, makes, shown, makers } = lines;
  passOn(deeds, lines.originals);
  const suspectsOf = suspectsIn(unfollowed, lines.untold, nodes);
  const saidOf = (path: string, document: string): Said => {
    const node = nodeOf(path, document);
    const known = deeds.get(node) ?? [];
    const said = verdictOf(known);
    const { name, place } = shown.get(node) ?? { name: path, place: { path, line: 1 } };
    const hasName = document === WHOLE || name !== path;
    if (said.verdict === "none" && hasName && isCalledUpdate(name)) {
      return { verdict: "update", places: [place], byName: true };
    }
    const readers = readersOf(known);
    const ofObjects = objectsOf(objects.get(node) ?? [], deeds, (copy) => {
      return nodes.isCommitted(namedBy(copy).path) && !namedBy(copy).isWritten;
    });
    const made = makes.get(path);
    return {
      ...said,
      ...(said.verdict === "none" && suspectsOf(path, document, hasName)),
      ...(readers.length > 0 && { readers }),
      ...(made && { makes: made }),
      ...(ofObjects.length > 0 && { objects: ofObjects }),
    };
  };
  return { saidOf, programs: readingPrograms(lines, nodes), makers };
}

/** Whether a file of data has a name such as `dispatch-update.json`. */
function isCalledUpdate(path: string): boolean {
  const isData = ["json", "ndjson", "yaml"].includes(languageOf(path)?.id ?? "");
  return isData && /update(?!d)/i.test(baseName(path));
}
