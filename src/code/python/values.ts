import type { Member, ObjectValue, Value } from "../../rule/value.ts";
import { type Node, spanOf } from "../engine/tree.ts";
import { className, isFromLiveKit } from "./imports.ts";
import { assignedOnce, codeOf, type Module, textOf, variableOf } from "./scopes.ts";
import { knownText } from "./strings.ts";

/**
 * Returns what an expression says: literals, lists, dicts and LiveKit's messages as known values, a variable as what it holds
 * where that can't be anything else, and all the rest as code.
 */
export function valueOf(module: Module, node: Node, depth = 0): Value {
  const span = spanOf(node);
  const code = (): Value => ({ kind: "code", ...span, raw: codeOf(module, node) });
  if (depth > MOST_NESTED) return code();
  switch (node.type) {
    case "parenthesized_expression": {
      const [inner] = node.parts;
      return inner ? valueOf(module, inner, depth + 1) : code();
    }
    case "string":
    case "concatenated_string": {
      const value = knownText(module.text, node);
      return value === undefined ? code() : { kind: "string", ...span, value };
    }
    case "integer":
    case "float": {
      const raw = textOf(module, node);
      return /^\d+(\.\d+)?([eE][+-]?\d+)?$/.test(raw) ? { kind: "number", ...span, raw } : code();
    }
    case "true":
    case "false":
      return { kind: "boolean", ...span, value: node.type === "true" };
    case "none":
      return { kind: "null", ...span };
    case "list":
    case "tuple": {
      if (node.parts.some((part) => SPLATS.includes(part.type))) return code();
      return { kind: "array", ...span, items: node.parts.map((part) => valueOf(module, part, depth + 1)) };
    }
    case "dictionary":
      return dictValue(module, node, depth) ?? code();
    case "call":
      return messageValue(module, node, depth) ?? code();
    case "identifier": {
      const literal = literalOf(module, node);
      return literal ? valueOf(module, literal, depth + 1) : code();
    }
    default:
      return code();
  }
}

/** How deep a value is looked into; LiveKit's messages are not that deep. */
export const MOST_NESTED = 50;
const SPLATS = ["list_splat", "dictionary_splat", "yield"];

/** A dict whose keys are all known; undefined for any other. */
export function dictValue(module: Module, node: Node, depth = 0): ObjectValue | undefined {
  const members = node.parts.map((pair) => memberOfPair(module, pair, depth));
  return members.every((member) => member !== undefined)
    ? { kind: "object", ...spanOf(node), members }
    : undefined;
}

/** A key and its value in a dict; undefined where the key is not known. */
function memberOfPair(module: Module, pair: Node, depth = 0): Member | undefined {
  const keyNode = pair.field("key");
  const valueNode = pair.field("value");
  const key = pair.type === "pair" ? knownText(module.text, keyNode) : undefined;
  if (!keyNode || !valueNode || key === undefined) return undefined;
  return { key, at: spanOf(keyNode), value: valueOf(module, valueNode, depth + 1) };
}

/** A keyword argument as a member; undefined for any other argument. */
export function memberOfKeyword(module: Module, argument: Node, depth = 0): Member | undefined {
  const name = argument.field("name");
  const value = argument.field("value");
  if (argument.type !== "keyword_argument" || !name || !value) return undefined;
  return { key: textOf(module, name), at: spanOf(name), value: valueOf(module, value, depth + 1) };
}

/** A call of one of LiveKit's classes: what else they are than messages is no value of a field. */
function messageValue(module: Module, node: Node, depth: number): ObjectValue | undefined {
  const callee = node.field("function");
  const isMessage = callee && /^[A-Z]/.test(className(module, callee)) && isFromLiveKit(module, callee);
  return isMessage ? keywordsOf(module, node, depth) : undefined;
}

/** The arguments of a call that has nothing but keywords; undefined for any other. */
export function keywordsOf(module: Module, call: Node, depth = 0): ObjectValue | undefined {
  const list = call.field("arguments");
  if (list?.type !== "argument_list") return undefined;
  const members = list.parts.map((argument) => memberOfKeyword(module, argument, depth));
  return members.every((member) => member !== undefined)
    ? { kind: "object", ...spanOf(call), members }
    : undefined;
}

/**
 * Returns what a variable holds: set once, to a literal or message, in the scope in which it is only ever handed
 * over.
 */
function literalOf(module: Module, identifier: Node): Node | undefined {
  const value = assignedOnce(module, identifier);
  const { binds, loads, scope } = variableOf(module, identifier);
  const [bind] = binds;
  if (!value || !bind || scope?.type === "class_definition") return undefined;
  if (value.start > identifier.start || value.type === "identifier") return undefined;
  const isScalar = ["string", "concatenated_string", "integer", "float", "true", "false"].includes(
    value.type,
  );
  const isOnlyHandedOver = loads.every((load) => isKeywordValue(load));
  const sameScope = identifier.within("function_definition", "lambda", "module") === scope;
  return (isScalar || (isOnlyHandedOver && sameScope)) && isAlwaysRun(bind, scope) ? value : undefined;
}

function isKeywordValue(load: Node): boolean {
  return load.parent?.type === "keyword_argument";
}

/** Tells whether a statement stands in the block of its scope, under no condition. */
function isAlwaysRun(bind: Node, scope: Node | undefined): boolean {
  const block = bind.within("block", "module");
  return block === scope || block?.parent === scope;
}
