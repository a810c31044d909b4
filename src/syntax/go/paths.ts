import { joined, MOST_PATHS, PathTexts, together } from "../source/paths.ts";
import type { Range } from "../source/tokens.ts";
import type { Given, Program, Variable } from "./program.ts";

/**
 * What an expression says about a path, as a mention writes it: `${name}` for what is not known. Several where it may be
 * one of several. Names that are set in the text are looked through, and `filepath.Join` and its like.
 */
export function pathsOf(program: Program, range: Range, given?: Given): string[] {
  return new Paths(program, given).of(range);
}

class Paths extends PathTexts<Range> {
  readonly #program: Program;
  readonly #given: Given | undefined;

  constructor(program: Program, given: Given | undefined) {
    super();
    this.#program = program;
    this.#given = given;
  }

  protected written(range: Range): string {
    return this.#program.slice(range);
  }

  protected known({ from, to }: Range): string[] | undefined {
    if (from >= to) return undefined;
    const program = this.#program;
    const parts = program.operandsOf({ from, to }, "+");
    if (parts.length > 1) return parts.map((part) => this.of(part)).reduce(together);
    if (program.word(from) === "*") return this.of({ from: from + 1, to });
    const text = textAt(program, { from, to });
    if (text !== undefined) return [text];
    const bracket = program.tokens[to - 1]?.pair ?? -1;
    const call = program.callAt(bracket);
    if (call?.from === from) return this.#call(call, program.itemsOf(bracket));
    return to === from + 1 && program.tokens[from]?.kind === "name"
      ? this.#variable(program.variableAt(from))
      : undefined;
  }

  #call({ name, callee }: { name: string; callee: string }, args: readonly Range[]): string[] | undefined {
    if (name === "Join") return joined(args.map((one) => this.of(one)));
    if (name === "Sprintf") return this.of(args[0]).map((format) => format.replaceAll(/%[+#]?\w/g, "${}"));
    if (/^(Clean|Abs|ToSlash|FromSlash|ExpandEnv|string)$/.test(name)) return this.of(args[0]);
    // `flag.String("rule", "rule.json", "…")`
    return callee === "flag.String" ? this.of(args[1]) : undefined;
  }

  #variable(variable: Variable): string[] | undefined {
    const program = this.#program;
    const { name, owner } = variable;
    const index = owner?.parameters.findIndex((parameter) => parameter.name === name) ?? -1;
    if (owner && index >= 0) {
      const calls =
        this.#given?.function === owner
          ? [this.#given.args]
          : program.callsOf(owner).map((bracket) => program.itemsOf(bracket));
      return calls.slice(0, MOST_PATHS).flatMap((args) => (args[index] ? this.of(args[index]) : []));
    }
    const [value, other] = program.valuesOf(variable);
    if (!value || other) return undefined;
    return program.word(value.from) === "range" ? this.#eachOf(value) : this.of(value);
  }

  /** What a loop gives its variable, one after the other: the items of a list, there or by a name, or what `Glob` finds. */
  #eachOf({ from, to }: Range): string[] | undefined {
    const program = this.#program;
    const isName = program.tokens[from + 1]?.kind === "name" && program.word(from + 2) === "{";
    const [list] = isName ? program.valuesOf(program.variableAt(from + 1)) : [{ from: from + 1, to }];
    for (let at = list?.from ?? 0; at < (list?.to ?? 0); at++) {
      if (program.word(at) === "Glob") return this.of(program.itemsOf(at + 1)[0]);
      if (program.word(at) === "{") {
        return program
          .itemsOf(at)
          .slice(0, MOST_PATHS)
          .flatMap((item) => this.of(item));
      }
    }
    return undefined;
  }
}

/** What a string says that stands there alone. */
export function textAt(program: Program, { from, to }: Range): string | undefined {
  const token = program.tokens[from];
  if (token?.kind === "string" && to === from + 1) return token.value;
  if (token?.kind !== "template" || token.pair !== to - 1) return undefined;
  return program.text.slice(token.start + 1, (program.tokens[to - 1]?.end ?? 0) - 1);
}
