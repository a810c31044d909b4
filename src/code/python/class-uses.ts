import type { Node } from "../engine/tree.ts";
import { calledName, parameterOf } from "./call-arguments.ts";
import { ownFunction } from "./follow/own-functions.ts";
import { REQUEST } from "./imports.ts";
import { assignedOnce, identifiersNamed, type Module, variableOf } from "./scopes.ts";

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
  const right = assignedOnce(module, callee);
  return right?.type === "attribute" || right?.type === "identifier" ? right : callee;
}

/**
 * Tells whether a class goes from here to where it may make requests. In annotations and tests of a type it does
 * nothing.
 */
export function isHandedOn(module: Module, node: Node): boolean {
  const { parent } = node;
  if (!parent || !HANDS_ON.test(parent.type) || node.is("key") || node.is("name")) return false;
  if (node.within("type", "subscript")) return false;
  return !isInspected(module, parent.type === "argument_list" ? node : parent);
}

const HANDS_ON =
  /^(pair|keyword_argument|argument_list|conditional_expression|boolean_operator|return_statement|list|tuple|set)$/;

/** Tells whether an argument of a call is only asked what it is, also by a function of the text, which doesn't call it. */
function isInspected(module: Module, argument: Node): boolean {
  const call = argument.parent?.type === "argument_list" ? argument.parent.parent : undefined;
  const callee = call?.field("function");
  if (!call || !callee) return false;
  const owner = ownFunction(module, callee);
  const parameter = owner && parameterOf(module, owner, argument);
  const loads = parameter && variableOf(module, parameter).loads;
  return INSPECTS.test(calledName(module, call)) || loads?.every((load) => !load.is("function")) === true;
}

const INSPECTS =
  /^(isinstance|issubclass|hasattr|getattr|dir|vars|signature|print|ParseDict|Parse|cast|spec|Mock|MagicMock)$/;
