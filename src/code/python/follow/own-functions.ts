import type { Node } from "../../engine/tree.ts";
import { calledBy } from "../called-name.ts";
import { identifiersNamed, type Module, textOf, variableOf } from "../scopes.ts";

/**
 * The function or method of the text that an expression means; undefined where it is none, or where an import gives the
 * name. A method is found by its name: of `self`, of an object that the text makes, of one that it is given.
 */
export function ownFunction(module: Module, callee: Node): Node | undefined {
  const { by, name } = calledBy(module, callee);
  if (by === "import" || callee.type === "call") return undefined;
  if (callee.type === "identifier") {
    const { binds } = variableOf(module, callee);
    return binds.map(({ parent }) => parent).find((parent) => parent?.type === "function_definition");
  }
  if (callee.type !== "attribute") return undefined;
  const around = callee.within("function_definition");
  const isInherited = textOf(module, callee.field("object") ?? callee).startsWith("super(");
  return identifiersNamed(module, name)
    .filter((one) => one.is("name") && one.parent?.type === "function_definition")
    .map(({ parent }) => parent)
    .find((one) => one?.within("class_definition") && !(isInherited && one === around));
}

/**
 * Tells whether what a method is called on is an object of a class of the text: `self`, what such a class makes, what is
 * annotated with one. Any other object may have another method of that name.
 */
export function isOfThisFile(module: Module, callee: Node): boolean {
  const object = callee.field("object");
  if (!object || /^(self|cls|super\(.*\))$/.test(textOf(module, object)) || isOwnClass(module, object))
    return true;
  if (object.type === "call") return isMade(module, object);
  const name = object.field("attribute") ?? object;
  return identifiersNamed(module, textOf(module, name)).some((one) => {
    const left = one.is("attribute") ? one.parent : one;
    const type = left?.parent?.field("type") ?? one.parent?.field("type");
    const right = left?.is("left") ? left.parent?.field("right") : undefined;
    return (right && isMade(module, right)) || type?.parts.some((part) => isOwnClass(module, part));
  });
}

/** Tells whether an expression makes an object of a class of the text. */
function isMade(module: Module, node: Node): boolean {
  const callee = node.type === "call" ? node.field("function") : undefined;
  return callee !== undefined && isOwnClass(module, callee);
}

function isOwnClass(module: Module, node: Node): boolean {
  if (node.type !== "identifier") return false;
  return variableOf(module, node).binds.some(({ parent }) => parent?.type === "class_definition");
}

/**
 * Tells whether a method does nothing itself, as one does that other classes have in their own way: `pass`, `raise`,
 * `return x`.
 */
export function isLeftToOthers(owner: Node): boolean {
  const statements = owner.field("body")?.parts ?? [];
  return owner.within("class_definition") !== undefined && statements.every(isEmpty);
}

function isEmpty(statement: Node): boolean {
  const [part] = statement.parts;
  switch (statement.type) {
    case "pass_statement":
    case "raise_statement":
      return true;
    case "return_statement":
      return part === undefined || /^(identifier|none)$/.test(part.type);
    case "expression_statement":
      return part !== undefined && /^(ellipsis|string)$/.test(part.type);
    default:
      return false;
  }
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
