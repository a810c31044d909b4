import { type Range, type Token, Tokens } from "../source/tokens.ts";

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

/** The call by which a function came to run. */
export interface Given {
  function: FunctionOf;
  args: readonly Range[];
}

const CONTROL = /^(if|for|while|switch|catch|with|return|await|typeof|new|super|import|require)$/;

/** A text in tokens, with its names and functions. Built in about linear time. */
export class Script extends Tokens {
  readonly functions: FunctionOf[] = [];
  readonly #declarations = new Map<string, Declaration[]>();

  constructor(text: string) {
    super(text);
    for (const [index, { text: word, kind }] of this.tokens.entries()) {
      if (kind === "name" && /^(const|let|var)$/.test(word)) this.#declare(index + 1);
      if (kind === "name" && word === "import") this.#import(index);
      if (word === "=>") this.#arrow(index);
      if (word === "(" && kind === "mark") this.#function(index);
    }
  }

  /** What a name means at a token: what is declared nearest around it. */
  declarationOf(index: number): Declaration | undefined {
    let nearest: Declaration | undefined;
    for (const one of this.#declarations.get(this.tokens[index]?.text ?? "") ?? []) {
      if (index < one.scope.from || index >= one.scope.to) continue;
      if (!nearest || one.scope.to - one.scope.from <= nearest.scope.to - nearest.scope.from) nearest = one;
    }
    return nearest;
  }

  /** What is declared at this token. */
  declarationAt(index: number): Declaration | undefined {
    return this.#declarations.get(this.tokens[index]?.text ?? "")?.find(({ at }) => at === index);
  }

