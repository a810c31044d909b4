import { firstOver } from "./search.ts";

/** A place in a text as editors count: both 1-based, the column in UTF-16 code units, a BOM not counted. */
export interface Position {
  line: number;
  column: number;
}

/** The order in which places stand in a text. */
export function byPlace(a: Position, b: Position): number {
  return a.line - b.line || a.column - b.column;
}

/** Gives the line and column of any offset of the text. Lines end with `\n`, `\r\n` or a lone `\r`. */
export function positions(text: string): (offset: number) => Position {
  let starts: number[] | undefined;
  const bom = text.startsWith("\uFEFF") ? 1 : 0;
  return (offset) => {
    starts ??= lineStarts(text);
    const line = firstOver(starts, Math.max(offset, 0));
    const start = line === 1 ? bom : (starts[line - 1] ?? 0);
    return { line, column: Math.max(offset - start, 0) + 1 };
  };
}

function lineStarts(text: string): number[] {
  const starts = [0];
  for (const match of text.matchAll(/\r\n|\n|\r/g)) starts.push(match.index + match[0].length);
  return starts;
}
