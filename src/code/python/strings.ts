import type { Piece } from "../../sources/region.ts";
import type { Node } from "../engine/tree.ts";

/** A string literal, perhaps of several that Python joins. */
export interface StringText {
  /** The text of the string in runs, each with its place; an interpolation stands as `${…}`. */
  pieces: Piece[];
  /** True if it is known: no interpolation, no bytes, no escape by a character's name. */
  isKnown: boolean;
}

/** Returns what a string literal says. Undefined for a node that is none. */
export function stringText(text: string, node: Node): StringText | undefined {
  if (node.type === "string") return oneString(text, node);
  if (node.type !== "concatenated_string") return undefined;
  const parts = node.parts.map((part) => oneString(text, part));
  return { pieces: parts.flatMap((part) => part.pieces), isKnown: parts.every((part) => part.isKnown) };
}

/** The text of a literal that is known; undefined for any other node. */
export function knownText(text: string, node: Node | undefined): string | undefined {
  const found = node && stringText(text, node);
  return found?.isKnown ? found.pieces.map((piece) => piece.text).join("") : undefined;
}

/** How new text is written in a string literal: with the escapes that its quotes and prefix ask for. */
export function encodeInString(text: string, start: string): string {
  const { prefix, quote } = opening(start);
  let written = text;
  if (!prefix.includes("r")) written = written.replaceAll("\\", "\\\\");
  if (quote.length === 1) {
    written = written.replaceAll(quote, `\\${quote}`);
    written = written.replaceAll("\r", String.raw`\r`).replaceAll("\n", String.raw`\n`);
  }
  if (/[ft]/.test(prefix)) written = written.replaceAll(/[{}]/g, "$&$&");
  return written;
}

/** The prefix of a string literal in small letters, and its quote: one character, or three. */
export function opening(start: string): { prefix: string; quote: string } {
  const [, prefix = "", quote = '"'] = /^([a-zA-Z]*)("""|'''|"|')/.exec(start) ?? [];
  return { prefix: prefix.toLowerCase(), quote };
}

function oneString(text: string, node: Node): StringText {
  const [first] = node.children;
  const last = node.children.at(-1);
  if (first?.type !== "string_start" || last?.type !== "string_end") return { pieces: [], isKnown: false };
  const { prefix } = opening(text.slice(first.start, first.end));
  const isFormat = /[ft]/.test(prefix);
  const pieces: Piece[] = [];
  let isKnown = !prefix.includes("b");
  let at = first.end;
  const literalUpTo = (end: number): void => {
    for (const piece of literalPieces(text, { start: at, end }, prefix.includes("r"), isFormat)) {
      if (piece.text === undefined) isKnown = false;
      pieces.push({ outer: piece.outer, text: piece.text ?? "" });
    }
  };
  for (const child of node.children.slice(1, -1)) {
    if (child.type !== "interpolation") continue;
    literalUpTo(child.start);
    const expression = text.slice(child.start + 1, child.end - 1);
    pieces.push({
      text: `\${${expression.replaceAll(/\W+/g, "_")}}`,
      outer: { start: child.start, end: child.end },
    });
    isKnown = false;
    at = child.end;
  }
  literalUpTo(last.start);
  return { pieces, isKnown };
}

const ESCAPE = /\\(?:\r\n|[0-7]{1,3}|x[\da-fA-F]{2}|u[\da-fA-F]{4}|U[\da-fA-F]{8}|N\{[^}]*\}|[^])/;
const SIMPLE: Readonly<Record<string, string>> = {
  n: "\n",
  t: "\t",
  r: "\r",
  a: "\u0007",
  b: "\b",
  f: "\f",
  v: "\v",
};

/** Runs of a literal's inside; an escape that is not known has no text. */
function literalPieces(
  text: string,
  { start, end }: Piece["outer"],
  isRaw: boolean,
  isFormat: boolean,
): { text: string | undefined; outer: Piece["outer"] }[] {
  const patterns = [...(isRaw ? [] : [ESCAPE.source]), ...(isFormat ? [String.raw`\{\{|\}\}`] : [])];
  if (patterns.length === 0)
    return start < end ? [{ text: text.slice(start, end), outer: { start, end } }] : [];
  const inside = text.slice(start, end);
  const pieces: { text: string | undefined; outer: Piece["outer"] }[] = [];
  let at = 0;
  const plainUpTo = (to: number): void => {
    if (at < to) pieces.push({ text: inside.slice(at, to), outer: { start: start + at, end: start + to } });
  };
  for (const match of inside.matchAll(new RegExp(patterns.join("|"), "g"))) {
    plainUpTo(match.index);
    at = match.index + match[0].length;
    pieces.push({ text: decoded(match[0]), outer: { start: start + match.index, end: start + at } });
  }
  plainUpTo(inside.length);
  return pieces;
}

function decoded(escape: string): string | undefined {
  if (escape[0] !== "\\") return escape[0];
  const kind = escape[1] ?? "";
  if (kind === "\n" || kind === "\r") return "";
  if (kind === "N") return undefined;
  if (/[0-7]/.test(kind)) return String.fromCharCode(Number.parseInt(escape.slice(1), 8));
  if (/[xuU]/.test(kind) && escape.length > 2) {
    const code = Number.parseInt(escape.slice(2), 16);
    return code <= 0x10_ffff ? String.fromCodePoint(code) : undefined;
  }
  if (kind === "\\" || kind === "'" || kind === '"') return kind;
  // Python keeps the backslash before a character that it gives no meaning.
  return SIMPLE[kind] ?? escape;
}
