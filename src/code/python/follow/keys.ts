import { requestField, WRAPPER } from "../../../rule/fields.ts";
import type { Node } from "../../engine/tree.ts";
import { textOf } from "../scopes.ts";
import { knownText } from "../strings.ts";
import { namesBehind, newValue, noteChange, outermost } from "./changes.ts";
import { type Certainty, doubt, type Search } from "./search.ts";
import { isRead, noteUse } from "./uses.ts";

/** `request["name"]`, or `request["dispatch_rule"]["name"]`. */
export function keyReached(search: Search, object: Node, subscript: Node, certainty: Certainty): void {
  const { module } = search;
  const key = subscript.field("subscript");
  const name = knownText(module.text, key);
  if (search.access === "attributes" || !key || key.type !== "string" || name === undefined) {
    return doubt(search, subscript, "open-field");
  }
  let path = [name];
  let outer = subscript;
  let last = key;
  const isWrapper = requestField(name) === WRAPPER;
  if (isWrapper && subscript.parent?.type === "attribute" && subscript.is("object")) {
    return dictMethod(search, subscript, subscript.parent, certainty, object, [name]);
  }
  if (isWrapper && subscript.parent?.type === "subscript" && subscript.is("value")) {
    const inner = subscript.parent.field("subscript");
    const field = knownText(module.text, inner);
    if (inner && field !== undefined) {
      path = [name, field];
      outer = subscript.parent;
      last = inner;
    }
  }
  noteUse(search, { at: { start: object.end, end: last.end }, path, how: "key" }, outer, certainty);
  const whole = outermost(outer);
  if (whole.parent?.type === "delete_statement") return doubt(search, whole, "field-lost");
  if (isRead(search, outer)) return;
  search.writes.push(whole);
  noteChange(search, [...path, ...namesBehind(module, outer)], last, newValue(whole) ?? whole);
}

/** `request.get("name")`, of the request or of its wrapper. `from` is the request itself, `path` leads to `object`. */
export function dictMethod(
  search: Search,
  object: Node,
  attribute: Node,
  certainty: Certainty,
  from = object,
  path: string[] = [],
): void {
  const { module } = search;
  const name = textOf(module, attribute.field("attribute") ?? attribute);
  const list = attribute.is("function") ? attribute.parent?.field("arguments") : undefined;
  const [literal] = list?.parts ?? [];
  const key = literal?.type === "string" ? knownText(module.text, literal) : undefined;
  if (!list || !literal || key === undefined || (name !== "get" && name !== "setdefault")) {
    return doubt(search, attribute, { is: "method", name });
  }
  const at = { start: from.end, end: literal.end };
  noteUse(search, { at, path: [...path, key], how: name }, attribute, certainty);
  if (name === "setdefault") {
    search.writes.push(list);
    noteChange(search, [...path, key], literal, list.parts[1]);
  }
}
