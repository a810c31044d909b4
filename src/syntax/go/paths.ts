import { joined, MOST_PATHS, together } from "../source/paths.ts";
import type { Range } from "../source/tokens.ts";
import type { Given, Program } from "./program.ts";

/**
 * What an expression says about a path, as a mention writes it: `${name}` for what is not known. Several where it may be
 * one of several. Names that are set in the text are looked through, and `filepath.Join` and its like.
 */
export function pathsOf(program: Program, range: Range | undefined, given?: Given, depth = 0): string[] {
  if (!range || range.from >= range.to || depth > DEEPEST) return ["${}"];
  const unknown = [`\${${program.slice(range).slice(0, 60).replaceAll(/\W+/g, "_")}}`];
  const found = known(program, range, (one) => pathsOf(program, one, given, depth + 1), given) ?? [];
  return found.length > 0 ? [...new Set(found)].slice(0, MOST_PATHS) : unknown;
}

const DEEPEST = 8;

function known(
  program: Program,
  { from, to }: Range,
  of: (range: Range | undefined) => string[],
  given: Given | undefined,
): string[] | undefined {
  const plus = topLevel(program, { from, to }, "+");
  if (plus !== undefined) return together(of({ from, to: plus }), of({ from: plus + 1, to }));
  if (program.word(from) === "*") return of({ from: from + 1, to });
  const text = textAt(program, { from, to });
  if (text !== undefined) return [text];
  const call = program.callAt(program.tokens[to - 1]?.pair ?? -1);
  if (call?.from === from) {
    const args = program.itemsOf(program.tokens[to - 1]?.pair ?? -1);
    if (call.name === "Join") return joined(args.map(of));
    if (call.name === "Sprintf") return of(args[0]).map((format) => format.replaceAll(/%[+#]?\w/g, "${}"));
    if (/^(Clean|Abs|ToSlash|FromSlash|ExpandEnv|string)$/.test(call.name)) return of(args[0]);
    // `flag.String("rule", "rule.json", "…")`
    return /^flag\.String$/.test(call.callee) ? of(args[1]) : undefined;
  }
  if (to !== from + 1 || program.tokens[from]?.kind !== "name") return undefined;
  const variable = program.variableAt(from);
  const index = variable.owner?.parameters.findIndex(({ name }) => name === variable.name) ?? -1;
  if (variable.owner && index >= 0) {
    const calls =
      given?.function === variable.owner
        ? [given.args]
        : program.callsOf(variable.owner).map((bracket) => program.itemsOf(bracket));
    return calls.slice(0, MOST_PATHS).flatMap((args) => (args[index] ? of(args[index]) : []));
  }
  const [value, other] = program.valuesOf(variable);
  if (!value || other) return undefined;
  return program.word(value.from) === "range" ? eachOf(program, value, of) : of(value);
}

/** What a loop gives its variable, one after the other: the items of a list, there or by a name, or what `Glob` finds. */
function eachOf(
  program: Program,
  { from, to }: Range,
  of: (range: Range | undefined) => string[],
): string[] | undefined {
  const isName = program.tokens[from + 1]?.kind === "name" && program.word(from + 2) === "{";
  const [list] = isName ? program.valuesOf(program.variableAt(from + 1)) : [{ from: from + 1, to }];
  if (!list) return undefined;
  for (let at = list.from; at < list.to; at++) {
    if (program.word(at) === "Glob") return of(program.itemsOf(at + 1)[0]);
    if (program.word(at) === "{") return program.itemsOf(at).slice(0, MOST_PATHS).flatMap(of);
  }
  return undefined;
}

/** What a string says that stands there alone. */
export function textAt(program: Program, { from, to }: Range): string | undefined {
  const token = program.tokens[from];
  if (token?.kind === "string" && to === from + 1) return token.value;
  if (token?.kind !== "template" || token.pair !== to - 1) return undefined;
  return program.text.slice(token.start + 1, (program.tokens[to - 1]?.end ?? 0) - 1);
}

function topLevel(program: Program, { from, to }: Range, operator: string): number | undefined {
  for (let at = from; at < to; at++) {
    if (program.opens(at)) at = program.tokens[at]?.pair ?? at;
    else if (program.word(at) === operator && at > from) return at;
  }
  return undefined;
}
