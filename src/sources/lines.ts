import type { Span } from "../rule/value.ts";

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
