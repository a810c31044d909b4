import { requestField, WRAPPER } from "../../../rule/fields.ts";
import type { Node } from "../../engine/tree.ts";
import { doingOf } from "../callee-effects.ts";
import { isTakenOver, wrongClass } from "../field-classes.ts";
import { textOf } from "../scopes.ts";
import { knownText } from "../strings.ts";
import { namesBehind, newValue, noteChange, outermost } from "./changes.ts";
import { doubt, type Search } from "./search.ts";
import { isRead, noteUse } from "./uses.ts";

/**
 * A field of a request is reached: `.name` of a message, `["name"]` of a dict, or by a method that takes its name.
 * `from` is the request itself; `outer` is what reaches into it, or into its wrapper, to which `path` leads then.
 */
export function fieldReached(
  search: Search,
  from: Node,
  outer: Node,
  isOwn: boolean,
  path: readonly string[] = [],
): void {
  const field = fieldOf(search, outer);
  if (!field) {
    const name = outer.field("attribute");
    return doubt(search, outer, name ? { is: "method", name: textOf(search.module, name) } : "open-field");
  }
  const { name, key, how } = field;
  const isOfRequest = path.length === 0;
  if (search.access === "attributes" && isOfRequest && requestField(name) === undefined) {
    return doubt(search, outer, { is: "method", name });
  }
  const { parent } = outer;
  if (isOfRequest && requestField(name) === WRAPPER && parent && (outer.is("object") || outer.is("value"))) {
    if (/^(attribute|subscript)$/.test(parent.type)) return fieldReached(search, from, parent, isOwn, [name]);
  }
  const call = isOfRequest && name === WRAPPER ? parent?.parent : undefined;
  if (call?.field("arguments")?.parts[0] === outer && doingOf(search.module, call) === "names") {
    return fieldNamed(search, from, call, isOwn, [name]);
  }
  noteUse(search, { at: { start: from.end, end: key.end }, path: [...path, name], how }, outer, isOwn);
  const whole = outermost(outer);
  if (how === "get" || how === "HasField" || isRead(search, outer)) return;
  if (how === "key" && whole.parent?.type === "delete_statement") return doubt(search, whole, "any-way");
  const deeper = namesBehind(search.module, outer);
  const value = newValue(whole);
  const isTaken = isTakenOver(search.module, whole);
  const wrong =
    value && isTaken && deeper.length === 0 && isOfRequest && wrongClass(search.module, name, value);
  if (wrong) search.found.remarks.push(wrong);
  const isWhole = isTaken || (whole === outer && whole.parent?.type === "assignment");
  noteChange(search, [...path, name, ...deeper], key, value ?? whole, isWhole);
}

/** A field of a message is reached by a function that takes its name: `setattr(request, "name", …)`. */
export function fieldNamed(
  search: Search,
  from: Node,
  call: Node,
  isOwn: boolean,
  path: readonly string[] = [],
): void {
  const { module, access } = search;
  const [, key, value] = call.field("arguments")?.parts ?? [];
  const name = key?.type === "string" ? knownText(module.text, key) : undefined;
  const how = textOf(module, call.field("function") ?? call);
  const isKnown = name !== undefined && (path.length > 0 || requestField(name) !== undefined);
  if (access === "keys" || !key || !isKnown) return doubt(search, call, "open-field");
  noteUse(search, { at: { start: from.end, end: key.end }, path: [...path, name], how }, call, isOwn);
  const whole = outermost(call);
  if (how === "setattr") noteChange(search, [...path, name], key, value ?? call, true);
  else if (how !== "hasattr" && !isRead(search, call)) {
    noteChange(search, [...path, name], key, newValue(whole) ?? whole, false);
  }
}

/** The methods that take the name of a field. */
const BY_NAME = { attributes: /^(Has|Clear)Field$/, keys: /^(get|setdefault)$/ };

/** The name of the field that is reached, where it is written, and how. Undefined where it can't be told. */
function fieldOf(
  { module, access }: Search,
  outer: Node,
): { name: string; key: Node; how: string } | undefined {
  const attribute = outer.field("attribute");
  const written = attribute ? textOf(module, attribute) : "";
  const takesName = BY_NAME[access].test(written) && outer.is("function");
  if (access === "attributes" && attribute && !takesName) {
    return { name: written, key: attribute, how: "attribute" };
  }
  const key = takesName ? outer.parent?.field("arguments")?.parts[0] : outer.field("subscript");
  const name = access === "keys" || takesName ? knownText(module.text, key) : undefined;
  return key?.type === "string" && name !== undefined ? { name, key, how: written || "key" } : undefined;
}
