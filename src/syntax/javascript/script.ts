import type { Calls, Given as GivenTo } from "../source/file-trail.ts";
import { type Declaration, declaredIn, type FunctionOf } from "./declarations.ts";
import { Expressions } from "./expressions.ts";

export type Given = GivenTo<FunctionOf>;

/** A text in tokens, with its names and functions. Built in about linear time. */
export class Script extends Expressions implements Calls<FunctionOf> {
  readonly functions: readonly FunctionOf[];
  readonly #declarations: ReadonlyMap<string, readonly Declaration[]>;

  constructor(text: string) {
    super(text);
    const { functions, declarations } = declaredIn(this);
    this.functions = functions;
    this.#declarations = declarations;
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
