import type { Span } from "../rule/value.ts";
import { type Piece, regionOf } from "./region.ts";
import type { Region } from "./syntax.ts";

/** Words of a command, each with its place, as the command line that they are; nothing in it is ever edited. */
export function wordsRegion(words: readonly { text: string; at: Span }[]): Region | undefined {
  const pieces = words.map(({ text, at }, index): Piece => {
    const said = quotedWord(text);
    return { text: index > 0 ? ` ${said}` : said, outer: at };
  });
  return commandOf(pieces);
}

function commandOf(pieces: readonly Piece[]): Region | undefined {
  return regionOf({ syntax: "shell", label: "command", pieces, encode: (added) => added });
}

/** A word as a shell reads it; what is not known of it stays as it is. */
function quotedWord(text: string): string {
  return PLAIN.test(text) ? text : `'${text.replaceAll("'", String.raw`'\''`)}'`;
}

const PLAIN = /^[\w./:@%+=,${}-]+$/;
