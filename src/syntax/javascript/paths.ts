import { ANY_WORD, folderOf, joined, PathTexts, STANDARD_INPUT, together } from "../source/paths.ts";
import type { Given, Script } from "./script.ts";
import type { Range } from "../source/tokens.ts";

/**
 * What an expression says about a path, as a mention writes it: `${name}` for what is not known. Several where it may be
 * one of several. Names that are set in the text are looked through, and `path.join` and its like.
 */
export function pathsOf(script: Script, range: Range, given?: Given): string[] {
  return new Paths(script, given).of(range);
}

class Paths extends PathTexts<Range> {
  readonly #script: Script;
  readonly #given: Given | undefined;

  constructor(script: Script, given: Given | undefined) {
    super();
    this.#script = script;
    this.#given = given;
  }

  protected written(range: Range): string {
    return this.#script.slice(range);
  }

  protected known({ from, to }: Range): string[] | undefined {
    if (from >= to) return undefined;
    const script = this.#script;
    for (const [operator, join] of [
      ["??", undefined],
      ["||", undefined],
      ["+", together],
    ] as const) {
      const parts = this.#split({ from, to }, operator);
      if (parts.length < 2) continue;
      const paths = parts.map((part) => this.of(part));
      return join ? paths.reduce(join) : paths.flat().filter((path) => !/^\$\{[^}]*\}$/.test(path));
    }
    const first = script.tokens[from];
    if (!first) return undefined;
    const last = script.tokens[to - 1];
    if (first.kind === "number" && script.slice({ from, to }) === "0") return [STANDARD_INPUT];
    if (first.kind === "string" && to === from + 1) return [first.value ?? ""];
    if (first.kind === "template" && first.pair === to - 1) {
      return (first.parts ?? [])
        .map((part) => (typeof part === "string" ? [part] : this.of(part)))
        .reduce(together, [""]);
    }
    if (script.word(from) === "await" || script.word(from) === "new") return this.of({ from: from + 1, to });
    if (script.word(from) === "(" && first.pair === to - 1) return this.of({ from: from + 1, to: to - 1 });
    if (first.kind === "name" && to === from + 1) return this.#name(from);
    const whole = script.slice({ from, to });
    if (this.#isGiven({ from, to })) return [ANY_WORD];
    if (whole === "process.stdin.fd") return [STANDARD_INPUT];
    if (/^import\.meta\.(dirname|dir)$/.test(whole)) return ["${.}"];
    if (/^import\.meta\.(url|filename|path)$/.test(whole)) return ["${.}/file"];
    return last?.text === ")" && last.pair > from ? this.#call(from, last.pair) : undefined;
  }

  #call(from: number, bracket: number): string[] | undefined {
    const script = this.#script;
    const call = script.callAt(bracket);
    if (!call || call.from > from) return undefined;
    const args = script.itemsOf(bracket);
    switch (call.name) {
      case "join":
      case "resolve":
        // `names.join(", ")` is something else.
        return /^(path\w*|posix|\w+\.posix|join|resolve)\b/.test(call.callee) && args.length > 0
          ? joined(args.map((argument) => this.of(argument)))
          : undefined;
      case "dirname":
        return this.of(args[0]).map(folderOf);
      case "URL": {
        const [relative, base] = [this.of(args[0]), args[1] && script.slice(args[1])];
        return base === "import.meta.url" ? joined([["${.}"], relative]) : relative;
      }
      case "cwd":
        return ["."];
      case "fileURLToPath":
      case "normalize":
      case "String":
        return this.of(args[0]);
      default:
        return undefined;
    }
  }

  #name(index: number): string[] | undefined {
    const script = this.#script;
    if (script.word(index) === "__dirname") return ["${.}"];
    if (script.word(index) === "__filename") return ["${.}/file"];
    const declaration = script.declarationOf(index);
    if (declaration?.value && this.#isGiven(declaration.value)) return [ANY_WORD];
    if (!declaration || declaration.key !== undefined || declaration.imported) return undefined;
    const { value, each, of } = declaration;
    if (of) {
      const calls =
        this.#given?.function === of.function
          ? [this.#given.args]
          : script.callsOf(of.function).map((bracket) => script.itemsOf(bracket));
      const given = calls.map((args) => args[of.index] ?? value).filter((argument) => argument !== undefined);
      return given.length > 0 ? given.flatMap((argument) => this.of(argument)) : value && this.of(value);
    }
    if (!each) return value && this.of(value);
    const bracket = value?.from ?? -1;
    const files = value && this.#listed(value);
    if (files) return files;
    return script.word(bracket) === "["
      ? script.itemsOf(bracket).flatMap((item) => this.of(item))
      : undefined;
  }

  /** Whether an expression is the words that the program is given, or some of them. */
  #isGiven(range: Range): boolean {
    const written = this.#script.slice(range);
    if (/^(process\.argv|parseArgs\()/.test(written)) return true;
    const declaration = /^\w+[.[]/.test(written) ? this.#script.declarationOf(range.from) : undefined;
    const value = declaration?.value && this.#script.slice(declaration.value);
    return /^(process\.argv|parseArgs\()/.test(value ?? "");
  }

  /** What a list of files holds that a program makes: names alone from a folder, paths from a pattern. */
  #listed({ from, to }: Range): string[] | undefined {
    const script = this.#script;
    for (let at = from; at < to; at++) {
      if (/^readdir(Sync)?$/.test(script.word(at))) return ["*"];
      if (/^(fg|fastGlob|glob(Sync|by)?)$/.test(script.word(at)) && script.word(at + 1) === "(") {
        return this.of(script.itemsOf(at + 1)[0]);
      }
    }
    return undefined;
  }

  /** The operands of an operator at the top of an expression. */
  #split({ from, to }: Range, operator: string): Range[] {
    const parts: Range[] = [];
    let start = from;
    for (let at = from; at < to; at++) {
      if (this.#script.opens(at)) at = this.#script.tokens[at]?.pair ?? at;
      else if (this.#script.word(at) === operator) {
        parts.push({ from: start, to: at });
        start = at + 1;
      }
    }
    return [...parts, { from: start, to }];
  }
}
