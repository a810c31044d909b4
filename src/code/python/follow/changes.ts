import type { Span, Value } from "../../../rule/value.ts";
import { type Node, spanOf } from "../../engine/tree.ts";
import { codeOf, type Module, textOf } from "../scopes.ts";
import { knownText } from "../strings.ts";
import { valueOf } from "../values.ts";
import type { Search } from "./search.ts";

/**
 * Notes that something is put into, or done with, what this path leads to. With `isWhole` nothing else stands there then:
 * the value is known if this happens whenever the request is made, and if it is no object, for an object among the
 * changes is a part of what was there before.
 */
export function noteChange(
  { module, found, made }: Search,
  [key = "", ...deeper]: readonly string[],
  at: Span,
  value: Node,
  isWhole: boolean,
): void {
  const isAlways = value.within("block", "module") === made.within("block", "module");
  const code: Value = { kind: "code", ...spanOf(value), raw: codeOf(module, value) };
  const known = isWhole && isAlways ? valueOf(module, value) : code;
  let put: Value = known.kind === "object" ? code : known;
  // What is set deep in a field is a part of what the field is.
  for (const name of deeper.toReversed()) {
    put = { kind: "object", ...spanOf(value), members: [{ key: name, at: spanOf(at), value: put }] };
  }
  found.changed.push({ key, at: spanOf(at), value: put });
}

/** The expression that grows out of a field: `request.room_config.agents.append(x)`. */
export function outermost(field: Node): Node {
  let node = field;
  while (
    (node.parent?.type === "attribute" && node.is("object")) ||
    (node.parent?.type === "subscript" && node.is("value")) ||
    (node.parent?.type === "call" && node.is("function"))
  ) {
    node = node.parent;
  }
  return node;
}

/** The names of fields, or keys, that are reached one behind the other in what an expression gives. */
export function namesBehind(module: Module, field: Node): string[] {
  const names: string[] = [];
  for (let node = field; node.parent; node = node.parent) {
    const { parent } = node;
    if (parent.type === "attribute" && node.is("object") && !parent.is("function")) {
      names.push(textOf(module, parent.field("attribute") ?? parent));
    } else if (parent.type === "subscript" && node.is("value")) {
      const key = knownText(module.text, parent.field("subscript"));
      if (key === undefined) break;
      names.push(key);
    } else break;
  }
  return names;
}

/** Returns what a statement puts into a field: the right side, the arguments. */
export function newValue(outer: Node): Node | undefined {
  if (outer.parent?.type === "assignment" || outer.parent?.type === "augmented_assignment") {
    return outer.is("left") ? outer.parent.field("right") : undefined;
  }
  if (outer.type !== "call") return undefined;
  const parts = outer.field("arguments")?.parts ?? [];
  return parts.length === 1 ? parts[0] : outer;
}
