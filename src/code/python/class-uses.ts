import type { Node } from "../engine/tree.ts";
import { calledName, parameterOf } from "./call-arguments.ts";
import { ownFunction } from "./follow/own-functions.ts";
import { REQUEST } from "./imports.ts";
import { identifiersNamed, type Module, textOf, variableOf } from "./scopes.ts";

/** The nodes that name the request's class where it is used, as `X` or `api.X`, by aliases too. */
export function classNodes(module: Module): Node[] {
  const nodes: Node[] = [];
  for (const identifier of identifiersNamed(module, REQUEST)) {
    if (identifier.within("import_from_statement")) {
      const alias =
        identifier.parent?.parent?.type === "aliased_import"
          ? identifier.parent.parent.field("alias")
          : undefined;
      if (alias) nodes.push(...variableOf(module, alias).loads);
      continue;
    }
    const node = identifier.is("attribute") && identifier.parent ? identifier.parent : identifier;
    if (node.is("name") || node.parent?.type === "class_pattern") continue;
    nodes.push(node, ...aliasLoads(module, node));
  }
  return [...new Set(nodes)];
}

/** `Request = api.CreateSIPDispatchRuleRequest`, then `Request(…)`. */
function aliasLoads(module: Module, node: Node): Node[] {
  const assignment = node.parent;
  const left = assignment?.type === "assignment" && node.is("right") ? assignment.field("left") : undefined;
  return left?.type === "identifier" ? variableOf(module, left).loads : [];
}

/** The expression that names the class, behind a variable that is set to it. */
export function classExpression(module: Module, callee: Node): Node {
  if (callee.type !== "identifier") return callee;
  const { binds, strange } = variableOf(module, callee);
  const [bind] = binds;
  if (!bind || binds.length > 1 || strange.length > 0) return callee;
  const right =
    bind.parent?.type === "assignment" && bind.is("left") ? bind.parent.field("right") : undefined;
  return right?.type === "attribute" || right?.type === "identifier" ? right : callee;
}

/**
 * Tells whether a class goes from here to where it may make requests. In annotations and tests of a type it does
 * nothing.
 */
export function isHandedOn(module: Module, node: Node): boolean {
  const { parent } = node;
  switch (parent?.type) {
    case "pair":
    case "keyword_argument":
      return node.is("value") && !isInspected(module, parent);
    case "argument_list":
      return !isInspected(module, node);
    case "conditional_expression":
    case "boolean_operator":
    case "return_statement":
      return true;
    case "list":
    case "tuple":
    case "set":
      return !node.within("type", "subscript") && !isInspected(module, parent);
    default:
      return false;
  }
}

/** Tells whether an argument of a call is only asked what it is. */
function isInspected(module: Module, argument: Node): boolean {
  const list = argument.parent;
  const call = list?.type === "argument_list" ? list.parent : undefined;
  if (!call) return false;
  if (INSPECTS.test(calledName(module, call))) return true;
  const callee = call.field("function");
  const owner = callee && ownFunction(module, callee);
  const parameter = owner && parameterOf(module, owner, argument);
  return (
    parameter !== undefined && variableOf(module, parameter).loads.every((load) => isAsked(module, load))
  );
}

function isAsked(module: Module, load: Node): boolean {
  const { parent } = load;
  if (parent?.type === "attribute")
    return textOf(module, parent.field("attribute") ?? parent) === "DESCRIPTOR";
  return parent?.type === "argument_list" && isInspected(module, load);
}

const INSPECTS =
  /^(isinstance|issubclass|hasattr|getattr|dir|vars|signature|print|ParseDict|Parse|cast|spec|Mock|MagicMock)$/;
