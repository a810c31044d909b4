import type { Span } from "../../rule/value.ts";
import type { Problem } from "../../sources/syntax.ts";

/** A piece of a PowerShell script. White space has no token, but for line breaks, which end statements. */
export type Token = Span &
  (
    | { kind: "comment" | "newline" | "word" }
    /** One of `@{ @( $( ( ) { } [ ] ; , | =`. */
    | { kind: "mark"; mark: string }
    | StringToken
  );

/** A string; in a here-string quotes stand for themselves. */
export interface StringToken extends Span {
  kind: "string";
  expandable: boolean;
  here: boolean;
  /** The text between the quotes. */
  inside: Span;
  /** Each `$(…)` in an expandable string, but for those in another. */
  codes: Span[];
}

/** An expandable string that is not closed yet, or a bracket of code inside one. */
type Open = OpenString | { kind: "bracket"; start: number; of?: OpenString };

interface OpenString {
  kind: "string";
  start: number;
  inside: number;
  here: boolean;
  codes: Span[];
}

/** PowerShell takes typographic quotes for plain ones (about_Quoting_Rules). */
export const SINGLE_QUOTES = "'\u2018\u2019\u201A\u201B";
export const DOUBLE_QUOTES = '"\u201C\u201D\u201E';
const QUOTES = SINGLE_QUOTES + DOUBLE_QUOTES;

const SPACE = /(?:[^\S\r\n]|`(?:\r\n|\n|\r))+/y;
const NEWLINE = /\r\n|\n|\r/y;
const LINE_COMMENT = /#[^\r\n]*/y;
const BLOCK_COMMENT = /<#[^]*?#>/y;
const HERE_START = new RegExp(`@[${QUOTES}][ \\t]*(?:\\r\\n|\\n|\\r)`, "y");
const HERE_END = new RegExp(`(?:\\r\\n|\\n|\\r)[${SINGLE_QUOTES}]@`, "g");
const SINGLE = new RegExp(
  `[${SINGLE_QUOTES}][^${SINGLE_QUOTES}]*(?:[${SINGLE_QUOTES}]{2}[^${SINGLE_QUOTES}]*)*[${SINGLE_QUOTES}]`,
  "y",
);
const MARK = /@[{(]|\$\(|[(){}[\];,|=]/y;
/** A `#` in a word is one of its letters. */
const WORD = new RegExp(
  `(?:\\$\\{[^}\\r\\n]{0,80}\\}|[^])(?:\`[^\\r\\n]|[^\\s${QUOTES}(){}[\\];,|=\`@$<])*`,
  "y",
);
/** A piece of an expandable string that is no quote and no code: text, an escape, a variable. */
const EXPANDABLE = new RegExp(`[^\`$${DOUBLE_QUOTES}]+|\`[^]|\\$\\{[^}"]{0,80}\\}|\\$(?!\\()`, "y");

/**
 * Cuts a script into tokens (about_Parsing, about_Comments, about_Quoting_Rules), up to what can't be read. Code in
 * `$(…)` inside a string belongs to the string. Iterative, so that any nesting is survived.
 */
export function lex(text: string): { tokens: Token[]; problem: Problem | undefined } {
  const tokens: Token[] = [];
  const open: Open[] = [];
  let at = text.startsWith("\uFEFF") ? 1 : 0;
  const end = (pattern: RegExp): number | undefined => {
    pattern.lastIndex = at;
    return pattern.test(text) ? pattern.lastIndex : undefined;
  };
  const put = (token: Token): void => {
    if (open.length === 0) tokens.push(token);
    at = token.end;
  };
  const unclosed = (start: number, what: string) => {
    return { tokens, problem: { at: { start, end: start + 2 }, message: `this ${what} is not closed` } };
  };

  while (at < text.length) {
    const start = at;
    const inner = open.at(-1);
    if (inner?.kind === "string") {
      const piece = end(EXPANDABLE);
      if (piece !== undefined) at = piece;
      else if (text.startsWith("$(", at)) {
        open.push({ kind: "bracket", start: at, of: inner });
        at += 2;
      } else if (closesHere(text, at, inner) ?? !isDoubled(text, at)) {
        open.pop();
        const insideEnd = inner.here ? Math.max(lineEnd(text, at), inner.inside) : at;
        const inside = { start: inner.inside, end: insideEnd };
        const close = at + (inner.here ? 2 : 1);
        const { here, codes } = inner;
        put({ kind: "string", expandable: true, here, inside, codes, start: inner.start, end: close });
      } else at += inner.here ? 1 : 2;
      continue;
    }

    const space = end(SPACE);
    const newline = end(NEWLINE);
    const comment = text.startsWith("<#", at) ? end(BLOCK_COMMENT) : end(LINE_COMMENT);
    const here = end(HERE_START);
    const mark = end(MARK);
    if (space !== undefined) at = space;
    else if (newline !== undefined) put({ kind: "newline", start, end: newline });
    else if (comment !== undefined) put({ kind: "comment", start, end: comment });
    else if (text.startsWith("<#", at)) return unclosed(start, "comment");
    else if (here !== undefined && DOUBLE_QUOTES.includes(text[at + 1] ?? "")) {
      open.push({ kind: "string", start, inside: here, here: true, codes: [] });
      at = here;
    } else if (here !== undefined) {
      HERE_END.lastIndex = lineEnd(text, here);
      const close = HERE_END.exec(text);
      if (!close) return unclosed(start, "here-string");
      const inside = { start: here, end: Math.max(close.index, here) };
      put({
        kind: "string",
        expandable: false,
        here: true,
        inside,
        codes: [],
        start,
        end: HERE_END.lastIndex,
      });
    } else if (SINGLE_QUOTES.includes(text[at] ?? "")) {
      const close = end(SINGLE);
      if (close === undefined) return unclosed(start, "string");
      const inside = { start: start + 1, end: close - 1 };
      put({ kind: "string", expandable: false, here: false, inside, codes: [], start, end: close });
    } else if (DOUBLE_QUOTES.includes(text[at] ?? "")) {
      open.push({ kind: "string", start, inside: start + 1, here: false, codes: [] });
      at++;
    } else if (mark !== undefined) {
      const token: Token = { kind: "mark", mark: text.slice(start, mark), start, end: mark };
      put(token);
      if (inner && token.mark.endsWith("(")) open.push({ kind: "bracket", start });
      if (inner && token.mark === ")") {
        inner.of?.codes.push({ start: inner.start, end: mark });
        open.pop();
      }
    } else put({ kind: "word", start, end: end(WORD) ?? start + 1 });
  }
  const [outermost] = open;
  if (outermost?.kind !== "string") return { tokens, problem: undefined };
  return unclosed(outermost.start, outermost.here ? "here-string" : "string");
}

/** Tells whether the quote at this offset closes a here-string; undefined where that is none. */
function closesHere(
  text: string,
  at: number,
  { here, inside }: { here: boolean; inside: number },
): boolean | undefined {
  if (!here) return undefined;
  return text[at + 1] === "@" && (at === inside || "\r\n".includes(text[at - 1] ?? "x"));
}

function isDoubled(text: string, at: number): boolean {
  return DOUBLE_QUOTES.includes(text[at + 1] ?? "x");
}

/** Where the line break begins that ends directly before this offset. */
function lineEnd(text: string, at: number): number {
  if (text.startsWith("\r\n", at - 2)) return at - 2;
  return "\r\n".includes(text[at - 1] ?? "x") ? at - 1 : at;
}
