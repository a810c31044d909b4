import type { Span } from "../rule/value.ts";

/** Where the line of an offset starts, behind a byte order mark. Lines end with `\n`, `\r\n` or a lone `\r`. */
export function lineStart(text: string, offset: number): number {
  let at = offset;
  while (at > 0 && text[at - 1] !== "\n" && text[at - 1] !== "\r") at--;
  return text[at] === "\uFEFF" ? at + 1 : at;
}

/**
 * The lines in a piece of a text, without what ends them: `\n`, `\r\n` or a lone `\r`. After a line break at the end
 * stands one more line, which is empty.
 */
export function linesOf(text: string, { start, end }: Span): Span[] {
  const lines: Span[] = [];
  const breaks = /\r\n|\n|\r/g;
  breaks.lastIndex = start;
  let from = start;
  for (let match = breaks.exec(text); match && match.index < end; match = breaks.exec(text)) {
    lines.push({ start: from, end: match.index });
    from = breaks.lastIndex;
  }
  return [...lines, { start: from, end }];
}
