import type { Span } from "../rule/value.ts";
import type { Mention } from "../syntax/syntax.ts";
import type { ObjectEvidence, Place, Said } from "./evidence.ts";
import type { ProgramName, Reader } from "./readers.ts";

/** What is done with a request, and where a line says so. */
export interface Deed {
  does: Exclude<Mention["does"], "copy" | "run" | "call">;
  place: Place;
  given: Place | undefined;
  keys: Mention["keys"];
  sets: Mention["sets"];
  program: ProgramName | undefined;
}

/** A line that sends an object of the text, or writes it to files: `copies` are these. */
export interface MadeObject {
  at: Span;
  deeds: readonly Deed[];
  copies: readonly string[];
}

/** Gives every original the deeds of its copies, but for what only makes the copy anew. Ends with loops too, because no deed is given twice. */
export function passOn(
  deeds: Map<string, Deed[]>,
  originals: ReadonlyMap<string, ReadonlySet<string>>,
): void {
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

/** What the lines that create and update say together, and which they are. */
export function verdictOf(deeds: readonly Deed[]): Pick<Said, "verdict" | "places"> {
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
  return {
    verdict,
    places: distinct(
      [...creates, ...updates].flatMap(({ place, given }) => [place, ...(given ? [given] : [])]),
    ),
  };
}

/** What is said of each object: of itself, and of the files to which it is written. */
export function objectsOf(
  made: readonly MadeObject[],
  deeds: ReadonlyMap<string, Deed[]>,
  isCommitted: (copy: string) => boolean,
): ObjectEvidence[] {
  const known = new Map<number, { at: Span; deeds: Set<Deed>; isThere: boolean }>();
  for (const { at, deeds: own, copies } of made) {
    const one = known.get(at.start) ?? { at, deeds: new Set(), isThere: false };
    known.set(at.start, one);
    one.isThere ||= copies.some(isCommitted);
    for (const deed of [...own, ...copies.flatMap((copy) => deeds.get(copy) ?? [])]) one.deeds.add(deed);
  }
  return [...known.values()]
    .map(({ at, deeds: all, isThere }) => {
      // What only reads a file that is there is told of with that.
      const reads = [...all].filter(
        ({ does, sets, program }) => does === "read" && (!isThere || (sets && !program)),
      );
      const readers = readersOf(reads.map((deed) => ({ ...deed, program: undefined })));
      return { at, ...verdictOf([...all]), ...(readers.length > 0 && { readers }) };
    })
    .filter(({ verdict }) => verdict !== "none");
}

/** The lines that read keys, or make the file anew. */
export function readersOf(deeds: readonly Deed[]): Reader[] {
  return deeds.flatMap(({ does, place, keys, sets, program }) =>
    does === "read" || does === "write" ? [{ does, ...place, keys, sets, ...(program && { program }) }] : [],
  );
}

/** Each line once. */
export function distinct(places: readonly Place[]): Place[] {
  return [...new Map(places.map((place) => [`${place.path}:${place.line}`, place])).values()];
}
