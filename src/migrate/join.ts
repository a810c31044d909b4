import { languageOf } from "../syntax/registry.ts";
import { withCalls } from "./calls.ts";
import { distinct, objectsOf, passOn, readersOf, verdictOf } from "./deeds.ts";
import { WHOLE } from "./document.ts";
import type { Place, Said } from "./evidence.ts";
import { Lines } from "./lines.ts";
import type { MentioningSource } from "./mentioning.ts";
import type { NamedUpdate } from "./named-updates.ts";
import { nodeOf, Nodes } from "./nodes.ts";
import type { ProgramName } from "./readers.ts";
import { type ReadingProgram, readingPrograms } from "./reads.ts";
import { withSourced } from "./sourced.ts";

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
 * of data, its name may, and the lines that speak of `updates`. `isThere` tells whether there is another file at a path;
 * `spokenOf` are the names, without their folders, that stand in programs or data, whatever that may mean.
 */
export function joinEvidence(
  mentioning: readonly MentioningSource[],
  files: readonly string[],
  isThere?: (path: string) => boolean,
  updates: readonly NamedUpdate[] = [],
  spokenOf: ReadonlySet<string> = new Set(),
): Joined {
  const sources = withCalls(withSourced(mentioning), isThere);
  const nodes = new Nodes(sources, files, isThere);
  const lines = new Lines(sources, nodes);
  const { deeds, objects, makes, shown, makers } = lines;
  passOn(deeds, lines.originals);
  const unclearUpdates = lines.unclearUpdates();
  const unsure = sources.filter((source) => source.unfollowed);
  const saidOf = (path: string, document: string): Said => {
    const node = nodeOf(path, document);
    const known = deeds.get(node) ?? [];
    const said: Said = verdictOf(known);
    const { name, place } = shown.get(node) ?? { name: path, place: { path, line: 1 } };
    const hasName = document === WHOLE || name !== path;
    if (said.verdict === "none" && hasName && isCalledUpdate(name)) {
      return { verdict: "update", places: [place], byName: true };
    }
    const readers = readersOf(known);
    const ofObjects = objectsOf(objects.get(node) ?? [], deeds);
    const made = makes.get(path);
    const named = hasName
      ? updates.filter(({ file, place: at }) => nodes.meantBy(file, at.path).includes(path))
      : [];
    const suspects = [...mayUpdate(unsure, path, document), ...named.map((one) => one.place)];
    const isSpokenOf = document === WHOLE && spokenOf.has(path.slice(path.lastIndexOf("/") + 1));
    if (said.verdict === "none") {
      said.places = distinct(suspects.length > 0 ? suspects : unclearUpdates);
      if (said.places.length > 0) said.mayUpdate = suspects.length > 0 || isSpokenOf ? "named" : "any";
    }
    return {
      ...said,
      ...(readers.length > 0 && { readers }),
      ...(made && { makes: made }),
      ...(ofObjects.length > 0 && { objects: ofObjects }),
    };
  };
  return { saidOf, programs: readingPrograms(lines, nodes), makers };
}

/** The lines that may update a rule with a document: a file that their source names, or a part of that source. */
function mayUpdate(sources: readonly MentioningSource[], path: string, document: string): Place[] {
  const base = path.slice(path.lastIndexOf("/") + 1);
  return sources.flatMap((source): Place[] => {
    const { line, names } = source.unfollowed ?? {};
    if (line === undefined || !names) return [];
    const isNamed = names.has(base) || names.has(base.replace(/\.\w+$/, ""));
    const isMeant = source.path === path ? document !== WHOLE : document === WHOLE && isNamed;
    return isMeant ? [{ path: source.path, line }] : [];
  });
}

/** Whether a file of data has a name such as `dispatch-update.json`. */
function isCalledUpdate(path: string): boolean {
  const isData = ["json", "ndjson", "yaml"].includes(languageOf(path)?.id ?? "");
  return isData && /update(?!d)/i.test(path.slice(path.lastIndexOf("/") + 1));
}
