import type { Mention } from "../syntax/syntax.ts";
import { FileNames } from "./file-names.ts";
import type { SiteResult } from "./outcome.ts";

/** What a repository does with a request: what the lines that mention it say, and where they stand. */
export interface Evidence {
  verdict: SiteResult["evidence"]["verdict"];
  places: Place[];
  /** Whether somebody named the source, and so said that its requests are to be migrated. */
  named: boolean;
}

export interface Place {
  path: string;
  line: number;
}

/** Nothing is known but that somebody named it. */
export const NAMED: Evidence = { verdict: "none", places: [], named: true };

/** Nothing is known. */
export const UNKNOWN: Evidence = { verdict: "none", places: [], named: false };

/** The mentions of one source. */
export interface MentioningSource {
  path: string;
  /** One list for each document of the source, the source itself first, then its regions as `allDocuments` gives them. */
  documents: readonly MentioningDocument[];
}

export interface MentioningDocument {
  mentions: readonly (Mention & { line: number })[];
  /** The numbers that the regions of this document have among the source's documents. */
  regions: readonly number[];
}

/** What is done with a request, and where a line says so. */
interface Deed {
  does: "create" | "update";
  place: Place;
}

/**
 * Joins the mentions of all sources. Follows copies: what a copy is sent for, its original is sent for. `files` are
 * the sources that hold requests; all paths go from the top of the repository.
 */
export function joinEvidence(
  sources: readonly MentioningSource[],
  files: readonly string[],
): (path: string, document: number) => Pick<Evidence, "verdict" | "places"> {
  // A file that one source writes and another reads need not be in the repository.
  const writtenFiles = sources.flatMap(({ documents }) =>
    documents.flatMap(({ mentions }) => mentions.flatMap(({ to }) => (to && !/[*$]/.test(to) ? [to] : []))),
  );
  const names = new FileNames([...new Set([...files, ...writtenFiles])]);
  const deeds = new Map<string, Deed[]>();
  const originals = new Map<string, Set<string>>();
  const add = <T>(map: Map<string, T[]>, key: string, value: T): void => {
    map.set(key, [...(map.get(key) ?? []), value]);
  };

  for (const { path, documents } of sources) {
    const written = new Set(documents.flatMap(({ mentions }) => mentions.flatMap(({ to }) => to ?? [])));
    // A file that the source itself writes is known by that name in this source, whatever else bears it.
    const nodesOf = (file: string): string[] =>
      written.has(file)
        ? [nodeOfWritten(path, file)]
        : names.meantBy(file, path).map((found) => nodeOf(found, 0));
    for (const { mentions, regions } of documents) {
      for (const { does, line, region, file, to } of mentions) {
        const number = region === undefined ? undefined : regions[region];
        const subjects =
          number === undefined ? (file === undefined ? [] : nodesOf(file)) : [nodeOf(path, number)];
        for (const subject of subjects) {
          if (does === "create" || does === "update") add(deeds, subject, { does, place: { path, line } });
          if (does !== "copy" || to === undefined) continue;
          const copies = [
            nodeOfWritten(path, to),
            ...names.meantBy(to, path).map((found) => nodeOf(found, 0)),
          ];
          for (const copy of copies) {
            originals.set(copy, (originals.get(copy) ?? new Set<string>()).add(subject));
          }
        }
      }
    }
  }
  passOn(deeds, originals);
  return (path, document) => verdictOf(deeds.get(nodeOf(path, document)) ?? []);
}

/** Gives every original the deeds of its copies. Ends with loops too, because no deed is given twice. */
function passOn(deeds: Map<string, Deed[]>, originals: ReadonlyMap<string, ReadonlySet<string>>): void {
  const waiting = [...originals.keys()];
  for (let copy = waiting.pop(); copy !== undefined; copy = waiting.pop()) {
    for (const original of originals.get(copy) ?? []) {
      const known = deeds.get(original) ?? [];
      const more = (deeds.get(copy) ?? []).filter((deed) => !known.includes(deed));
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

function distinct(places: readonly Place[]): Place[] {
  return [...new Map(places.map((place) => [`${place.path}:${place.line}`, place])).values()];
}

/** A document of a source. */
function nodeOf(path: string, document: number): string {
  return `${path}\0${document}`;
}

/** A file that a source writes, by the name that it has there. */
function nodeOfWritten(path: string, file: string): string {
  return `${path}\0>${file}`;
}
