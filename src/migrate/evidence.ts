import type { Span } from "../rule/value.ts";
import type { Mention } from "../syntax/syntax.ts";
import { languageOf } from "../syntax/registry.ts";
import { withCalls } from "./calls.ts";
import { withSourced } from "./sourced.ts";
import { WHOLE } from "./document.ts";
import { type Deed, distinct, type MadeObject, objectsOf, passOn, readersOf, verdictOf } from "./deeds.ts";
import { FileNames, spelled } from "./file-names.ts";
import type { NamedUpdate } from "./named-updates.ts";
import type { SiteResult } from "./outcome.ts";
import { type ProgramName, programId, type Reader } from "./readers.ts";
import {
  filesWrittenIn,
  isNode,
  isSomewhere,
  nodeOf,
  nodeOfWritten,
  TEMPORARY,
  turnsIn,
  type Written,
} from "./written-names.ts";

/** What a repository does with a request: what the lines that mention it say, and where they stand. */
export interface Evidence {
  verdict: SiteResult["evidence"]["verdict"];
  /** The lines that decide; where none does, those that may update rules with it. */
  places: Place[];
  /** Where no line decides: whether some name it that speak of updates, or update with files that are not known. */
  mayUpdate?: "named" | "any";
  /** The lines that read it by its keys, or make it anew. */
  readers?: readonly Reader[];
  /** What the lines say of objects in its text that are sent, or written to files. */
  objects?: readonly ObjectEvidence[];
  /** The lines of the source that create rules with requests of other files of the repository, and these. */
  makes?: readonly Made[];
  /** Whether nothing but the name of its file says so. */
  byName?: true;
  /** Whether somebody named the source, and so said that its requests are to be migrated. */
  named: boolean;
}

export interface Place {
  path: string;
  line: number;
}

/** The file as which a page shows a block, and where. */
interface Shown {
  name: string;
  place: Place;
}

/** What the lines say of an object that code makes, by where it stands. */
export interface ObjectEvidence extends Pick<Evidence, "verdict" | "places"> {
  at: Span;
}

/** A line that creates a rule with the request of a file. */
export interface Made {
  line: number;
  of: string;
}

/** Nothing is known but that somebody named it. */
export const NAMED: Evidence = { verdict: "none", places: [], named: true };

/** Nothing is known. */
export const UNKNOWN: Evidence = { verdict: "none", places: [], named: false };

/** The mentions of one source. */
export interface MentioningSource {
  path: string;
  /** One for each document of the source. */
  documents: readonly MentioningDocument[];
  /** Where it updates a rule with something of which it is not known what it is. */
  unfollowed?: Unfollowed;
}

/** A line that updates a rule with something that is not known, and the names of files and words of its source. */
export interface Unfollowed {
  line: number;
  names: ReadonlySet<string>;
}

/** A mention on its line. */
export interface PlacedMention extends Mention {
  line: number;
  /** The line that gave the source the words by which its files are named, if one did. */
  given?: Place;
  /** The source in which the name is written, where it is another. */
  from?: string;
}

export interface MentioningDocument {
  /** Its own name, as `documentIds` gives it. */
  id: string;
  mentions: readonly PlacedMention[];
  /** The names of its regions, as `documentIds` gives them. */
  regions: readonly string[];
}

/** What the lines say of one request. */
export type Said = Pick<
  Evidence,
  "verdict" | "places" | "mayUpdate" | "readers" | "makes" | "byName" | "objects"
>;

/** A document of a source, by the source's path and the document's name in it. */
export interface DocumentName {
  path: string;
  document: string;
}