  /** What is set to an expression that begins at a token. */
  declarationWith(from: number): Declaration | undefined {
    for (let at = from - 1; at >= 0 && at > from - 40; at--) {
      const declaration = this.declarationAt(at);
      if (declaration)
        return declaration.value?.from === from && declaration.key === undefined ? declaration : undefined;
      if (/^[;({[]$/.test(this.word(at))) return undefined;
    }
    return undefined;
  }

  /** What is imported. */
  imports(): Declaration[] {
    return [...this.#declarations.values()].flat().filter(({ imported }) => imported);
  }

  /** The tokens that use what is declared. */
  loadsOf(declaration: Declaration): number[] {
    return this.named(declaration.name).filter(
      (index) =>
        index !== declaration.at &&
        !/^\??\.$/.test(this.word(index - 1)) &&
        !this.isKey(index) &&
        this.declarationOf(index) === declaration,
    );
  }

  /** Whether a name is a key of an object: `name:` behind a brace or a comma. */
  isKey(index: number): boolean {
    return this.word(index + 1) === ":" && /^[{,]$/.test(this.word(index - 1));
  }

  /** Where the expression ends that begins at a token. */
  endOf(from: number): number {
    let at = from;
    for (let steps = 0; at < this.tokens.length && steps < LONGEST; steps++) {
      const token = this.tokens[at];
      if (!token || (token.kind === "mark" && /^[,;)\]}`]$/.test(token.text))) break;
      if (at > from && token.begins && !isJoint(token) && !isJoint(this.tokens[at - 1])) break;
      at = this.behind(at);
    }
    return Math.min(at, this.tokens.length);
  }

  /** Where a chain begins that ends before this token: `fs.promises` before `.readFile`. */
  chainStart(before: number): number {
    let at = before;
    for (;;) {
      const previous = this.tokens[at - 1];
      if (!previous) return at;
      if (/^[)\]]$/.test(previous.text) && previous.kind === "mark" && previous.pair >= 0) at = previous.pair;
      else if (previous.text === ">" && previous.kind === "mark") {
        const opening = this.#typeStart(at - 1);
        if (opening === undefined) return at;
        at = opening;
        continue;
      } else if (previous.kind === "name" && !KEYWORD.test(previous.text)) at--;
      else return at;
      const joint = this.word(at - 1);
      if (joint === "." || joint === "?.") at--;
      else if (!/^[([]$/.test(this.word(at)) || !this.#isCallee(at - 1)) {
        while (this.word(at - 1) === "new") at--;
        return at;
      }
    }
  }

  /** `<Foo>` of `load<Foo>(…)`. */
  #typeStart(end: number): number | undefined {
    for (let at = end - 1, deep = 1; at > end - 60 && at > 0; at--) {
      if (this.word(at) === ">") deep++;
      if (this.word(at) === "<" && --deep === 0) return at;
      if (/^[;(){}]$/.test(this.word(at))) return undefined;
    }
    return undefined;
  }

  #isCallee(index: number): boolean {
    const token = this.tokens[index];
    return (
      token !== undefined &&
      ((token.kind === "name" && !KEYWORD.test(token.text)) || /^[)\]]$/.test(this.word(index)))
    );
  }

  /** The call whose arguments stand in this bracket: where it begins, and the name of what is called. */
  callAt(bracket: number): { from: number; name: string; callee: string } | undefined {
    if (this.word(bracket) !== "(") return undefined;
    const before = this.word(bracket - 1) === ">" ? (this.#typeStart(bracket - 1) ?? bracket) : bracket;
    if (!this.#isCallee(before - 1)) return undefined;
    const from = this.chainStart(bracket);
    return { from, name: this.word(before - 1), callee: this.slice({ from, to: before }) };
  }

  /** The block in which a token stands. */
  #scopeOf(index: number): Range {
    let outer = this.tokens[index]?.outer ?? -1;
    while (outer >= 0 && this.word(outer) !== "{") {
      // `for (const x of xs) { … }`
      if (this.word(outer) === "(" && /^(for|await)$/.test(this.word(outer - 1))) {
        const close = this.tokens[outer]?.pair ?? outer;
        const end = this.word(close + 1) === "{" ? this.tokens[close + 1]?.pair : this.endOf(close + 1);
        return { from: outer, to: (end ?? close) + 1 };
      }
      outer = this.tokens[outer]?.outer ?? -1;
    }
    return outer < 0
      ? { from: 0, to: this.tokens.length }
      : { from: outer, to: this.tokens[outer]?.pair ?? 0 };
  }

  #add(declaration: Declaration): void {
    const { name } = declaration;
    const known = this.#declarations.get(name) ?? [];
    this.#declarations.set(name, known);
    if (known.length < MOST_ALIKE) known.push(declaration);
  }

  #declare(start: number): void {
    const scope = this.#scopeOf(start);
    for (let at = start; ;) {
      const isPattern = this.word(at) === "{" || this.word(at) === "[";
      let next = isPattern ? this.behind(at) : at + 1;
      if (this.word(next) === ":") next = this.#afterType(next);
      const sets = /^(=|of)$/.test(this.word(next));
      const value = sets ? { from: next + 1, to: this.endOf(next + 1) } : undefined;
      const each = this.word(next) === "of" ? { each: true as const } : {};
      if (isPattern) this.#takenApart(at, scope, value, each);
      else if (this.tokens[at]?.kind === "name") {
        this.#add({ name: this.word(at), at, scope, ...(value && { value }), ...each });
      }
      const end = value?.to ?? next;
      if (this.word(end) !== ",") return;
      at = end + 1;
    }
  }

  /** Behind the type of a variable. */
  #afterType(from: number): number {
    let at = from;
    for (let steps = 0; steps < 200 && !/^([=;,)]|of|in|)$/.test(this.word(at)); steps++) {
      at = this.behind(at);
    }
    return at;
  }

  /** `import rule, { name } from "./rule.json"`, `import * as rule from …`. */
  #import(index: number): void {
    let from = index + 1;
    for (let steps = 0; steps < 8 && this.word(from) !== "from"; steps++) {
      from = this.behind(from);
    }
    if (this.word(from) !== "from" || this.tokens[from + 1]?.kind !== "string") return;
    const scope = { from: 0, to: this.tokens.length };
    const value = { from: from + 1, to: from + 2 };
    for (let at = index + 1; at < from; at++) {
      if (this.word(at) !== "{") {
        if (this.tokens[at]?.kind !== "name" || /^(as|type)$/.test(this.word(at))) continue;
        this.#add({ name: this.word(at), at, scope, value, imported: true });
        continue;
      }
      for (const item of this.itemsOf(at)) {
        const last = item.to - 1;
        this.#add({
          name: this.word(last),
          at: last,
          scope,
          value,
          imported: true,
          key: this.word(item.from),
        });
      }
      at = this.tokens[at]?.pair ?? at;
    }
  }

  /** `{ trunk_ids, rule: r }` */
  #takenApart(bracket: number, scope: Range, value: Range | undefined, each: { each?: true }): void {
    for (const [item, { from, to }] of this.itemsOf(bracket).entries()) {
      const renamed = this.word(from + 1) === ":" && this.word(bracket) === "{";
      const at = renamed ? from + 2 : from;
      const key = this.tokens[from]?.value ?? this.word(from);
      if (this.tokens[at]?.kind !== "name" || at >= to) continue;
      const isList = this.word(bracket) === "[";
      this.#add({
        name: this.word(at),
        at,
        scope,
        ...(value && { value }),
        ...each,
        key,
        ...(isList && { item }),
      });
    }
  }

  #arrow(index: number): void {
    const before = this.tokens[index - 1];
    if (before?.kind !== "name") return; // `(…) =>` is met at its bracket
    const body = this.#bodyAt(index + 1);
    const one: FunctionOf = { name: this.#nameBefore(index - 1), parameters: index - 1, body };
    this.functions.push(one);
    this.#add({ name: before.text, at: index - 1, scope: body, of: { function: one, index: 0 } });
  }

  #function(bracket: number): void {
    const close = this.tokens[bracket]?.pair ?? -1;
    if (close < bracket) return;
    let after = close + 1;
    if (this.word(after) === ":") {
      // The type of what it returns.
      for (let steps = 0; steps < 40 && !/^(=>|;|\{)$/.test(this.word(after)); steps++) after++;
    }
    const isArrow = this.word(after) === "=>";
    const isMethod =
      this.word(after) === "{" && this.#isCallee(bracket - 1) && !CONTROL.test(this.word(bracket - 1));
    const isPlain = this.word(after) === "{" && this.word(bracket - 1) === "function";
    if (!isArrow && !isMethod && !isPlain) return;
    const body = this.#bodyAt(isArrow ? after + 1 : after);
    const one: FunctionOf = { name: this.#nameBefore(bracket), parameters: bracket, body };
    this.functions.push(one);
    for (const [index, { from, to }] of this.itemsOf(bracket).entries()) {
      let at = from;
      while (/^(\.\.\.|public|private|protected|readonly)$/.test(this.word(at))) at++;
      if (this.word(at) === "{") this.#takenApart(at, body, undefined, {});
      if (this.tokens[at]?.kind !== "name") continue;
      const sets = this.#assignIn({ from: at, to });
      this.#add({
        name: this.word(at),
        at,
        scope: body,
        of: { function: one, index },
        ...(sets && { value: sets }),
      });
    }
  }

  #assignIn({ from, to }: Range): Range | undefined {
    for (let at = from; at < to; at++) if (this.word(at) === "=") return { from: at + 1, to };
    return undefined;
  }

  #bodyAt(from: number): Range {
    const to = this.word(from) === "{" ? this.behind(from) : this.endOf(from);
    return { from, to };
  }

  /** `load` of `function load(`, `const load = async (`, `load: (`, `load(`. */
  #nameBefore(index: number): string | undefined {
    let at = index - 1;
    if (this.word(at) === "async") at--;
    if (this.word(at) === "function") return undefined;
    if (this.word(at) === "=" || this.word(at) === ":") at--;
    const token = this.tokens[at];
    return token?.kind === "name" && !KEYWORD.test(token.text) ? token.text : undefined;
  }

  /** The function in whose body a token stands. */
  functionAround(index: number): FunctionOf | undefined {
    let nearest: FunctionOf | undefined;
    for (const one of this.functions) {
      if (index < one.body.from || index >= one.body.to) continue;
      if (!nearest || one.body.from >= nearest.body.from) nearest = one;
    }
    return nearest;
  }

  /** The calls of a function of the text: the brackets of their arguments. */
  callsOf({ name, parameters }: FunctionOf): number[] {
    if (name === undefined) return [];
    return this.named(name).flatMap((index) => {
      const bracket = this.word(index + 1) === "(" ? index + 1 : -1;
      return bracket < 0 || bracket === parameters || this.callAt(bracket) === undefined ? [] : [bracket];
    });
  }

  /** The functions that a call may mean. */
  functionsNamed(name: string): FunctionOf[] {
    return this.functions.filter((one) => one.name === name);
  }
}

/** How many declarations of one name are told apart. */
const MOST_ALIKE = 50;
/** How many tokens and brackets an expression has at most. */
const LONGEST = 2000;
const KEYWORD =
  /^(return|typeof|case|in|of|do|else|void|delete|await|yield|throw|new|if|while|for|switch|catch|const|let|var|function|async|export|default|as|extends|instanceof)$/;

/** Whether an expression goes on over a line break at this token. */
function isJoint(token: Token | undefined): boolean {
  if (!token) return false;
  if (token.kind === "mark") return !/^[)\]}`{]$/.test(token.text);
  return token.kind === "name" && /^(as|in|of|instanceof|satisfies|await|new|typeof)$/.test(token.text);
}
