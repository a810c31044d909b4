import type { Span } from "../rule/value.ts";
import { lineStart } from "./lines.ts";
import { firstOver } from "./search.ts";
import type { Edit, Region } from "./syntax.ts";

/**
 * A run of a region's text, and where it stands in the outer text. Where both are equally long they are the same
 * characters; else the outer text says `text` in another way, as `\n` or `'"$ID"'` do. Between two pieces may stand
 * outer text that says nothing: an indentation, a line continuation.
 */
export interface Piece {
  text: string;
  outer: Span;
}

/** The kind of a region, and its text in pieces; they follow each other. */
export interface Pieces {
  syntax: string;
  label: string;
  pieces: readonly Piece[];
  /** How new text is written in the outer text directly before, or in, this piece: so many characters in it. */
  encode: (text: string, piece: Piece, inside: number) => string;
  /** As in a region. */
  filled?: RegExp | undefined;
}

/** The region that the pieces make; undefined for none. */
export function regionOf({ syntax, label, pieces, encode, filled }: Pieces): Region | undefined {
  const [first] = pieces;
  if (!first) return undefined;
  const starts: number[] = [];
  let length = 0;
  for (const piece of pieces) {
    starts.push(length);
    length += piece.text.length;
  }
  const pieceAt = (offset: number): { piece: Piece; start: number } => {
    const index = Math.max(firstOver(starts, offset) - 1, 0);
    return { piece: pieces[index] ?? first, start: starts[index] ?? 0 };
  };
  return {
    syntax,
    label,
    text: pieces.map((piece) => piece.text).join(""),
    toOuter(offset) {
      const { piece, start } = pieceAt(offset);
      const inside = offset - start;
      const { outer } = piece;
      if (inside >= piece.text.length) return outer.end;
      return outer.end - outer.start === piece.text.length ? outer.start + inside : outer.start;
    },
    encode: (text, at) => {
      const { piece, start } = pieceAt(at);
      return encode(text, piece, at - start);
    },
    ...(filled && { filled }),
  };
}

/** A line of a region: what stands before it is no part of it, and `lacks` is white space that could stand there, too. */
export interface RegionLine extends Span {
  lacks?: string;
}

/**
 * The region of whole lines that each stand behind a prefix which is no part of them: an indentation, a `>`. A line's
 * span ends before its line break; breaks belong to the text, but for the last one. New lines get the prefix of the
 * line in which they are put, with what that line lacks of it; and so does new white space at the start of the line,
 * which would be taken for it.
 */
export function lineRegion(
  syntax: string,
  label: string,
  outer: string,
  lines: readonly RegionLine[],
): Region | undefined {
  const prefixes = new Map<Piece, { written: string; lacks: string }>();
  const pieces = lines.map(({ start, end, lacks = "" }, index): Piece => {
    const next = lines[index + 1];
    const lineBreak = next ? (/\r\n|\n|\r/y.exec(outer.slice(end, end + 2))?.[0].length ?? 0) : 0;
    const span = { start, end: end + lineBreak };
    const piece = { text: outer.slice(span.start, span.end), outer: span };
    prefixes.set(piece, { written: outer.slice(lineStart(outer, start), start), lacks });
    return piece;
  });
  return regionOf({
    syntax,
    label,
    pieces,
    encode: (text, piece, inside) => {
      const { written = "", lacks = "" } = prefixes.get(piece) ?? {};
      const first = inside === 0 && /^[ \t]/.test(text) ? lacks : "";
      return first + text.replaceAll(/\r\n|\n|\r/g, (lineBreak) => lineBreak + written + lacks);
    },
  });
}

/** The same region with a text before its own that stands nowhere: what a program does before it runs this. */
export function behind(before: string, region: Region): Region {
  const inner = (offset: number): number => Math.max(0, offset - before.length);
  return {
    ...region,
    text: before + region.text,
    toOuter: (offset) => region.toOuter(inner(offset)),
    encode: (text, at) => region.encode(text, inner(at)),
  };
}

/** The region without the first characters of its text. */
export function without(first: number, region: Region): Region {
  return {
    ...region,
    text: region.text.slice(first),
    toOuter: (offset) => region.toOuter(offset + first),
    encode: (text, at) => region.encode(text, at + first),
  };
}

/** Where a region stands in the text around it. */
export function outerSpan(region: Region): Span {
  return { start: region.toOuter(0), end: region.toOuter(region.text.length) };
}

/** An edit of a region's text as an edit of the outer text. */
export function outerEdit(edit: Edit, region: Region): Edit {
  const outer = ({ start, end }: Span): Span => ({ start: region.toOuter(start), end: region.toOuter(end) });
  const span = outer(edit);
  return "text" in edit
    ? { ...span, text: region.encode(edit.text, edit.start) }
    : { ...span, copy: outer(edit.copy) };
}