/** A program that can be rewritten, and all the documents whose keys it reads or sets. */
export interface ReadingProgram extends DocumentName {
  /** In the reading of its document. */
  index: number;
  reads: readonly DocumentName[];
}

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
  const fileSet = new Set(files);
  const isCommitted = (path: string): boolean => fileSet.has(path);
  const sources = withCalls(withSourced(mentioning), isThere);
  // A file that one source writes and another reads need not be in the repository.
  const writtenFiles = sources.flatMap(filesWrittenIn).filter(({ file }) => !/[*$]/.test(file));
  const lasting = writtenFiles.filter(({ isTemporary }) => !isTemporary);
  const mounted = new Set(
    sources.flatMap(({ documents }) =>
      documents.flatMap(({ mentions }) => mentions.flatMap((one) => (one.mounted && one.to ? one.to : []))),
    ),
  );
  const namesOf = (others: readonly Written[]): FileNames =>
    new FileNames([...new Set([...files, ...others.map(({ file }) => file)])], isThere, mounted);
  const lastingNames = namesOf(lasting);
  const allNames = lasting.length < writtenFiles.length ? namesOf(writtenFiles) : lastingNames;
  /** Temporary files are meant by names alone that say their folder. */
  const namesFor = (file: string): FileNames => (TEMPORARY.test(file) ? allNames : lastingNames);
  const deeds = new Map<string, Deed[]>();
  const makes = new Map<string, Made[]>();
  const shown = new Map<string, Shown>();
  const originals = new Map<string, Set<string>>();
  const changed = new Set<string>();
  const makers: ProgramName[] = [];
  const objects = new Map<string, MadeObject[]>();
  const programs = new Map<string, { name: ProgramName; reads: (readonly string[] | undefined)[] }>();
  const unclear: Pick<Deed, "does" | "place">[] = [];
  const clear = new Set<string>();
  const add = <T>(map: Map<string, T[]>, key: string, value: T): void => {
    map.set(key, [...(map.get(key) ?? []), value]);
  };

  for (const source of sources) {
    const { path, documents } = source;
    const written = new Set(filesWrittenIn(source).map(({ file }) => file));
    const turns = turnsIn(source);
    // A file that the source itself writes is known by that name in this source, whatever else bears it.
    // One that is committed all the same is meant too, if it is named exactly.
    const nodesOf = (file: string, line: number, from = path): string[] => {
      if (isNode(file)) return [file];
      const names = namesFor(file);
      if (from !== path) return names.meantBy(file, from).map((found) => nodeOf(found, WHOLE));
      const exact = spelled(file, path);
      const turn = turns(exact, line);
      const others = (): string[] => names.meantBy(file, path).map((found) => nodeOf(found, WHOLE));
      // What a page shows may be a file that is committed elsewhere.
      if (turn !== undefined) return [nodeOfWritten(path, file, turn), ...others()];
      if (!written.has(exact)) return others();
      return [
        nodeOfWritten(path, file),
        ...allNames
          .exactly(exact)
          .filter(isCommitted)
          .map((found) => nodeOf(found, WHOLE)),
      ];
    };
    const surely = ({ file, line, given }: PlacedMention): string[] | undefined => {
      if (file === undefined || given) return undefined;
      const isWritten = written.has(spelled(file, path)) || turns(spelled(file, path), line) !== undefined;
      if (isWritten && !file.includes("*")) return nodesOf(file, line);
      const only = namesFor(file).surelyMeantBy(file, path);
      return only === undefined ? undefined : [nodeOf(only, WHOLE)];
    };
    for (const { id: document, mentions, regions } of documents) {
      for (const mention of mentions) {
        const { does, line, region, file, to, keys, sets, given, from } = mention;
        if (does === "run" || does === "call") continue;
        const id = region === undefined ? undefined : regions[region];
        const subjects =
          id === undefined ? (file === undefined ? [] : nodesOf(file, line, from)) : [nodeOf(path, id)];
        const index = mention.program ?? (does === "write" ? mention.made?.start : undefined);
        const program = index === undefined ? undefined : { path, document, index };
        if (program && does === "write") makers.push(program);
        if (program && does === "read") {
          const known = programs.get(programId(program)) ?? { name: program, reads: [] };
          known.reads.push(id === undefined && file !== undefined ? surely(mention) : subjects);
          programs.set(programId(program), known);
        }
        const isKnown = subjects.length > 0 || file?.includes("${") !== true;
        if (isKnown) clear.add(`${path}\0${does}`);
        else if (does !== "copy" && mention.within === undefined && !isPage(path))
          unclear.push({ does, place: { path, line } });
        if (mention.made && (from === undefined || from === path)) {
          const own = does === "copy" ? [] : [{ does, place: { path, line }, given, keys, sets, program }];
          const copy = does === "write" ? file : to;
          const copies = copy === undefined ? [] : nodesOf(copy, line, from);
          const made = objects.get(nodeOf(path, document)) ?? [];
          made.push({ at: mention.made, deeds: own, copies });
          objects.set(nodeOf(path, document), made);
        }
        for (const subject of subjects) {
          const of = subject.slice(0, subject.indexOf("\0"));
          if (does === "create" && id === undefined && files.includes(of)) add(makes, path, { line, of });
          if (does !== "copy")
            add(deeds, subject, { does, place: { path, line }, given, keys, sets, program });
          // What a wrapped copy is sent for, the original is not.
          if (does !== "copy" || to === undefined || mention.wraps) continue;
          if (mention.inTurn || mention.mounted) shown.set(subject, { name: to, place: { path, line } });
          const copies = [
            nodeOfWritten(path, to, turns(spelled(to, path), line)),
            ...(mention.inTurn || isSomewhere(to)
              ? []
              : namesFor(to)
                  .meantBy(to, path)
                  .map((found) => nodeOf(found, WHOLE))),
          ];
          for (const copy of copies) {
            if (!mention.alike) changed.add(copy);
            originals.set(copy, (originals.get(copy) ?? new Set<string>()).add(subject));
          }
        }
      }
    }
  }
  passOn(deeds, originals);
  // What is known of one line of a source explains its others: they are the same seen from inside of a function.
  const stillUnclear = unclear.filter(({ does, place }) => !clear.has(`${place.path}\0${does}`));
  const isCreated = stillUnclear.some(({ does }) => does === "create");
  const unclearUpdates = isCreated ? [] : stillUnclear.filter(({ does }) => does === "update");
  const unsure = sources.filter((source) => source.unfollowed);
  const saidOf = (path: string, document: string): Said => {
    const known = deeds.get(nodeOf(path, document)) ?? [];
    const said: Said = verdictOf(known);
    const { name, place } = shown.get(nodeOf(path, document)) ?? { name: path, place: { path, line: 1 } };
    const hasName = document === WHOLE || name !== path;
    if (said.verdict === "none" && hasName && isCalledUpdate(name)) {
      return { verdict: "update", places: [place], byName: true };
    }
    const readers = readersOf(known);
    const ofObjects = objectsOf(objects.get(nodeOf(path, document)) ?? [], deeds);
    const made = makes.get(path);
    const named = hasName
      ? updates.filter(({ file, place: at }) => namesFor(file).meantBy(file, at.path).includes(path))
      : [];
    const suspects = [...mayUpdate(unsure, path, document), ...named.map((one) => one.place)];
    const isSpokenOf = document === WHOLE && spokenOf.has(path.slice(path.lastIndexOf("/") + 1));
    if (said.verdict === "none") {
      said.places = distinct(suspects.length > 0 ? suspects : unclearUpdates.map((one) => one.place));
      if (said.places.length > 0) said.mayUpdate = suspects.length > 0 || isSpokenOf ? "named" : "any";
    }
    return {
      ...said,
      ...(readers.length > 0 && { readers }),
      ...(made && { makes: made }),
      ...(ofObjects.length > 0 && { objects: ofObjects }),
    };
  };
  const sure = [...programs.values()].flatMap(({ name, reads }): ReadingProgram[] => {
    const documents = reads.map((nodes) => nodes && documentsBehind(nodes, isCommitted, originals, changed));
    return documents.every((one) => one !== undefined) ? [{ ...name, reads: documents.flat() }] : [];
  });
  return { saidOf, programs: sure, makers };
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

