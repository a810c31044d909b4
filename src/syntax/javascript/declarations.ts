import type { Range } from "../source/tokens.ts";
import { type Expressions, KEYWORD } from "./expressions.ts";

/** Where a name gets a value. */
export interface Declaration {
  name: string;
  /** The token that declares it; the one behind an import's name. */
  at: number;
  /** Where it is known. */
  scope: Range;
  /** What it is set to, or the list whose items it is set to, one after the other. */
  value?: Range;
  each?: true;
  /** The function of which it is a parameter, and the how manyeth. */
  of?: { function: FunctionOf; index: number };
  /** The parameter that it is a part of, where that is taken apart. */
  partOf?: { function: FunctionOf; index: number };
  /** The key of the value that it is set to, where the value is taken apart. */
  key?: string;
  /** Which item of the value it is set to, where a list is taken apart. */
  item?: number;
  /** The value is the name of the module that it comes from. */
  imported?: true;
}

/** A function of the text. */
export interface FunctionOf {
  name: string | undefined;
  /** The bracket of its parameters, or the one parameter before an arrow. */
  parameters: number;
  body: Range;
}

/** The functions of a text, and what its names are declared as, in the order of the text. Takes about linear time. */
export function declaredIn(text: Expressions): Pick<Declarations, "functions" | "declarations"> {
  return new Declarations(text);
}

const CONTROL = /^(if|for|while|switch|catch|with|return|await|typeof|new|super|import|require)$/;

class Declarations {
  readonly functions: FunctionOf[] = [];
  readonly declarations = new Map<string, Declaration[]>();
  readonly #text: Expressions;

  constructor(text: Expressions) {
    this.#text = text;
    for (const [index, { text: word, kind }] of text.tokens.entries()) {
      if (kind === "name" && /^(const|let|var)$/.test(word)) this.#declare(index + 1);
      if (kind === "name" && word === "import") this.#import(index);
      if (word === "=>") this.#arrow(index);
      if (word === "(" && kind === "mark") this.#function(index);
    }
  }

