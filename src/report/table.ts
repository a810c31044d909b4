import { type Style, visible, wrapWords } from "./style.ts";

/**
 * One row of a table: cells side by side, each broken into lines that fit its width in columns, two columns
 * between them.
 */
export function tableRow(cells: readonly string[][], widths: readonly number[]): string[] {
  const broken = cells.map((lines, at) => lines.flatMap((line) => fitted(line, widths[at] ?? 0)));
  const height = Math.max(...broken.map((lines) => lines.length));
  return Array.from({ length: height }, (_, line) =>
    broken
      .map((lines, at) => (lines[line] ?? "").padEnd(widths[at] ?? 0))
      .join("  ")
      .trimEnd(),
  );
}

/** A text after its label, indented as far where it is broken. */
export function labelled(label: string, text: string, style: Style): string[] {
  const width = 6;
  const rows = fitted(text, style.width - width);
  return rows.map(
    (row, at) => (at === 0 ? style.paint("dim", label.padEnd(width)) : " ".repeat(width)) + row,
  );
}

/** The text in lines of at most `width` columns, as it is where it fits; words that are longer are broken. */
function fitted(text: string, width: number): string[] {
  const shown = visible(text);
  if (shown.length <= width) return [shown];
  return wrapWords(shown, width).flatMap((line) => pieces(line, width));
}

/** A path is broken after a slash, anything else where the width ends. */
function pieces(line: string, width: number): string[] {
  const broken: string[] = [];
  const rest = Array.from(line);
  while (rest.length > width) {
    const slash = rest.lastIndexOf("/", width - 1);
    broken.push(rest.splice(0, slash > 0 ? slash + 1 : width).join(""));
  }
  return [...broken, rest.join("")];
}
