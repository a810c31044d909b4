import type { Piece } from "../../sources/region.ts";
import type { Part, Quoting } from "../../sources/script.ts";

/** A run of decoded text; where it stands, and how it is quoted there. */
export interface Unit extends Piece {
  quoting: Quoting;
  substitution: boolean;
}

/** Begins a value that a shell puts in, where it expands. */
export const EXPANDED = /^[$`]/;

/** Returns what a part says, in units: substitutions stay as they are written, escapes are decoded. */
export function unitsOf(text: string, part: Part): Unit[] {
  const { start, end, quoting, substitution = false } = part;
  const raw = text.slice(start, end);
  const pieces = substitution
    ? [{ text: raw, outer: { start, end } }]
    : decoded(raw, start, ESCAPES[quoting], decode[quoting]);
  return pieces.map(({ text: said, outer }) => ({ text: said, outer, quoting, substitution }));
}

/** A command that decodes escapes in a text that it prints. */
export interface Printer {
  escapes: RegExp;
  /** True if the text is a format, in which `%s` stands for something else. */
  isFormat: boolean;
  /** How new text is written for it, before the quotes around it. */
  encode(text: string): string;
}

/** The pieces of a text that a command prints, with its escapes decoded once more. */
export function printedPieces(pieces: readonly Piece[], { escapes: written }: Printer): Piece[] {
  const text = pieces.map((piece) => piece.text).join("");
  const escapes = [...text.matchAll(written)].map((match) => ({
    start: match.index,
    end: match.index + match[0].length,
    text: match[0] === "%%" ? "%" : ansiEscape(match[1] ?? ""),
  }));
  const result: Piece[] = [];
  let next = 0;
  let offset = 0;
  /** Of the escape that is being read: where it begins in the outer text. */
  let outerStart: number | undefined;
  for (const piece of pieces) {
    const pieceEnd = offset + piece.text.length;
    let at = offset;
    while (at < pieceEnd) {
      const escape = escapes[next];
      const end = Math.min(escape ? (at < escape.start ? escape.start : escape.end) : pieceEnd, pieceEnd);
      const outer = partOf(piece, at - offset, end - offset);
      if (!escape || at < escape.start) result.push({ text: text.slice(at, end), outer });
      else {
        outerStart ??= outer.start;
        if (end === escape.end) {
          result.push({ text: escape.text, outer: { start: outerStart, end: outer.end } });
          outerStart = undefined;
          next++;
        }
      }
      at = end;
    }
    offset = pieceEnd;
  }
  return result;
}

/** Returns what decodes the escapes of a word behind these: `printf` those of its format, `echo -e` all. */
export function printerOf(before: readonly string[]): Printer | undefined {
  const [name, ...options] = before;
  if (name === "printf") return options.length === 0 ? PRINTF : undefined;
  const last = options.findLast((option) => /^-n*[eE]/.test(option));
  const isEcho = name === "echo" && options.every((option) => /^-[neE]+$/.test(option));
  return isEcho && /en*$/.test(last ?? "") ? ECHO : undefined;
}

function escaped(text: string): string {
  return text.replaceAll("\\", "\\\\").replaceAll("\r", "\\r").replaceAll("\n", "\\n");
}

/** How new text is written where text is quoted like this. */
export const encode: Record<Quoting, (text: string) => string> = {
  // Line breaks, which no backslash escapes, only come to where others are.
  bare: (text) => text.replaceAll(/[^\w.,:/@%+=-]/g, String.raw`\$&`),
  single: (text) => text.replaceAll("'", String.raw`'\''`),
  double: (text) => text.replaceAll(/["$`\\]/g, String.raw`\$&`),
  ansi: (text) =>
    text
      .replaceAll(/['\\]/g, String.raw`\$&`)
      .replaceAll("\r", "\\r")
      .replaceAll("\n", "\\n"),
  heredoc: (text) => text.replaceAll(/[$`\\]/g, String.raw`\$&`),
  verbatim: (text) => text,
};

const CODE = String.raw`[abefnrtvE'"?\\]|x[\da-fA-F]{1,2}|u[\da-fA-F]{1,4}|U[\da-fA-F]{1,8}|[0-7]{1,3}|c[^]`;
const PRINTF: Printer = {
  escapes: new RegExp(String.raw`%%|\\(${CODE})`, "g"),
  isFormat: true,
  encode: (text) => escaped(text).replaceAll("%", "%%"),
};
/** Quotes are nothing that it escapes (bash 5.2, builtins/echo.def). */
const ECHO: Printer = {
  escapes: /\\([abefnrtvE\\]|x[\da-fA-F]{1,2}|u[\da-fA-F]{1,4}|U[\da-fA-F]{1,8}|0[0-7]{0,3})/g,
  isFormat: false,
  encode: escaped,
};
const ESCAPES: Record<Quoting, RegExp | undefined> = {
  bare: /\\(\r?\n|[^])/g,
  single: undefined,
  double: /\\(\r?\n|["$`\\])/g,
  ansi: new RegExp(String.raw`\\(${CODE})`, "g"),
  heredoc: /\\(\r?\n|[$`\\])/g,
  verbatim: undefined,
};

const unquote = ([, char = ""]: RegExpMatchArray): string => (char.endsWith("\n") ? "" : char);
const decode: Record<Quoting, (match: RegExpMatchArray) => string> = {
  bare: unquote,
  single: unquote,
  double: unquote,
  ansi: ([, code = ""]) => ansiEscape(code),
  heredoc: unquote,
  verbatim: unquote,
};

const NAMED: Readonly<Record<string, string>> = {
  a: "\x07",
  b: "\b",
  e: "\x1B",
  E: "\x1B",
  f: "\f",
  n: "\n",
  r: "\r",
  t: "\t",
  v: "\v",
};

/** Returns what stands for a backslash and this code in `$'…'` and for printf. */
function ansiEscape(code: string): string {
  const kind = code[0] ?? "";
  if (kind === "c") return String.fromCharCode(code.charCodeAt(1) & 0x1f);
  if (/^[xuU]/.test(code)) {
    const point = Number.parseInt(code.slice(1), 16);
    return point > 0x10ffff ? "\uFFFD" : String.fromCodePoint(point);
  }
  if (/^[0-7]/.test(code)) return String.fromCharCode(Number.parseInt(code, 8) & 0xff);
  return NAMED[kind] ?? kind;
}

function decoded(
  raw: string,
  start: number,
  escapes: RegExp | undefined,
  meaning: (match: RegExpMatchArray) => string,
): Piece[] {
  const pieces: Piece[] = [];
  const put = (text: string, from: number, to: number): void => {
    if (text !== "") pieces.push({ text, outer: { start: start + from, end: start + to } });
  };
  let done = 0;
  // Most texts have no escapes, and each of the many searches takes an expression of its own.
  for (const match of escapes && raw.includes("\\") ? raw.matchAll(escapes) : []) {
    put(raw.slice(done, match.index), done, match.index);
    done = match.index + match[0].length;
    put(meaning(match), match.index, done);
  }
  put(raw.slice(done), done, raw.length);
  return pieces;
}

/** Where a part of a piece's text stands; a piece that is written in another way is not divided. */
function partOf({ text, outer }: Piece, from: number, to: number): Piece["outer"] {
  const same = outer.end - outer.start === text.length;
  return same ? { start: outer.start + from, end: outer.start + to } : outer;
}
