import type { Node } from "../../source/tree.ts";
import { calledName, functionsMeant } from "../calls.ts";
import { isCreateMethod } from "../callees.ts";
import { type Module, textOf, variableOf } from "../names.ts";

/** The function of the text that a call means. LiveKit's method is often called by one of the same name. */
export function ownFunction(module: Module, call: Node): Node | undefined {
  const callee = call.field("function");
  const [target] = callee ? functionsMeant(module, callee) : [];
  if (!callee || !isCreateMethod(calledName(module, call)) || callee.type === "identifier") return target;
  const object = callee.field("object");
  const isOwnObject =
    object?.type === "identifier"
      ? /^(self|cls)$/.test(textOf(module, object)) || isMadeHere(module, object)
      : isMade(module, object);
  return isOwnObject ? target : undefined;
}

/** Whether an argument is a function of this file, or a method, which may be called with what stands beside it. */
export function isOwnFunction(module: Module, argument: Node): boolean {
  const node = argument.type === "keyword_argument" ? (argument.field("value") ?? argument) : argument;
  if (node.type === "lambda") return true;
  if (node.type === "identifier") return isDefined(module, node, "function_definition", "class_definition");
  return node.type === "attribute" && functionsMeant(module, node).length > 0;
}

/** Whether what is called is a method, a builtin or an import, and nothing that this file has put together. */
export function isFromOutside(module: Module, callee: Node): boolean {
  if (callee.type === "attribute") {
    const object = callee.field("object");
    return !isMade(module, object) && !(object?.type === "identifier" && isMadeHere(module, object));
  }
  if (callee.type !== "identifier") return false;
  return variableOf(module, callee).binds.every((bind) =>
    bind.within("import_statement", "import_from_statement"),
  );
}

/** Whether a name is set to an object of a class of the text. */
function isMadeHere(module: Module, name: Node): boolean {
  return variableOf(module, name).binds.some(
    (bind) => bind.parent?.type === "assignment" && isMade(module, bind.parent.field("right")),
  );
}

/** Whether an expression makes an object of a class of the text. */
function isMade(module: Module, node: Node | undefined): boolean {
  const callee = node?.type === "call" ? node.field("function") : undefined;
  return callee?.type === "identifier" && isDefined(module, callee, "class_definition");
}

/** Whether a definition of one of these types gives a name its value. */
function isDefined(module: Module, name: Node, ...types: string[]): boolean {
  const { binds } = variableOf(module, name);
  return binds.some((bind) => bind.is("name") && types.includes(bind.parent?.type ?? ""));
}
