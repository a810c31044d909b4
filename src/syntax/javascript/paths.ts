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

/** Whether a path is of a file of data. */
export function isData(path: string): boolean {
  return /\.(json[c5]?|ya?ml)$/i.test(path);
}

/** The file of data that a module's name means, if it does: one that begins with a dot is beside the text. */
export function moduleFile(path: string): string | undefined {
  if (!isData(path)) return undefined;
  return path.startsWith(".") ? `\${.}/${path}` : path;
}

/** One of the things that a loop goes through: an expression, or a key and its value. */
type Element = Range | { pair: readonly [Range, Range] };

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
    const choice = script.operandsOf({ from, to }, "?");
    const [, branches] = choice;
    if (branches && choice.length === 2) {
      const both = script.operandsOf(branches, ":");
      if (both.length === 2) return both.flatMap((part) => this.of(part));
    }
    for (const [operator, join] of [
      ["??", undefined],
      ["||", undefined],
      ["+", together],
    ] as const) {
      const parts = script.operandsOf({ from, to }, operator);
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
    if (first.kind === "name" && to > from + 2) {
      const property = this.#property({ from, to });
      if (property) return property;
    }
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
    if (!declaration || declaration.imported) return undefined;
    const { value, each, of, item, key } = declaration;
    if (key !== undefined) {
      const elements = value && each ? this.#elements(value) : value && [value];
      const found = (elements ?? []).flatMap((one) => this.#partOf(one, item ?? key));
      return found.length > 0 ? found.flatMap((one) => this.of(one)) : undefined;
    }
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
    const elements = script.word(bracket) === "[" ? script.itemsOf(bracket) : value && this.#elements(value);
    return elements?.flatMap((one) => ("pair" in one ? [] : this.of(one)));
  }

  /** What a loop goes through: the items of a list that is written in the text, or the pairs of an object. */
  #elements(range: Range, depth = 0): Element[] | undefined {
    const script = this.#script;
    const { from } = range;
    if (depth > 5) return undefined;
    if (script.word(from) === "[") return script.itemsOf(from);
    if (script.word(from) === "Object" && script.word(from + 3) === "(") {
      const [object] = script.itemsOf(from + 3);
      const pairs = object ? this.#pairs(object) : [];
      const what = script.word(from + 2);
      if (what === "entries") return pairs.map((pair) => ({ pair }));
      return /^(keys|values)$/.test(what)
        ? pairs.flatMap((pair) => pair[what === "keys" ? 0 : 1])
        : undefined;
    }
    const value = script.tokens[from]?.kind === "name" ? script.declarationOf(from)?.value : undefined;
    return value && this.#elements(value, depth + 1);
  }

  /** `rule.file`, `RULES.desk`, `RULES[name]`: what stands there in an object that is written in the text. */
  #property({ from, to }: Range): string[] | undefined {
    const script = this.#script;
    const isDot = script.word(from + 1) === "." && to === from + 3;
    if (!isDot && !(script.word(from + 1) === "[" && script.tokens[from + 1]?.pair === to - 1))
      return undefined;
    const { value, each, key } = script.declarationOf(from) ?? {};
    if (!value || key !== undefined) return undefined;
    const known = isDot ? script.word(from + 2) : script.tokens[from + 2]?.value;
    const objects = each ? (this.#elements(value) ?? []) : [value];
    const found = objects.flatMap((one) => {
      if ("pair" in one) return [];
      return known === undefined ? this.#pairs(one).map(([, held]) => held) : this.#partOf(one, known);
    });
    return found.length > 0 ? found.flatMap((one) => this.of(one)) : undefined;
  }

  /** The keys and values of an object that is written in the text, or that a name stands for. */
  #pairs(range: Range, depth = 0): [Range, Range][] {
    const script = this.#script;
    const value =
      script.tokens[range.from]?.kind === "name" ? script.declarationOf(range.from)?.value : undefined;
    if (value && depth < 5) return this.#pairs(value, depth + 1);
    if (script.word(range.from) !== "{") return [];
    return script.itemsOf(range.from).flatMap(({ from, to }): [Range, Range][] =>
      script.word(from + 1) === ":"
        ? [
            [
              { from, to: from + 1 },
              { from: from + 2, to },
            ],
          ]
        : [],
    );
  }

  /** What stands at a key of an object, or is an item of a list. */
  #partOf(element: Element, part: string | number): Range[] {
    const script = this.#script;
    if ("pair" in element) return typeof part === "number" ? element.pair.slice(part, part + 1) : [];
    if (typeof part === "number") {
      const found = script.word(element.from) === "[" ? script.itemsOf(element.from)[part] : undefined;
      return found ? [found] : [];
    }
    return this.#pairs(element).flatMap(([key, value]) => {
      const token = script.tokens[key.from];
      return (token?.value ?? token?.text) === part ? [value] : [];
    });
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
}
