import { requestField } from "../../rule/fields.ts";
import type { Range } from "../source/tokens.ts";
import type { Program, Variable } from "./program.ts";

/** What a value is that a file is parsed into, or that is written to one. */
export type Shape =
  /** `keys` where it is written in the text. */
  | { kind: "map"; keys?: readonly string[] }
  /** The keys of its fields. */
  | { kind: "struct"; keys: ReadonlyMap<string, string> }
  /** LiveKit's message of this name. */
  | {
      kind: "message";
      name: "CreateSIPDispatchRuleRequest" | "SIPDispatchRuleInfo";
      keys?: readonly string[];
    }
  | { kind: "unknown" };

/** What a variable is, by its declaration. */
export function shapeOf(program: Program, variable: Variable): Shape {
  const parameter = variable.owner?.parameters.find(({ name }) => name === variable.name);
  if (parameter) return shapeOfType(program, parameter.type);
  for (const index of program.placesOf(variable.name)) {
    if (program.variableAt(index).owner !== variable.owner) continue;
    if (program.word(index - 1) === "var" && program.word(index + 1) !== "=") {
      return shapeOfType(program, { from: index + 1, to: program.endOf(index + 1) });
    }
  }
  const value = program.setTo(variable);
  return value ? shapeOfValue(program, value) : { kind: "unknown" };
}

/** What `map[string]any{…}`, `&Rule{…}`, `new(Rule)`, `make(…)`, or a name is. */
export function shapeOfValue(program: Program, { from, to }: Range): Shape {
  const first = program.word(from);
  if (first === "&") return shapeOfValue(program, { from: from + 1, to });
  if ((first === "new" || first === "make") && program.word(from + 1) === "(") {
    const [type] = program.itemsOf(from + 1);
    return type ? shapeOfType(program, type) : { kind: "unknown" };
  }
  if (to === from + 1 && program.tokens[from]?.kind === "name") {
    return shapeOf(program, program.variableAt(from));
  }
  const close = program.tokens[to - 1];
  if (close?.text !== "}" || close.pair <= from) return { kind: "unknown" };
  const type = shapeOfType(program, { from, to: close.pair });
  const keys = program.itemsOf(close.pair).flatMap((item) => {
    const key = program.tokens[item.from];
    return program.word(item.from + 1) === ":" ? (key?.value ?? fieldKey(key?.text ?? "")) : [];
  });
  return type.kind === "map" || type.kind === "message" ? { ...type, keys } : type;
}

/** The keys of a value of this shape, where the text says them. */
export function keysOf(shape: Shape): readonly string[] | undefined {
  if (shape.kind === "struct") return [...shape.keys.values()];
  return shape.kind === "unknown" ? undefined : shape.keys;
}

function shapeOfType(program: Program, { from, to }: Range): Shape {
  const first = program.word(from);
  if (first === "*") return shapeOfType(program, { from: from + 1, to });
  if (first === "map" || first === "any" || first === "interface") return { kind: "map" };
  if (first === "struct") return { kind: "struct", keys: keysIn(program, from + 1) };
  const name = program.slice({ from, to: Math.min(to, from + 3) });
  const [, message] = /\b(CreateSIPDispatchRuleRequest|SIPDispatchRuleInfo)$/.exec(name) ?? [];
  if (message === "CreateSIPDispatchRuleRequest" || message === "SIPDispatchRuleInfo") {
    return { kind: "message", name: message };
  }
  const defined = program.placesOf(first).find((index) => program.word(index - 1) === "type");
  if (defined === undefined || to !== from + 1) return { kind: "unknown" };
  return defined + 1 === from ? { kind: "unknown" } : shapeOfDefined(program, defined);
}

function shapeOfDefined(program: Program, name: number): Shape {
  const first = program.word(name + 1);
  if (first === "struct") return { kind: "struct", keys: keysIn(program, name + 2) };
  return first === "map" ? { kind: "map" } : { kind: "unknown" };
}

/** The keys of a struct's fields, by their tags; by their names where they have none. */
function keysIn(program: Program, bracket: number): Map<string, string> {
  const keys = new Map<string, string>();
  const end = program.tokens[bracket]?.pair ?? bracket;
  for (let at = bracket + 1; at < end; at++) {
    const { begins, kind, text } = program.tokens[at] ?? {};
    const isField = kind === "name" && (begins || /^[{;]$/.test(program.word(at - 1)));
    if (isField && text !== undefined) keys.set(text, fieldKey(text));
    if (kind === "template") {
      const tag = program.text.slice(
        program.tokens[at]?.start,
        program.tokens[program.tokens[at]?.pair ?? at]?.end,
      );
      const [, key] = /\b(?:json|yaml):"([\w-]+)/.exec(tag) ?? [];
      const field = [...keys.keys()].at(-1);
      if (key !== undefined && field !== undefined) keys.set(field, key);
    }
    if (program.opens(at)) at = program.tokens[at]?.pair ?? at;
  }
  return keys;
}

/** `trunk_ids` of `TrunkIds`, `TrunkIDs` and `GetTrunkIds`; the name itself where it is not a field of a request. */
export function fieldKey(name: string): string {
  const snake = (written: string): string =>
    written
      .replaceAll("IDs", "Ids")
      .replaceAll(/(?!^)[A-Z]/g, "_$&")
      .toLowerCase();
  const asked = [snake(name), snake(name.replace(/^Get/, ""))];
  return asked.find((key) => requestField(key) !== undefined) ?? name;
}
