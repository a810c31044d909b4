import type { Node } from "../engine/tree.ts";
import { calledBy } from "./called-name.ts";
import { importedModule, isLiveKit } from "./imports.ts";
import { type Module, textOf, variableOf } from "./scopes.ts";

/**
 * Tells whether an expression is the method of LiveKit's client that creates a rule: `….sip.create_dispatch_rule`, whatever
 * stands before, or a name for it. livekit-api 1.2.2 (livekit/api/sip_service.py) also has it as
 * `create_sip_dispatch_rule`.
 */
export function isCreateMethod(module: Module, node: Node, depth = 0): boolean {
  const named = valueOfName(module, node);
  if (named && depth < DEEPEST) return isCreateMethod(module, named, depth + 1);
  const name = node.field("attribute");
  const object = node.field("object");
  if (node.type !== "attribute" || !name || !object) return false;
  return /^create_(sip_)?dispatch_rule$/.test(textOf(module, name)) && isClient(module, object);
}

/**
 * Tells whether a call calls that method, or is given it to call, as `partial`, `to_thread` and what tries again are.
 */
export function leadsToCreate(module: Module, call: Node): boolean {
  const parts = [call.field("function"), ...(call.field("arguments")?.parts ?? [])];
  return parts.some((one) => one !== undefined && isCreateMethod(module, one));
}

/** Tells whether an expression is LiveKit's client for SIP: `….sip`, a name for it, or an object of its class. */
function isClient(module: Module, node: Node, depth = 0): boolean {
  const named = valueOfName(module, node);
  if (named && depth < DEEPEST) return isClient(module, named, depth + 1);
  switch (node.type) {
    case "attribute":
      return /^_*sip$/.test(textOf(module, node.field("attribute") ?? node));
    case "identifier": {
      const { binds } = variableOf(module, node);
      const isOther = binds.some(
        (bind) => importedModule(module, bind) !== undefined || bind.parent?.type.endsWith("_definition"),
      );
      const type = binds.map(({ parent }) => parent?.field("type")).find((one) => one !== undefined);
      return (
        (!isOther && /^_*sip$/.test(textOf(module, node))) ||
        (type !== undefined && /\bSipService\b/.test(textOf(module, type)))
      );
    }
    case "call": {
      const callee = node.field("function");
      const called = callee && calledBy(module, callee);
      return called?.by === "import" && called.name === "SipService" && isLiveKit(called.from);
    }
    case "parenthesized_expression": {
      const [inner] = node.parts;
      return inner !== undefined && depth < DEEPEST && isClient(module, inner, depth + 1);
    }
    default:
      return false;
  }
}

/** Returns what a name is set to, where it is set once. */
function valueOfName(module: Module, node: Node): Node | undefined {
  if (node.type !== "identifier") return undefined;
  const { binds, strange } = variableOf(module, node);
  const [bind] = binds;
  if (!bind || binds.length > 1 || strange.length > 0 || bind.parent?.type !== "assignment") return undefined;
  return bind.is("left") ? bind.parent.field("right") : undefined;
}

const DEEPEST = 5;
