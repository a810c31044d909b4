import type { Node } from "../engine/tree.ts";
import { importedModule } from "./imports.ts";
import { assignedOnce, type Module, textOf, variableOf } from "./scopes.ts";

/**
 * Tells whether an expression is the method of LiveKit's client that creates a rule: `….sip.create_dispatch_rule`, whatever
 * stands before, or a name for it. livekit-api 1.2.2 (livekit/api/sip_service.py) also has it as
 * `create_sip_dispatch_rule`.
 */
export function isCreateMethod(module: Module, node: Node): boolean {
  const method = assignedOnce(module, node) ?? node;
  const name = method.field("attribute");
  const object = method.field("object");
  if (method.type !== "attribute" || !name || !object) return false;
  return /^create_(sip_)?dispatch_rule$/.test(textOf(module, name)) && isClient(module, object);
}

/**
 * Tells whether a call calls that method, or is given it to call, as `partial`, `to_thread` and what tries again are.
 */
export function leadsToCreate(module: Module, call: Node): boolean {
  const parts = [call.field("function"), ...(call.field("arguments")?.parts ?? [])];
  return parts.some((one) => one !== undefined && isCreateMethod(module, one));
}

/** Tells whether an expression is LiveKit's client for SIP: `….sip`, or a name for it that no import gives. */
function isClient(module: Module, node: Node): boolean {
  const client = assignedOnce(module, node) ?? node;
  if (!/^_*sip$/.test(textOf(module, client.field("attribute") ?? client))) return false;
  const binds = client.type === "identifier" ? variableOf(module, client).binds : [];
  return !binds.some(
    (bind) => importedModule(module, bind) !== undefined || bind.parent?.type.endsWith("_definition"),
  );
}
