import { styleFor, visible, wrapWords } from "./style.ts";

/**
 * What is wrong, for a person, as a paragraph that ends its line: `path:line:column: …`, or the program's name in the
 * place of a place. The place is never broken, and the lines that follow the first are indented.
 */
export function complaint(place: string, ...sentences: string[]): string {
  const start = `${visible(place)}:`;
  const standsFor = "\0".repeat(start.length); // a place may hold spaces, and has to keep them
  const text = sentences.map(visible).join(" ");
  const [first = "", ...rest] = wrapWords(`${standsFor} ${text}`, WIDTH - INDENT.length);
  const lines = [start + first.slice(start.length), ...rest.map((line) => INDENT + line)];
  return `${lines.join("\n")}\n`;
}

/** Sentences for a person that say what to do next, as a paragraph that ends its line. */
export function advice(text: string): string {
  return `${wrapWords(visible(text), WIDTH).join("\n")}\n`;
}

const WIDTH = styleFor(false).width;
const INDENT = "  ";
