import type { Mention } from "../syntax/syntax.ts";
import { languageOf } from "../syntax/registry.ts";
import { WHOLE } from "./document.ts";
import { FileNames, spelled } from "./file-names.ts";
import type { SiteResult } from "./outcome.ts";
import type { Reader } from "./readers.ts";

/** What a repository does with a request: what the lines that mention it say, and where they stand. */
export interface Evidence {
  verdict: SiteResult["evidence"]["verdict"];
  places: Place[];
  /** The lines that read it by its keys, or make it anew. */
  readers?: readonly Reader[];
  /** The lines of the source that create rules with requests of other files of the repository, and these. */
  makes?: readonly Made[];
  /** Whether somebody named the source, and so said that its requests are to be migrated. */
  named: boolean;
}

export interface Place {
  path: string;
  line: number;
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
}

export interface MentioningDocument {
  mentions: readonly (Mention & { line: number })[];
  /** The names of its regions, as `documentIds` gives them. */
  regions: readonly string[];
}

/** What the lines say of one request. */
export type Said = Pick<Evidence, "verdict" | "places" | "readers" | "makes">;

/** What is done with a request, and where a line says so. */
interface Deed {
  does: Exclude<Mention["does"], "copy">;
  place: Place;
  keys: Mention["keys"];
}

/**
 * Joins the mentions of all sources. Follows copies: what a copy is sent for, its original is sent for. `files` are
 * the sources that hold requests; all paths go from the top of the repository. Where no line says anything about a file
 * of data, its name may. `isThere` tells whether there is another file at a path.
 */
export function joinEvidence(
  sources: readonly MentioningSource[],
  files: readonly string[],
  isThere?: (path: string) => boolean,
): (path: string, document: string) => Said {
  const filesWrittenIn = ({ path, documents }: MentioningSource): string[] =>
    documents.flatMap(({ mentions }) => mentions.flatMap(({ to }) => (to ? [spelled(to, path)] : [])));
  // A file that one source writes and another reads need not be in the repository.
  const writtenFiles = sources.flatMap(filesWrittenIn).filter((file) => !/[*$]/.test(file));
  const names = new FileNames([...new Set([...files, ...writtenFiles])], isThere);
  const deeds = new Map<string, Deed[]>();
  const makes = new Map<string, Made[]>();
  const originals = new Map<string, Set<string>>();
  const add = <T>(map: Map<string, T[]>, key: string, value: T): void => {
    map.set(key, [...(map.get(key) ?? []), value]);
  };

  for (const source of sources) {
    const { path, documents } = source;
    const written = new Set(filesWrittenIn(source));
    // A file that the source itself writes is known by that name in this source, whatever else bears it.
    // One that is committed all the same is meant too, if it is named exactly.
    const nodesOf = (file: string): string[] => {
      const exact = spelled(file, path);
      if (!written.has(exact)) return names.meantBy(file, path).map((found) => nodeOf(found, WHOLE));
      return [nodeOfWritten(path, file), ...(files.includes(exact) ? [nodeOf(exact, WHOLE)] : [])];
    };
    for (const { mentions, regions } of documents) {
      for (const { does, line, region, file, to, keys } of mentions) {
        const id = region === undefined ? undefined : regions[region];
        const subjects = id === undefined ? (file === undefined ? [] : nodesOf(file)) : [nodeOf(path, id)];
        for (const subject of subjects) {
          const of = subject.slice(0, subject.indexOf("\0"));
          if (does === "create" && id === undefined && files.includes(of)) add(makes, path, { line, of });
          if (does !== "copy") add(deeds, subject, { does, place: { path, line }, keys });
          if (does !== "copy" || to === undefined) continue;
          const copies = [
            nodeOfWritten(path, to),
            ...names.meantBy(to, path).map((found) => nodeOf(found, WHOLE)),
          ];
          for (const copy of copies) {
            originals.set(copy, (originals.get(copy) ?? new Set<string>()).add(subject));
          }
        }
      }
    }
  }
  passOn(deeds, originals);
  return (path, document) => {
    const known = deeds.get(nodeOf(path, document)) ?? [];
    const said = verdictOf(known);
    const isNamedSo = said.verdict === "none" && document === WHOLE && isCalledUpdate(path);
    if (isNamedSo) return { verdict: "update", places: [{ path, line: 1 }] };
    const readers = readersOf(known);
    const made = makes.get(path);
    return { ...said, ...(readers.length > 0 && { readers }), ...(made && { makes: made }) };
  };
}

/** Whether a file of data has a name such as `dispatch-update.json`. */
function isCalledUpdate(path: string): boolean {
  const isData = ["json", "ndjson", "yaml"].includes(languageOf(path)?.id ?? "");
  return isData && /update(?!d)/i.test(path.slice(path.lastIndexOf("/") + 1));
}

/** Gives every original the deeds of its copies, but for what only makes the copy anew. Ends with loops too, because no deed is given twice. */
function passOn(deeds: Map<string, Deed[]>, originals: ReadonlyMap<string, ReadonlySet<string>>): void {
  const waiting = [...originals.keys()];
  for (let copy = waiting.pop(); copy !== undefined; copy = waiting.pop()) {
    for (const original of originals.get(copy) ?? []) {
      const known = deeds.get(original) ?? [];
      const more = (deeds.get(copy) ?? []).filter((deed) => deed.does !== "write" && !known.includes(deed));
      if (more.length === 0) continue;
      deeds.set(original, [...known, ...more]);
      if (originals.has(original)) waiting.push(original);
    }
  }
}

function verdictOf(deeds: readonly Deed[]): Pick<Evidence, "verdict" | "places"> {
  const creates = deeds.filter(({ does }) => does === "create");
  const updates = deeds.filter(({ does }) => does === "update");
  const verdict =
    creates.length === 0
      ? updates.length === 0
        ? "none"
        : "update"
      : updates.length === 0
        ? "create"
        : "both";
  return { verdict, places: distinct([...creates, ...updates].map(({ place }) => place)) };
}

function readersOf(deeds: readonly Deed[]): Reader[] {
  return deeds.flatMap(({ does, place, keys }) =>
    does === "read" || does === "write" ? [{ does, ...place, keys }] : [],
  );
}

function distinct(places: readonly Place[]): Place[] {
  return [...new Map(places.map((place) => [`${place.path}:${place.line}`, place])).values()];
}

/** A document of a source. */
function nodeOf(path: string, document: string): string {
  return `${path}\0${document}`;
}

/** A file that a source writes, by the name that it has there. */
function nodeOfWritten(path: string, file: string): string {
  return `${path}\0>${spelled(file, path)}`;
}
