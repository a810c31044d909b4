import type { Span } from "../../rule/value.ts";

/** A token of JavaScript, TypeScript or Go, and how it is bracketed. Raw strings of Go are read as templates. */
export interface Token extends Span {
  /** A template is a bracket: its holes follow as tokens, then a mark that closes it. */
  kind: "name" | "string" | "template" | "number" | "regex" | "mark";
  text: string;
  /** What a string says. */
  value?: string;
  /** What a template says; a hole by its tokens, the last not included. */
  parts?: (string | Range)[];
  /** The bracket that closes this one, or opens it. */
  pair: number;
  /** The innermost bracket around it; -1 for none. */
  outer: number;
  /** Whether it begins a line. */
  begins: boolean;
}

/** Tokens, by their numbers; `to` is not one of them. */
export interface Range {
  from: number;
  to: number;
}

const TOKEN =
  /(?<space>\s+|\/\/[^\r\n]*|\/\*[^]*?(?:\*\/|$))|(?<name>[\p{ID_Start}$_#][\p{ID_Continue}$]*)|(?<number>\d[\w.]*)|(?<string>"(?:[^"\\\r\n]|\\[^])*"?|'(?:[^'\\\r\n]|\\[^])*'?)|(?<mark>=>|\.\.\.|\?\?=?|\?\.(?!\d)|\|\|=?|&&=?|[=!]==?|[<>]=|[-+*/%|&]=|[^])/uy;
const REGEX = /\/(?:[^/\\[\r\n]|\\.|\[(?:[^\]\\\r\n]|\\.)*\])+\/\w*/y;
/** Behind these a `/` divides. */
const ENDS_VALUE = /^[)\]}]$/;
const KEYWORDS =
  /^(return|typeof|case|in|of|do|else|void|delete|await|yield|throw|new|if|while|for|switch|catch|with)$/;

