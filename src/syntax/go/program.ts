import type { Call, Calls, Given as GivenTo } from "../source/file-trail.ts";
import { type Range, Tokens } from "../source/tokens.ts";

/** A function of the text. */
export interface Func {
  name: string;
  /** The names of its parameters, in their order. */
  parameters: readonly { name: string; type: Range }[];
  /** From its first parameter to the end of its body. */
  all: Range;
}

export type Given = GivenTo<Func>;

/** A name in the function in which it is declared; in all of the text where that is none. */
export interface Variable {
  name: string;
  owner: Func | undefined;
}

const KEYWORD =
  /^(return|if|else|for|range|switch|case|select|go|defer|var|const|func|type|struct|interface|map|chan|default)$/;

/** How many tokens of one name are looked at, and how many values that it is given. */
const MOST_PLACES = 200;
const MOST_SET = 20;

/** A Go text in tokens, with its functions. Only those with names: what stands in a closure belongs to them. */
export class Program extends Tokens implements Calls<Func> {
  readonly functions: readonly Func[];
  readonly #binds = new Map<string, readonly number[]>();

  constructor(text: string) {
    super(text);
    this.functions = this.named("func").flatMap((index) => this.#functionAt(index) ?? []);
  }

  /** `func name(…) … {`, also with a receiver. */
  #functionAt(index: number): Func | undefined {
    const isMethod = this.word(index + 1) === "(";
    const at = isMethod ? this.behind(index + 1) : index + 1;
    const bracket = this.word(at + 1) === "[" ? this.behind(at + 1) : at + 1;
    if (this.tokens[at]?.kind !== "name" || this.word(bracket) !== "(") return undefined;
    let body = this.behind(bracket);
    for (let steps = 0; steps < 60 && this.word(body) !== "{"; steps++) {
      body = this.behind(body);
    }
    const parameters = this.itemsOf(bracket).map(({ from, to }) => ({
      name: this.word(from),
      type: { from: from + 1, to },
    }));
    return { name: this.word(at), parameters, all: { from: bracket, to: this.tokens[body]?.pair ?? body } };
  }

