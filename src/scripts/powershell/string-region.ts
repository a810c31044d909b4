import { fragmentSyntax, stringSyntax } from "../../sources/embedded-language.ts";
import { type Piece, regionOf } from "../../sources/region.ts";
import type { Region } from "../../sources/syntax.ts";
import type { IsWorth } from "../../sources/trigger.ts";
import { DOUBLE_QUOTES, SINGLE_QUOTES, type StringToken } from "./lex.ts";

/** The programs besides PowerShell that read a string before its text is a document. */
interface Readers {
  /** It is filled in by `-f`, so that braces are doubled. */
  formatted: boolean;
  /** It is an argument of a program to which Windows PowerShell hands quotes only behind a backslash. */
  backslashed: boolean;
}

/** The document that a string holds; undefined for one that is only a string. */
export function stringRegion(
  text: string,
  token: StringToken,
  formatted: boolean,
  isWorth: IsWorth,
): Region | undefined {
  const raw = text.slice(token.inside.start, token.inside.end);
  if (!isWorth(raw)) return undefined;
  const plain = { formatted, backslashed: false };
  const readers = { formatted, backslashed: isBackslashed(textOf(piecesOf(token, raw, plain))) };
  const pieces = piecesOf(token, raw, readers);
  const value = textOf(pieces);
  const syntax = (token.here ? fragmentSyntax(value) : undefined) ?? stringSyntax(value);
  if (syntax === undefined) return undefined;
  const label = token.here ? "here-string" : "string";
  const filled = token.expandable ? /^\$/ : undefined;
  return regionOf({ syntax, label, pieces, encode: encoder(token, raw, readers), filled });
}

/** In a document of its own only the quotes inside strings stand behind a backslash. */
function isBackslashed(text: string): boolean {
  return text.includes(String.raw`\"`) && !/(?<!\\)"/.test(text);
}

function textOf(pieces: readonly Piece[]): string {
  return pieces.map((piece) => piece.text).join("");
}

/** `raw` is what stands between the quotes. */
function piecesOf(token: StringToken, raw: string, readers: Readers): Piece[] {
  const { start } = token.inside;
  const pieces: Piece[] = [];
  let done = 0;
  let codes = 0;
  const put = (text: string, end: number): void => {
    if (end > done) pieces.push({ text, outer: { start: start + done, end: start + end } });
    done = end;
  };
  for (const { 0: written, index } of raw.matchAll(specials(token, readers))) {
    if (index < done) continue;
    put(raw.slice(done, index), index);
    if (written === "$(") {
      const end = (token.codes[codes++]?.end ?? token.inside.end) - start;
      put(quiet(raw.slice(index, end)), end);
    } else put(said(written), index + written.length);
  }
  put(raw.slice(done), raw.length);
  return pieces;
}

/** Returns what does not stand for itself in the string. */
function specials({ expandable, here }: StringToken, { formatted, backslashed }: Readers): RegExp {
  const quotes = expandable ? DOUBLE_QUOTES : SINGLE_QUOTES;
  const parts = [
    ...(backslashed ? [expandable ? String.raw`(?<!\\)\\(?:${"`"}?"|"")` : String.raw`(?<!\\)\\"`] : []),
    ...(expandable ? ["`u\\{[\\da-fA-F]{1,6}\\}", "`[^]", String.raw`\$\(`] : []),
    ...(here ? [] : [`[${quotes}]{2}`]),
    ...(formatted ? [String.raw`\{\{|\}\}`] : []),
  ];
  return parts.length > 0 ? new RegExp(parts.join("|"), "g") : /(?!)/g;
}

function said(written: string): string {
  if (written.startsWith("\\")) return '"';
  if (!written.startsWith("`")) return written[0] ?? "";
  const code = Number.parseInt(/^`u\{(.+)\}$/.exec(written)?.[1] ?? "", 16);
  if (code <= 0x10_ffff) return String.fromCodePoint(code);
  return ESCAPES.get(written.slice(1)) ?? written.slice(1);
}

/** about_Special_Characters. */
const ESCAPES: ReadonlyMap<string, string> = new Map([
  ["0", "\0"],
  ["a", "\u0007"],
  ["b", "\b"],
  ["e", "\u001B"],
  ["f", "\f"],
  ["n", "\n"],
  ["r", "\r"],
  ["t", "\t"],
  ["v", "\v"],
]);

/** Code without what would end the string of the document in which it stands. As long as before. */
function quiet(code: string): string {
  return code
    .replaceAll('"', "'")
    .replaceAll("\\", "/")
    .replaceAll(/[\r\n]/g, " ");
}

function encoder({ expandable, here }: StringToken, raw: string, readers: Readers): (text: string) => string {
  const quote = /`"/.test(raw) ? '`"' : '""';
  const breaksLines = /[\r\n]/.test(raw);
  return (text) => {
    let written = readers.formatted ? text.replaceAll(/[{}]/g, "$&$&") : text;
    if (expandable) written = written.replaceAll(/[`$]/g, "`$&");
    else if (!here) written = written.replaceAll(new RegExp(`[${SINGLE_QUOTES}]`, "g"), "$&$&");
    if (readers.backslashed) written = written.replaceAll('"', '\\"');
    if (!expandable || here) return written;
    written = written.replaceAll('"', quote).replaceAll(/[\u201C-\u201E]/g, "$&$&");
    return breaksLines
      ? written
      : written.replaceAll("\r", "`r").replaceAll("\n", "`n").replaceAll("\t", "`t");
  };
}
