import type { Span } from "../rule/value.ts";
import { BEGINS_PUT_IN } from "../sources/put-in.ts";
import { type Piece, regionOf } from "../sources/region.ts";
import type { Region } from "../sources/syntax.ts";

/** A command or a value in a file that a program of its own reads before a shell does. */
export interface Recipe {
  label: string;
  /** Its lines without what indents and marks them and without their ends. */
  lines: readonly Span[];
  /** The expression, which is global, whose matches that program replaces, and their replacement. */
  replaced: RegExp;
  by: (written: string) => string;
  /** How text is written so that it arrives in the shell. */
  encode: (text: string) => string;
  /** The text between two lines, where it is not a line break. */
  joint?: string;
}

/**
 * Returns what a shell gets of it as a region; undefined for none. New lines are indented as the line that they
 * follow.
 */
export function recipeRegion(
  outer: string,
  { label, lines, replaced, by, encode, joint = "\n" }: Recipe,
): Region | undefined {
  const pieces: Piece[] = [];
  for (const [index, { start, end }] of lines.entries()) {
    let done = start;
    for (const { index: at, 0: written } of outer.slice(start, end).matchAll(replaced)) {
      if (start + at > done)
        pieces.push({ text: outer.slice(done, start + at), outer: { start: done, end: start + at } });
      done = start + at + written.length;
      pieces.push({ text: by(written), outer: { start: start + at, end: done } });
    }
    if (end > done) pieces.push({ text: outer.slice(done, end), outer: { start: done, end } });
    const next = lines[index + 1];
    if (next) pieces.push({ text: joint, outer: { start: end, end: next.start } });
  }
  const told = pieces.filter(({ text }) => text !== "");
  return regionOf({
    syntax: "shell",
    label,
    pieces: told,
    encode: (text) => encode(text),
    filled: BEGINS_PUT_IN,
  });
}