  /** The function in which a token stands. They follow each other. */
  functionAround(index: number): Func | undefined {
    let low = 0;
    let high = this.functions.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.functions[middle]?.all.to ?? 0) <= index) low = middle + 1;
      else high = middle;
    }
    const func = this.functions[low];
    return func && func.all.from <= index ? func : undefined;
  }

  /** The brackets of the calls of a function of the text. */
  callsOf({ name, all }: Func): number[] {
    return this.placesOf(name)
      .filter((index) => this.word(index + 1) === "(" && index + 1 !== all.from)
      .map((index) => index + 1);
  }

  /** The call whose arguments stand in this bracket: where it begins, its name, and all of what is called. */
  callAt(bracket: number): Call | undefined {
    const name = this.word(bracket - 1);
    if (this.word(bracket) !== "(" || this.tokens[bracket - 1]?.kind !== "name" || KEYWORD.test(name)) {
      return undefined;
    }
    const from = this.chainStart(bracket);
    return { from, name, callee: this.slice({ from, to: bracket }) };
  }

  /** Where a chain begins that ends before this token: `json` of `json.NewDecoder(f).Decode`. */
  chainStart(before: number): number {
    let at = before;
    for (;;) {
      const previous = this.tokens[at - 1];
      if (!previous || KEYWORD.test(previous.text)) return at;
      if (previous.kind === "mark" && /^[)\]}]$/.test(previous.text) && previous.pair >= 0) {
        at = previous.pair;
        if (this.tokens[at - 1]?.kind === "name" && !KEYWORD.test(this.word(at - 1))) continue;
      } else if (previous.kind === "name") at--;
      else return at;
      if (this.word(at - 1) !== ".") return at;
      at--;
    }
  }

  /** The names left of the `=` or `:=` that ends at this token, which stands before a value. */
  assignedBy(equals: number): number[] {
    if (this.word(equals) !== "=") return [];
    let at = this.word(equals - 1) === ":" ? equals - 2 : equals - 1;
    for (let back = at; back > at - 12 && back >= 0; back--) {
      if (/^(var|const)$/.test(this.word(back))) return [back + 1];
      if (this.tokens[back]?.begins) break;
    }
    const names: number[] = [];
    for (; this.tokens[at]?.kind === "name" && this.word(at - 1) !== "."; at -= 2) {
      names.unshift(at);
      if (this.word(at - 1) !== ",") break;
    }
    return names;
  }

  /** What a name at a token means. */
  variableAt(index: number): Variable {
    const name = this.word(index);
    const owner = this.functionAround(index);
    const isOwn = owner && this.#bindsOf(name).some((bind) => bind >= owner.all.from && bind < owner.all.to);
    const isParameter = owner?.parameters.some((parameter) => parameter.name === name);
    return { name, owner: isOwn || isParameter ? owner : undefined };
  }

  /** Where a name is declared by `var` or `:=`. */
  #bindsOf(name: string): readonly number[] {
    const known = this.#binds.get(name);
    if (known) return known;
    const binds = this.placesOf(name).filter((index) => {
      if (/^(var|const)$/.test(this.word(index - 1))) return true;
      const at = this.#afterNames(index);
      return this.word(at) === ":" && this.word(at + 1) === "=";
    });
    this.#binds.set(name, binds);
    return binds;
  }

  /** Behind a list of names that goes on from this one. */
  #afterNames(index: number): number {
    let at = index + 1;
    while (this.word(at) === "," && this.tokens[at + 1]?.kind === "name" && at < index + 20) at += 2;
    return at;
  }

  /** The tokens that are this name, as many as are looked at. */
  placesOf(name: string): readonly number[] {
    return this.named(name).slice(0, MOST_PLACES);
  }

  /**
   * The tokens that use a variable, but for those that give it another value. Where the token is given at which it got
   * its value, those behind it that no later one surely replaces.
   */
  usesOf({ name, owner }: Variable, since?: number): number[] {
    const isSet = (index: number): boolean => {
      const at = this.#afterNames(index);
      return this.word(at) === "=" || (this.word(at) === ":" && this.word(at + 1) === "=");
    };
    const places = this.placesOf(name).filter(
      (index) => since === undefined || !owner || (index > since && index < owner.all.to),
    );
    const later = since === undefined ? [] : places.filter(isSet).slice(0, MOST_SET);
    return places.filter((index) => {
      if (later.some((one) => one < index && index < this.#blockEnd(one))) return false;
      if (this.word(index - 1) === "." || /^(var|const|func)$/.test(this.word(index - 1))) return false;
      const next = this.word(index + 1);
      if (next === "=" || (next === ":" && this.word(index + 2) === "=")) return false;
      return this.variableAt(index).owner === owner;
    });
  }

  /** Where the block ends in which a token stands. */
  #blockEnd(index: number): number {
    let outer = this.tokens[index]?.outer ?? -1;
    while (outer >= 0 && this.word(outer) !== "{") outer = this.tokens[outer]?.outer ?? -1;
    return this.tokens[outer]?.pair ?? this.tokens.length;
  }

  /** What a variable is set to, where the text says it once. */
  setTo(variable: Variable): Range | undefined {
    const values = this.#valuesOf(variable, (names, index) => names[0] === index);
    return values.length === 1 ? values[0] : undefined;
  }

  /** All that a variable is set to, also as the second of two, as in `for _, rule := range rules`. */
  valuesOf(variable: Variable): Range[] {
    return this.#valuesOf(variable, (names, index) => names.includes(index));
  }

  #valuesOf({ name, owner }: Variable, isMeant: (names: number[], index: number) => boolean): Range[] {
    return this.placesOf(name).flatMap((index): Range[] => {
      if (this.word(index - 1) === "." || this.variableAt(index).owner !== owner) return [];
      let at = index + 1;
      for (let steps = 0; steps < 8 && /^[\w.,:*[\]]+$/.test(this.word(at)); steps++) at++;
      if (this.word(at) !== "=" || this.tokens[at]?.begins) return [];
      return isMeant(this.assignedBy(at), index) ? [{ from: at + 1, to: this.endOf(at + 1) }] : [];
    });
  }

  /** Where the expression ends that begins at a token. */
  endOf(from: number): number {
    let at = from;
    for (let steps = 0; at < this.tokens.length && steps < 2000; steps++) {
      const token = this.tokens[at];
      if (!token || /^[,;)\]}]$/.test(this.word(at))) break;
      const isJoined = /^([.+]|&&|\|\|)$/.test(this.word(at - 1));
      if (at > from && token.begins && !isJoined) break;
      at = this.behind(at);
    }
    return Math.min(at, this.tokens.length);
  }
}
