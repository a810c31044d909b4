import type { Node } from "../../engine/tree.ts";
import { calledBy } from "../called-name.ts";
import { definitionsNamed, identifiersNamed, makersOf, type Module, textOf, variableOf } from "../scopes.ts";

/**
 * The function or method of the text that an expression means; undefined where it is none, or where an import gives the
 * name. A method is found by its name, if only one class of the text has one of that name.
 */
export function ownFunction(module: Module, callee: Node): Node | undefined {
  const { by, name } = calledBy(module, callee);
  if (by === "import" || callee.type === "call") return undefined;
  if (callee.type === "identifier") {
    const { binds } = variableOf(module, callee);
    return binds.map(({ parent }) => parent).find((parent) => parent?.type === "function_definition");
  }
  const object = callee.field("object");
  if (!object || textOf(module, object).startsWith("super(")) return undefined;
  const [method, other] = definitionsNamed(module, name).filter(
    (one) => one.type === "function_definition" && one.within("class_definition"),
  );
  return other ? undefined : method;
}

/**
 * Tells whether what a method is called on is an object of a class of the text: `self`, what such a class makes, what is
 * annotated with one. Any other object may have another method of that name.
 */
export function isOfThisFile(module: Module, callee: Node): boolean {
  const object = callee.field("object");
  if (!object || /^(self|cls)$/.test(textOf(module, object)) || isOwnClass(module, object)) return true;
  const name = object.field("attribute") ?? object;
  const types = identifiersNamed(module, textOf(module, name)).flatMap(
    ({ parent }) => parent?.field("type")?.parts ?? [],
  );
  return [...makersOf(module, object), ...types].some((one) => isOwnClass(module, one));
}

function isOwnClass(module: Module, node: Node): boolean {
  if (node.type !== "identifier") return false;
  return variableOf(module, node).binds.some(({ parent }) => parent?.type === "class_definition");
}

/**
 * Tells whether an argument is a function of this file, or a method, which may be called with what stands beside it.
 */
export function isOwnFunction(module: Module, argument: Node): boolean {
  const node = argument.type === "keyword_argument" ? (argument.field("value") ?? argument) : argument;
  if (node.type === "lambda") return true;
  if (node.type !== "identifier") return node.type === "attribute" && ownFunction(module, node) !== undefined;
  return ownFunction(module, node) !== undefined || isOwnClass(module, node);
}