/** The tokens of a text. Reads any text, in linear time; brackets that nothing closes end with it. */
export function tokensOf(text: string): Token[] {
  const tokens: Token[] = [];
  const open: number[] = [];
  let begins = true;
  let at = 0;
  const add = (kind: Token["kind"], end: number): Token => {
    const token: Token = {
      kind,
      text: text.slice(at, end),
      start: at,
      end,
      pair: -1,
      outer: open.at(-1) ?? -1,
      begins,
    };
    tokens.push(token);
    begins = false;
    at = end;
    return token;
  };
  const close = (bracket: number): void => {
    const opening = tokens[bracket];
    const closing = tokens.at(-1);
    if (!opening || !closing) return;
    opening.pair = tokens.length - 1;
    closing.pair = bracket;
    closing.outer = opening.outer;
  };
  /** Goes on in a template, to its next hole or its end. */
  const template = (bracket: number): void => {
    const [whole, said = ""] = stickyExec(/((?:[^`\\$]|\\[^]|\$(?!\{))*)/y, text, at) ?? [""];
    tokens[bracket]?.parts?.push(plain(said));
    at += whole.length;
    if (text.startsWith("${", at)) {
      add("mark", at + 2);
      open.push(tokens.length - 1);
      return;
    }
    open.pop();
    add("mark", Math.min(at + 1, text.length));
    close(bracket);
  };
  while (at < text.length) {
    TOKEN.lastIndex = at;
    const { groups, 0: whole = " " } = TOKEN.exec(text) ?? {};
    const end = at + Math.max(whole.length, 1);
    if (groups?.["space"] !== undefined) {
      begins ||= /[\r\n]/.test(whole);
      at = end;
    } else if (groups?.["name"] !== undefined) add("name", end);
    else if (groups?.["number"] !== undefined) add("number", end);
    else if (groups?.["string"] !== undefined) {
      const token = add("string", end);
      token.value = plain(token.text.slice(1, token.text.at(-1) === token.text[0] ? -1 : undefined));
    } else if (whole === "`") {
      const token = add("template", end);
      token.parts = [];
      open.push(tokens.length - 1);
      template(tokens.length - 1);
    } else if (whole === "/" && beginsRegex(tokens.at(-1))) {
      const regex = stickyExec(REGEX, text, at);
      add(regex ? "regex" : "mark", at + (regex?.[0].length ?? 1));
    } else if ("({[".includes(whole)) {
      add("mark", end);
      open.push(tokens.length - 1);
    } else if (")}]".includes(whole)) {
      const bracket = open.at(-1);
      const opening = bracket === undefined ? undefined : tokens[bracket];
      if (bracket !== undefined && opening?.kind === "mark") open.pop();
      add("mark", end);
      if (bracket === undefined || opening?.kind !== "mark") continue;
      close(bracket);
      if (opening.text !== "${") continue;
      tokens[opening.outer]?.parts?.push({ from: bracket + 1, to: tokens.length - 1 });
      template(opening.outer);
    } else add("mark", end);
  }
  for (const bracket of open) {
    const opening = tokens[bracket];
    if (opening) opening.pair = tokens.length;
  }
  return tokens;
}

/** A text in tokens, with its names. */
export class Tokens {
  readonly text: string;
  readonly tokens: readonly Token[];
  readonly #names = new Map<string, number[]>();

  constructor(text: string) {
    this.text = text;
    this.tokens = tokensOf(text);
    for (const [index, token] of this.tokens.entries()) {
      if (token.kind !== "name") continue;
      const known = this.#names.get(token.text);
      if (known) known.push(index);
      else this.#names.set(token.text, [index]);
    }
  }

  /** The text of a token; empty beyond the ends, and for a string. */
  word(index: number): string {
    const token = this.tokens[index];
    return token === undefined || token.kind === "string" || token.kind === "template" ? "" : token.text;
  }

  /** The text of a piece. */
  slice({ from, to }: Range): string {
    const { start, end } = this.spanOf({ from, to });
    return from < to ? this.text.slice(start, end) : "";
  }

  /** Where a piece stands. */
  spanOf({ from, to }: Range): Span {
    const [first, last] = [this.tokens[from], this.tokens[to - 1]];
    return { start: first?.start ?? 0, end: last?.end ?? first?.end ?? 0 };
  }

  /** All tokens that are this name. */
  named(name: string): readonly number[] {
    return this.#names.get(name) ?? [];
  }

  /** Whether a token opens a bracket. */
  opens(index: number): boolean {
    return (this.tokens[index]?.pair ?? -1) > index;
  }

  /** The token behind this one; behind the whole bracket, if it opens one. */
  behind(index: number): number {
    return Math.max(this.tokens[index]?.pair ?? index, index) + 1;
  }

  /** The operands of an operator at the top of a piece; all of it where that is not there. */
  operandsOf({ from, to }: Range, operator: string): Range[] {
    const operands: Range[] = [];
    let start = from;
    for (let at = from; at < to; at = this.behind(at)) {
      if (this.word(at) !== operator) continue;
      operands.push({ from: start, to: at });
      start = at + 1;
    }
    return [...operands, { from: start, to }];
  }

  /** The pieces between the commas of a bracket. */
  itemsOf(bracket: number): Range[] {
    const end = this.tokens[bracket]?.pair ?? 0;
    const items: Range[] = [];
    for (let at = bracket + 1; at < end && items.length < MOST_ITEMS;) {
      let to = at;
      while (to < end && this.word(to) !== ",") to = this.behind(to);
      if (to > at) items.push({ from: at, to });
      at = to + 1;
    }
    return items;
  }
}

const MOST_ITEMS = 1000;

function stickyExec(pattern: RegExp, text: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at;
  return pattern.exec(text);
}

function beginsRegex(before: Token | undefined): boolean {
  if (!before) return true;
  if (before.kind === "name") return KEYWORDS.test(before.text);
  return before.kind === "mark" && before.text !== "`" && !ENDS_VALUE.test(before.text);
}

/** What is written in a string, without its escapes, as far as paths and commands have any. */
function plain(written: string): string {
  return written.replaceAll(/\\(\r\n|[^])/g, (_, character: string) => {
    if (/[\r\n]/.test(character)) return "";
    return character === "n" ? "\n" : character === "t" ? "\t" : character;
  });
}
