import type { Span, Value } from "../../rule/value.ts";
import { escaped, stringPieces } from "../json/string-regions.ts";
import { type Piece, regionOf } from "../../sources/region.ts";
import { firstOver } from "../../sources/search.ts";
import type { Region } from "../../sources/syntax.ts";

/** The text of a cell, joined from its list of lines, and how new text is written in it. */
export interface CellText {
  text: string;
  label: string;
  /** The pieces of a part of the text. */
  pieces: (part: Span) => Piece[];
  encode: (text: string) => string;
}

/** The source of a cell: a list of strings, which each end with their line break, or one string. */
export function cellText(outer: string, source: Value, label: string): CellText | undefined {
  const items = source.kind === "array" ? source.items : [source];
  if (!items.every((item) => item.kind === "string")) return undefined;
  const all = items.flatMap(({ start, end }) => stringPieces(outer, { start: start + 1, end: end - 1 }));
  const text = all.map((piece) => piece.text).join("");
  const pieces = cutter(all);
  if (source.kind === "string") return { text, pieces, label, encode: escaped };
  const between = `",${leadBetween(outer, source, items)}"`;
  const encode = (put: string): string => {
    const lines = put.split("\n");
    return lines.map((line, index) => escaped(index < lines.length - 1 ? `${line}\n` : line)).join(between);
  };
  return { text, pieces, label, encode };
}

/** Returns what stands before an item of the list, after the example of the last one. */
function leadBetween(outer: string, list: Span, items: readonly Span[]): string {
  const last = items.at(-1);
  const before = items.at(-2)?.end ?? list.start + 1;
  const between = outer.slice(before, last?.start);
  return between.slice(between.trimEnd().length);
}

/** All of a cell as a document in a language. */
export function wholeRegion(cell: CellText, syntax: string): Region[] {
  return pieceRegion(cell, syntax, cell.pieces({ start: 0, end: cell.text.length }));
}

/** Some pieces of a cell as a document in a language: none for no text. */
export function pieceRegion(cell: CellText, syntax: string, pieces: readonly Piece[]): Region[] {
  const region = regionOf({ syntax, label: cell.label, pieces, encode: cell.encode });
  return region ? [region] : [];
}

/** Gives the pieces of any part of their text. The part begins and ends between two characters. */
function cutter(pieces: readonly Piece[]): CellText["pieces"] {
  const ends: number[] = [];
  let length = 0;
  for (const { text } of pieces) ends.push((length += text.length));
  return ({ start, end }) => {
    const within: Piece[] = [];
    for (let index = firstOver(ends, start); (ends[index - 1] ?? 0) < end; index++) {
      const piece = pieces[index];
      if (!piece) break;
      const at = ends[index - 1] ?? 0;
      within.push(cut(piece, Math.max(start - at, 0), Math.min(end - at, piece.text.length)));
    }
    return within;
  };
}

/** An escape is one character, and is not cut. */
function cut(piece: Piece, from: number, to: number): Piece {
  const { text, outer } = piece;
  if (outer.end - outer.start !== text.length) return piece;
  return { text: text.slice(from, to), outer: { start: outer.start + from, end: outer.start + to } };
}
