import type { Span } from "../../rule/value.ts";
import type { CodeBlock } from "../code-block.ts";
import { linesOf } from "../../sources/lines.ts";
import type { Problem } from "../../sources/syntax.ts";
import type { IsWorth } from "../../sources/trigger.ts";
import { type Flavour, readPiece } from "./piece.ts";

/**
 * The blocks of code of a page that are worth it, from an offset on; or why it can't be read. The page is parsed
 * piece by piece, because the parser's time grows faster than what it is given.
 */
export function codeBlocks(
  text: string,
  from: number,
  flavour: Flavour,
  isWorth: IsWorth,
): { blocks: CodeBlock[] } | { problem: Problem } {
  const blocks: CodeBlock[] = [];
  let size = PIECE;
  let work = 0;
  for (let start = from; start < text.length;) {
    const piece = { start, end: cutAfter(text, start + size) };
    const inner = text.slice(piece.start, piece.end);
    if (!isWorth(inner) && !OPENS_SOMETHING.test(inner)) {
      start = piece.end;
      continue;
    }
    work += workOf(text, piece);
    if (work > MOST_WORK) return { problem: { at: piece, message: TOO_LONG } };
    const read = readPiece(text, piece, flavour);
    if (read.tooDeep !== undefined) {
      return { problem: { at: { start: read.tooDeep, end: read.tooDeep }, message: TOO_DEEP } };
    }
    // What is still open goes on in the next piece, so it is read again from where it opens, with more after it.
    const open = piece.end < text.length ? read.open : undefined;
    blocks.push(...read.blocks.filter(({ lines: [first] }) => first && first.start < (open ?? Infinity)));
    size = open === start ? 2 * inner.length : PIECE;
    start = open ?? piece.end;
  }
  return { blocks };
}

const PIECE = 4096;

/** Begins something that may go on after a piece of a page: a fence or a comment. */
const OPENS_SOMETHING = /```|~~~|<!--/;

/**
 * Where a page can be cut at or after an offset: after a blank line, before one that is not indented and that begins
 * no quote or list. Nothing reaches over such a place but a fence or a comment that stands in no quote and no list.
 */
function cutAfter(text: string, offset: number): number {
  const cut = /(\r\n|\n|\r(?!\n))[ \t]*(\r\n|\n|\r(?!\n))(?=[^\s>*+\-\d])/g;
  cut.lastIndex = offset;
  return cut.test(text) ? cut.lastIndex : text.length;
}

/**
 * Returns what a piece may cost the parser: it may look back over the whole piece for each line of a quote or a list.
 */
function workOf(text: string, piece: Span): number {
  const lines = linesOf(text, piece);
  const marked = lines.filter(({ start, end }) => MARKER.test(text.slice(start, Math.min(end, start + 200))));
  return lines.length * (marked.length + 400);
}
const MARKER = /^[ \t]*([>*+-]|\d{1,9}[.)])/;
const MOST_WORK = 100_000_000;
const TOO_LONG = "this page is too long to be read from here on";
const TOO_DEEP = "quotes and lists stand too deep in each other here";
