import type { Node } from "../engine/tree.ts";
import { type Module, textOf } from "./scopes.ts";

/** The name of what is called, without what it is taken from. */
export function calledName(module: Module, call: Node): string {
  const callee = call.field("function");
  const name = callee?.type === "attribute" ? callee.field("attribute") : callee;
  return name ? textOf(module, name) : "";
}

/** The arguments without a name, in order. */
export function positional(call: Node): Node[] {
  return (call.field("arguments")?.parts ?? []).filter(
    ({ type }) => type !== "keyword_argument" && !type.endsWith("splat"),
  );
}

/**
 * The parameter that an argument of a call sets, if the function is one of the text: the identifier that declares it.
 * Undefined for one that takes several, as `*rest` does.
 */
export function parameterOf(module: Module, owner: Node, argument: Node): Node | undefined {
  const written = (owner.field("parameters")?.parts ?? []).filter(({ type }) => !type.endsWith("separator"));
  const parameters = written.map((part) => {
    if (part.type === "identifier") return part;
    const isOfMany = part.type.endsWith("splat_pattern");
    return isOfMany
      ? undefined
      : (part.field("name") ?? part.parts.find(({ type }) => type === "identifier"));
  });
  if (argument.type === "keyword_argument") {
    const name = argument.field("name");
    return parameters.find((one) => one && name && textOf(module, one) === textOf(module, name));
  }
  const call = argument.parent?.parent;
  const index = argument.parent?.parts.indexOf(argument) ?? -1;
  return index < 0 || !call ? undefined : parameters[index + receiver(module, owner, call)];
}

/** One where the call has an object before the dot that is the first parameter. */
function receiver(module: Module, owner: Node, call: Node): number {
  const first = owner.field("parameters")?.parts[0];
  const isMethod = first !== undefined && /^(self|cls)$/.test(textOf(module, first));
  return isMethod && call.field("function")?.type === "attribute" ? 1 : 0;
}
