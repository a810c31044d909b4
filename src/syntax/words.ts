import type { Span } from "../rule/value.ts";
import { type Piece, regionOf } from "./region.ts";
import type { Region } from "./syntax.ts";

/** Words of a command, each with its place, as the command line that they are; nothing in it is ever edited. */
export function wordsRegion(words: readonly { text: string; at: Span }[]): Region | undefined {
  const pieces = words.map(({ text, at }, index): Piece => {
    const said = PLAIN.test(text) ? text : `'${text.replaceAll("'", String.raw`'\''`)}'`;
    return { text: index > 0 ? ` ${said}` : said, outer: at };
  });
  return regionOf({ syntax: "shell", label: "command", pieces, encode: (added) => added });
}

const PLAIN = /^[\w./:@%+=,${}-]+$/;

/**
 * Whether what is said of a path is a word of a command, and tells more than that something is unknown: an ending, a
 * folder, a word that the program is given.
 */
export function isPath(path: string): boolean {
  return /^[\w./@+${}*-]+$/.test(path) && /\.\w+$|[\w}]\/|^\$\{@\}$/.test(path);
}
