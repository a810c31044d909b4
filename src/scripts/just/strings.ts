import type { Recipe } from "../recipe.ts";

/** A string of a Justfile: where its inside stands, the name that it is given to, and how it is written. */
export interface Literal extends Pick<Recipe, "replaced" | "by" | "encode"> {
  name: string;
  start: number;
  end: number;
}

const OPENING = /#|(f|x)?("""|'''|"|'|`)|\r\n|\n|\r/g;
const ESCAPE = /\\(?:u\{[\da-fA-F]{1,6}\}|\r\n|[^])/g;
const NOTHING = /(?!)/g;

/**
 * The strings of a statement that begins at an offset, and where its last line ends: strings may go over lines. `put`
 * says what stands for an expression in braces.
 */
export function stringsFrom(
  text: string,
  from: number,
  put: Pick<Recipe, "replaced" | "by">,
): { literals: Literal[]; end: number } {
  const literals: Literal[] = [];
  const opening = new RegExp(OPENING);
  opening.lastIndex = from;
  for (let match = opening.exec(text); match; match = opening.exec(text)) {
    const [token, prefix, quote] = match;
    if (token === "#") {
      const end = text.slice(match.index).search(/[\r\n]/);
      return { literals, end: end < 0 ? text.length : match.index + end };
    }
    if (quote === undefined) return { literals, end: match.index };
    // Three quotes take a line break that follows them.
    const opened = match.index + token.length;
    const start =
      opened + (quote.length === 3 ? (/^\r?\n/.exec(text.slice(opened, opened + 2))?.[0].length ?? 0) : 0);
    const end = closing(text, start, quote);
    if (end === undefined) return { literals, end: text.length };
    const [, name = ""] =
      /([\w-]+)\s*:?=\s*$/.exec(text.slice(Math.max(from, match.index - 200), match.index)) ?? [];
    literals.push({ name, start, end, ...writtenAs(quote, prefix === "f" ? put : undefined) });
    opening.lastIndex = end + quote.length;
  }
  return { literals, end: text.length };
}

/** Where a string ends; undefined where nothing closes it. */
function closing(text: string, start: number, quote: string): number | undefined {
  if (!quote.startsWith('"')) {
    const end = text.indexOf(quote, start);
    return end < 0 ? undefined : end;
  }
  const next = new RegExp(String.raw`\\[^]|${quote}`, "g");
  next.lastIndex = start;
  for (let match = next.exec(text); match; match = next.exec(text))
    if (match[0] === quote) return match.index;
  return undefined;
}

/** Escapes count between double quotes alone, and braces in a string with an `f` before it. */
function writtenAs(
  quote: string,
  put?: Pick<Recipe, "replaced" | "by">,
): Pick<Recipe, "replaced" | "by" | "encode"> {
  const escapes = quote.startsWith('"');
  const braced = (text: string): string => (put ? text.replaceAll("{{", "{{{{") : text);
  if (!escapes) return { replaced: put?.replaced ?? NOTHING, by: put?.by ?? String, encode: braced };
  return {
    replaced: put ? new RegExp(`${ESCAPE.source}|${put.replaced.source}`, "g") : ESCAPE,
    by: (found) => (found.startsWith("\\") ? unescaped(found) : (put?.by(found) ?? found)),
    encode: (text) => braced(text.replaceAll(quote === '"' ? /["\\]/g : /\\/g, String.raw`\$&`)),
  };
}

const NAMED: Readonly<Record<string, string>> = { n: "\n", r: "\r", t: "\t" };

function unescaped(escape: string): string {
  const code = escape.slice(1);
  if (code.startsWith("u{")) {
    const point = Number.parseInt(code.slice(2, -1), 16);
    return point > 0x10_ffff ? "\uFFFD" : String.fromCodePoint(point);
  }
  return /^[\r\n]/.test(code) ? "" : (NAMED[code] ?? code);
}