/** The documents of which some files are copies that have their keys; undefined where other things may be in them. */
function documentsBehind(
  nodes: readonly string[],
  isFile: (path: string) => boolean,
  originals: ReadonlyMap<string, ReadonlySet<string>>,
  changed: ReadonlySet<string>,
): DocumentName[] | undefined {
  const seen = new Set<string>();
  const documents: DocumentName[] = [];
  const open = [...nodes];
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    if (seen.has(node)) continue;
    seen.add(node);
    if (changed.has(node)) return undefined;
    const [path = "", document = ""] = node.split("\0");
    const behind = originals.get(node);
    const isCopyAlone = document.startsWith(">") || (document === WHOLE && !isFile(path));
    if (!isCopyAlone) documents.push({ path, document });
    else if (!behind) return undefined;
    open.push(...(behind ?? []));
  }
  return documents;
}

/** Whether a file of data has a name such as `dispatch-update.json`. */
function isCalledUpdate(path: string): boolean {
  const isData = ["json", "ndjson", "yaml"].includes(languageOf(path)?.id ?? "");
  return isData && /update(?!d)/i.test(path.slice(path.lastIndexOf("/") + 1));
}

/** What a page shows is for people to fill in. */
function isPage(path: string): boolean {
  return languageOf(path)?.id === "markdown";
}
