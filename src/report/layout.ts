import { type Paint, type Style, wrapWords } from "./style.ts";

/** Prose in lines as wide as the style: `first` stands before the first of them, `rest` before the others. */
export function hanging(text: string, { width }: Style, first: string, rest = first): string[] {
  return wrapWords(text, width - rest.length).map((line, at) => (at === 0 ? first : rest) + line);
}

/** Prose in bold lines. */
export function heading(text: string, style: Style): string[] {
  return wrapWords(text, style.width).map((line) => style.paint("bold", line));
}

/** A title in bold, and what it comes to at the end of its line, or of the next where that has no room. */
export function titleLine(title: string, verdict: string, style: Style, colour?: Paint): string {
  const { width } = style;
  const room = width - title.length - verdict.length;
  const gap = room >= 2 ? " ".repeat(room) : `\n${" ".repeat(Math.max(2, width - verdict.length))}`;
  return style.paint("bold", title) + gap + (colour ? style.paint(colour, verdict) : verdict);
}

/** Blocks of lines, an empty line between two of them. Those in which nothing stands are left out. */
export function page(blocks: readonly (readonly string[])[]): string {
  const texts = blocks.map((lines) => lines.join("\n")).filter((text) => text !== "");
  return texts.length === 0 ? "" : `${texts.join("\n\n")}\n`;
}

/** The first so many items; where there are more, what `others` says of so many in their place. */
export function atMost(
  items: readonly string[],
  most: number,
  others: (count: number) => string,
): readonly string[] {
  return items.length <= most ? items : [...items.slice(0, most), others(items.length - most)];
}

/** How wide labels are, with the mark before them. */
export const LABEL = 13;

/** A label and its text, indented as far where it is broken. */
export function labelLines(label: string, text: string, style: Style, mark = " "): string[] {
  return hanging(text, style, `  ${mark} ${label.padEnd(LABEL - 4)}`, " ".repeat(LABEL));
}
