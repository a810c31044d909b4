import type { Span } from "../../rule/value.ts";
import { lex, type Token } from "./lex.ts";

/** A script, or a piece of one, without its comments. Its tokens are named by their indices. */
export class Code {
  readonly text: string;
  readonly tokens: readonly Token[];
  /** Where each bracket closes that does not open a block. */
  readonly closing: ReadonlyMap<number, number>;

  /** `tokens` are all that `lex` finds in the text. */
  constructor(text: string, tokens: readonly Token[] = lex(text).tokens) {
    this.text = text;
    this.tokens = tokens.filter(({ kind }) => kind !== "comment");
    this.closing = closingIn(this.tokens);
  }

  /** The mark that a token is; empty for any other. */
  mark(index: number): string {
    const token = this.tokens[index];
    return token?.kind === "mark" ? token.mark : "";
  }

  /** A token as it is written, as far as anybody looks at it; empty beyond the ends. */
  written(index: number): string {
    const token = this.tokens[index];
    return token ? this.text.slice(token.start, Math.min(token.end, token.start + LONGEST)) : "";
  }

  /** From the one token to the end of the other. */
  spanOf(first: number, last: number): Span {
    return { start: this.tokens[first]?.start ?? 0, end: this.tokens[last]?.end ?? 0 };
  }

  /** Tells whether a token ends a statement, or begins or ends a block. */
  ends(index: number): boolean {
    if (/^[;{}]$/.test(this.mark(index))) return true;
    if (this.tokens[index]?.kind !== "newline") return false;
    return this.mark(index - 1) !== "|" && this.mark(index + 1) !== "|";
  }
}

/** How much of a word or a string is looked at. */
export const LONGEST = 300;

function closingIn(code: readonly Token[]): Map<number, number> {
  const closing = new Map<number, number>();
  const open: number[] = [];
  for (const [index, token] of code.entries()) {
    if (token.kind !== "mark") continue;
    if (/[([{]$/.test(token.mark)) open.push(index);
    if (!/^[)\]}]$/.test(token.mark)) continue;
    const opened = open.pop();
    const mark = opened === undefined ? undefined : code[opened];
    if (opened !== undefined && mark?.kind === "mark" && mark.mark !== "{") closing.set(opened, index);
  }
  return closing;
}
