import type { Span } from "../../rule/value.ts";

/** A paragraph, a heading or a list in front of a block of code. */
export interface Paragraph extends Span {
  words: string;
  isHeading: boolean;
}

/** How far in front of a block words still belong to it, in UTF-16 code units. */
const FARTHEST = 1500;

/**
 * Returns what stands in front of a block of code, the nearest first, up to another block or a heading, which is the last.
 * Quotes, which only remark on something, are left out. `start` is where the block's own text begins.
 */
export function paragraphsBefore(text: string, start: number): Paragraph[] {
  const found: Paragraph[] = [];
  let lines: Span[] = [];
  const close = (): boolean => {
    const [last, first] = [lines[0], lines.at(-1)];
    lines = [];
    if (!first || !last) return true;
    const words = text.slice(first.start, last.end).replaceAll(/\s+/g, " ").trim();
    const isHeading = /^#{1,6} /.test(words);
    if (!words.startsWith(">")) found.push({ start: first.start, end: last.end, words, isHeading });
    return !isHeading;
  };
  // The first is the line of the block's own text, the second that of its fence.
  for (const line of linesBackwards(text, start, FARTHEST).slice(2)) {
    const written = text.slice(line.start, line.end);
    if (/^[\s>]*(```|~~~)/.test(written)) break;
    if (written.trim() !== "") lines.push(line);
    else if (!close()) return found;
  }
  close();
  return found;
}

/** The line on which the fence of a block stands. */
export function fenceLine(text: string, start: number): string {
  const [, fence] = linesBackwards(text, start, FARTHEST);
  return fence ? text.slice(fence.start, fence.end) : "";
}

/** The lines up to an offset, the last first. What stands too far away is left out. */
function linesBackwards(text: string, offset: number, farthest: number): Span[] {
  const lines: Span[] = [];
  let end = offset;
  while (end >= 0 && offset - end <= farthest) {
    let start = end;
    while (start > 0 && !/[\r\n]/.test(text[start - 1] ?? "") && offset - start <= farthest) start--;
    lines.push({ start, end });
    end = start - (text.slice(start - 2, start) === "\r\n" ? 2 : 1);
  }
  return lines;
}