  /** The block in which a token stands. */
  #scopeOf(index: number): Range {
    const text = this.#text;
    let outer = text.tokens[index]?.outer ?? -1;
    while (outer >= 0 && text.word(outer) !== "{") {
      // `for (const x of xs) { … }`
      if (text.word(outer) === "(" && /^(for|await)$/.test(text.word(outer - 1))) {
        const close = text.tokens[outer]?.pair ?? outer;
        const end = text.word(close + 1) === "{" ? text.tokens[close + 1]?.pair : text.endOf(close + 1);
        return { from: outer, to: (end ?? close) + 1 };
      }
      outer = text.tokens[outer]?.outer ?? -1;
    }
    return outer < 0
      ? { from: 0, to: text.tokens.length }
      : { from: outer, to: text.tokens[outer]?.pair ?? 0 };
  }

  #add(declaration: Declaration): void {
    const { name } = declaration;
    const known = this.declarations.get(name) ?? [];
    this.declarations.set(name, known);
    if (known.length < MOST_ALIKE) known.push(declaration);
  }

  #declare(start: number): void {
    const text = this.#text;
    const scope = this.#scopeOf(start);
    for (let at = start; ;) {
      const isPattern = text.word(at) === "{" || text.word(at) === "[";
      let next = isPattern ? text.behind(at) : at + 1;
      if (text.word(next) === ":") next = this.#afterType(next);
      const sets = /^(=|of)$/.test(text.word(next));
      const value = sets ? { from: next + 1, to: text.endOf(next + 1) } : undefined;
      const each = text.word(next) === "of" ? { each: true as const } : {};
      if (isPattern) this.#takenApart(at, scope, value, each);
      else if (text.tokens[at]?.kind === "name") {
        this.#add({ name: text.word(at), at, scope, ...(value && { value }), ...each });
      }
      const end = value?.to ?? next;
      if (text.word(end) !== ",") return;
      at = end + 1;
    }
  }

  /** Behind the type of a variable. */
  #afterType(from: number): number {
    const text = this.#text;
    let at = from;
    for (let steps = 0; steps < 200 && !/^([=;,)]|of|in|)$/.test(text.word(at)); steps++) {
      at = text.behind(at);
    }
    return at;
  }

  /** `import rule, { name } from "./rule.json"`, `import * as rule from …`. */
  #import(index: number): void {
    const text = this.#text;
    let from = index + 1;
    for (let steps = 0; steps < 8 && text.word(from) !== "from"; steps++) {
      from = text.behind(from);
    }
    if (text.word(from) !== "from" || text.tokens[from + 1]?.kind !== "string") return;
    const scope = { from: 0, to: text.tokens.length };
    const value = { from: from + 1, to: from + 2 };
    for (let at = index + 1; at < from; at++) {
      if (text.word(at) !== "{") {
        if (text.tokens[at]?.kind !== "name" || /^(as|type)$/.test(text.word(at))) continue;
        this.#add({ name: text.word(at), at, scope, value, imported: true });
        continue;
      }
      for (const item of text.itemsOf(at)) {
        const last = item.to - 1;
        this.#add({
          name: text.word(last),
          at: last,
          scope,
          value,
          imported: true,
          key: text.word(item.from),
        });
      }
      at = text.tokens[at]?.pair ?? at;
    }
  }

  /** `{ trunk_ids, rule: r }` */
  #takenApart(
    bracket: number,
    scope: Range,
    value: Range | undefined,
    more: Pick<Declaration, "each" | "partOf">,
  ): void {
    const text = this.#text;
    for (const [item, { from, to }] of text.itemsOf(bracket).entries()) {
      const renamed = text.word(from + 1) === ":" && text.word(bracket) === "{";
      const at = renamed ? from + 2 : from;
      const key = text.tokens[from]?.value ?? text.word(from);
      if (text.tokens[at]?.kind !== "name" || at >= to) continue;
      const isList = text.word(bracket) === "[";
      this.#add({
        name: text.word(at),
        at,
        scope,
        ...(value && { value }),
        ...more,
        key,
        ...(isList && { item }),
      });
    }
  }

  #arrow(index: number): void {
    const before = this.#text.tokens[index - 1];
    if (before?.kind !== "name") return; // `(…) =>` is met at its bracket
    const body = this.#bodyAt(index + 1);
    const one: FunctionOf = { name: this.#nameBefore(index - 1), parameters: index - 1, body };
    this.functions.push(one);
    this.#add({ name: before.text, at: index - 1, scope: body, of: { function: one, index: 0 } });
  }

  #function(bracket: number): void {
    const text = this.#text;
    const close = text.tokens[bracket]?.pair ?? -1;
    if (close < bracket) return;
    let after = close + 1;
    if (text.word(after) === ":") {
      // The type of what it returns.
      for (let steps = 0; steps < 40 && !/^(=>|;|\{)$/.test(text.word(after)); steps++) after++;
    }
    const isArrow = text.word(after) === "=>";
    const isMethod =
      text.word(after) === "{" && text.isCallee(bracket - 1) && !CONTROL.test(text.word(bracket - 1));
    const isPlain = text.word(after) === "{" && text.word(bracket - 1) === "function";
    if (!isArrow && !isMethod && !isPlain) return;
    const body = this.#bodyAt(isArrow ? after + 1 : after);
    const one: FunctionOf = { name: this.#nameBefore(bracket), parameters: bracket, body };
    this.functions.push(one);
    for (const [index, { from, to }] of text.itemsOf(bracket).entries()) {
      let at = from;
      while (/^(\.\.\.|public|private|protected|readonly)$/.test(text.word(at))) at++;
      if (text.word(at) === "{") this.#takenApart(at, body, undefined, { partOf: { function: one, index } });
      if (text.tokens[at]?.kind !== "name") continue;
      const sets = this.#assignIn({ from: at, to });
      this.#add({
        name: text.word(at),
        at,
        scope: body,
        of: { function: one, index },
        ...(sets && { value: sets }),
      });
    }
  }

  #assignIn({ from, to }: Range): Range | undefined {
    for (let at = from; at < to; at++) if (this.#text.word(at) === "=") return { from: at + 1, to };
    return undefined;
  }

  #bodyAt(from: number): Range {
    const text = this.#text;
    const to = text.word(from) === "{" ? text.behind(from) : text.endOf(from);
    return { from, to };
  }

  /** `load` of `function load(`, `const load = async (`, `load: (`, `load(`. */
  #nameBefore(index: number): string | undefined {
    const text = this.#text;
    let at = index - 1;
    if (text.word(at) === "async") at--;
    if (text.word(at) === "function") return undefined;
    if (text.word(at) === "=" || text.word(at) === ":") at--;
    const token = text.tokens[at];
    return token?.kind === "name" && !KEYWORD.test(token.text) ? token.text : undefined;
  }
}

/** How many declarations of one name are told apart. */
const MOST_ALIKE = 50;
