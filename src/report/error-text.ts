import { styleFor, unbroken, visible, wrapWords } from "./style.ts";

/**
 * Says what is wrong, for a person, in a paragraph that ends its line: `path:line:column: …`, or the program's name in
 * the place of a place. The place is never broken, and the lines that follow the first are indented.
 */
export function complaint(place: string, ...sentences: string[]): string {
  const text = sentences.map(visible).join(" ");
  const lines = wrapWords(`${unbroken(`${place}:`)} ${text}`, WIDTH - INDENT.length);
  return `${lines.join(`\n${INDENT}`)}\n`;
}

/** Sentences for a person that say what to do next, as a paragraph that ends its line. */
export function advice(text: string): string {
  return `${wrapWords(visible(text), WIDTH).join("\n")}\n`;
}

const WIDTH = styleFor(false).width;
const INDENT = "  ";
