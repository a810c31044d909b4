/** A place in a text as editors count: both 1-based, the column in UTF-16 code units, a BOM not counted. */
export interface Position {
  line: number;
  column: number;
}

/** Gives the line and column of any offset of the text. Lines end with `\n`, `\r\n` or a lone `\r`. */
export function positions(text: string): (offset: number) => Position {
  let starts: number[] | undefined;
  const bom = text.startsWith("\uFEFF") ? 1 : 0;
  return (offset) => {
    starts ??= lineStarts(text);
    let low = 0;
    let high = starts.length;
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if ((starts[middle] ?? 0) <= offset) low = middle;
      else high = middle;
    }
    const start = low === 0 ? bom : (starts[low] ?? 0);
    return { line: low + 1, column: Math.max(offset - start, 0) + 1 };
  };
}

function lineStarts(text: string): number[] {
  const starts = [0];
  for (const match of text.matchAll(/\r\n|\n|\r/g)) starts.push(match.index + match[0].length);
  return starts;
}
