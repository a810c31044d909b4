import { requestField, WRAPPER } from "../../../rule/fields.ts";
import type { Node } from "../../engine/tree.ts";
import { isShown } from "../callee-effects.ts";
import { isTakenOver, wrongClass } from "../field-classes.ts";
import { textOf } from "../scopes.ts";
import { knownText } from "../strings.ts";
import { namesBehind, newValue, noteChange, outermost } from "./changes.ts";
import { type Certainty, doubt, type Search, sniffed } from "./search.ts";
import { isRead, noteUse } from "./uses.ts";

/** The functions that take an object and the name of one of its attributes. */
export const BY_NAME = ["setattr", "getattr", "hasattr", "delattr"];
const METHODS = ["HasField", "ClearField"];
const WHOLE = ["SerializeToString", "SerializePartialToString", "ByteSize", "IsInitialized"];
/** The arguments of a call that sends something to LiveKit, or to a server at all. */
const SENT = /SIPDispatchRule|^[\w.]*\b(post|request|put|urlopen|Request)\(/;

/** `.name` of a request, or of its wrapper, to which `path` leads then. `from` is the request itself. */
export function attributeReached(
  search: Search,
  from: Node,
  attribute: Node,
  certainty: Certainty,
  path: string[] = [],
): void {
  const { module } = search;
  const node = attribute.field("attribute");
  const name = node ? textOf(module, node) : "";
  const isOfRequest = path.length === 0;
  if (name === WRAPPER && isOfRequest) return wrapperReached(search, attribute, from, certainty);
  if (METHODS.includes(name)) return methodCalled(search, from, attribute, name, certainty, path);
  if (isOfRequest && WHOLE.includes(name)) return written(search, attribute, name);
  if (isOfRequest && requestField(name) === undefined) {
    return doubt(search, attribute, { is: "method", name });
  }
  const at = { start: from.end, end: attribute.end };
  noteUse(search, { at, path: [...path, name], how: "attribute" }, attribute, certainty);
  const outer = outermost(attribute);
  if (isRead(search, attribute)) return;
  search.writes.push(outer);
  const deeper = namesBehind(module, attribute);
  const put = isTakenOver(module, outer) ? newValue(outer) : undefined;
  const wrong = put && deeper.length === 0 && isOfRequest ? wrongClass(module, name, put) : undefined;
  if (wrong) search.found.remarks.push(wrong);
  noteChange(search, [...path, name, ...deeper], node ?? attribute, newValue(outer) ?? outer);
}

/** `request.HasField("name")` and its like. */
function methodCalled(
  search: Search,
  from: Node,
  attribute: Node,
  method: string,
  certainty: Certainty,
  path: string[],
): void {
  const call = attribute.is("function") ? attribute.parent : undefined;
  const [literal] = call?.field("arguments")?.parts ?? [];
  const field = knownText(search.module.text, literal);
  if (!call || !literal || literal.type !== "string" || field === undefined) {
    return doubt(search, attribute, "open-field");
  }
  if (field === WRAPPER) return sniffed(search, call);
  if (path.length === 0 && requestField(field) === undefined) {
    return doubt(search, call, { is: "no-such-field", name: field });
  }
  if (method === "ClearField") {
    search.writes.push(call);
    noteChange(search, [...path, field], literal, call);
  }
  const at = { start: from.end, end: literal.end };
  noteUse(search, { at, path: [...path, field], how: method }, call, certainty);
}

/** The request as bytes: sent to LiveKit, as they mostly are, they may be others. */
function written(search: Search, attribute: Node, name: string): void {
  const { module } = search;
  const call = attribute.is("function") ? attribute.parent : undefined;
  if (/FromString\b/.test(module.text)) {
    const what = "bytes-read-again";
    return doubt(search, attribute, what, "review");
  }
  const list = call?.parent?.type === "keyword_argument" ? call.parent.parent : call?.parent;
  const sender = list?.type === "argument_list" ? list.parent : undefined;
  const isSent = sender && call && SENT.test(textOf(module, sender).replace(textOf(module, call), ""));
  if (!call || name === "IsInitialized" || call.parent?.type === "expression_statement" || isSent) return;
  if (isShown(module, call)) return;
  doubt(search, call, "bytes", "review");
}

function wrapperReached(search: Search, attribute: Node, from: Node, certainty: Certainty): void {
  const { module } = search;
  const { parent } = attribute;
  if (parent?.type === "attribute") return attributeReached(search, from, parent, certainty, [WRAPPER]);
  const list = parent?.type === "argument_list" ? parent : undefined;
  const callee = list?.parent?.field("function");
  const called = callee ? textOf(module, callee) : "";
  if (list && BY_NAME.includes(called) && list.parts[0] === attribute) {
    const literal = list.parts[1];
    const name = knownText(module.text, literal);
    if (literal && name !== undefined) {
      const at = { start: from.end, end: literal.end };
      if (called === "setattr") noteChange(search, [WRAPPER, name], literal, list.parts[2]);
      return noteUse(search, { at, path: [WRAPPER, name], how: called }, list.parent ?? list, certainty);
    }
  }
  const at = { start: from.end, end: attribute.end };
  noteUse(search, { at, path: [WRAPPER], how: "attribute" }, attribute, certainty);
  noteChange(search, [WRAPPER], attribute.field("attribute") ?? attribute, undefined);
}

/** `setattr(request, "name", …)` and its like. */
export function reachedByName(
  search: Search,
  argument: Node,
  list: Node,
  called: string,
  certainty: Certainty,
): void {
  const literal = list.parts[1];
  const name = knownText(search.module.text, literal);
  if (search.access === "keys" || !literal || literal.type !== "string" || name === undefined) {
    return doubt(search, list, "open-field");
  }
  if (name === WRAPPER) return sniffed(search, list);
  if (requestField(name) === undefined) return doubt(search, list, { is: "no-such-field", name });
  const call = list.parent ?? list;
  const at = { start: argument.end, end: literal.end };
  noteUse(search, { at, path: [name], how: called }, call, certainty);
  if (called === "setattr") {
    search.writes.push(call);
    noteChange(search, [name], literal, list.parts[2]);
  }
}
