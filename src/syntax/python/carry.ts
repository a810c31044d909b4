import type { Node } from "../source/tree.ts";
import { callsOf, functionsCalled, parameterOf } from "./calls.ts";
import { identifiersNamed, type Module, textOf, variableOf } from "./names.ts";
import type { Given } from "./literals.ts";
import { loadsReached } from "./reaching.ts";

/** An expression that has a certain value, and the call by which it came to have it, where that matters. */
export interface Carrier {
  node: Node;
  given?: Given | undefined;
}

/**
 * The expressions that have the same value next: where it gets a name, an attribute, is returned or is given to a
 * function of the text. Undefined where it is used for something else.
 */
export function carriedOn(module: Module, { node, given }: Carrier): Carrier[] | undefined {
  const { parent } = node;
  switch (parent?.type) {
    case "parenthesized_expression":
    case "await":
    case "boolean_operator":
      return [{ node: parent, given }];
    case "conditional_expression":
      return parent.parts[1] === node ? [] : [{ node: parent, given }];
    case "named_expression":
      return [{ node: parent, given }, ...bound(module, parent.field("name"), given)];
    case "assignment":
      return node.is("right") ? bound(module, parent.field("left"), given) : undefined;
    case "return_statement":
      return returned(module, parent);
    case "argument_list":
      return passed(module, node, parent, given);
    case "keyword_argument":
      return parent.parent?.type === "argument_list" && node.is("value")
        ? passed(module, parent, parent.parent, given)
        : undefined;
    default:
      return undefined;
  }
}

/** The expressions that have the value that this name, or attribute, is given. */
export function bound(module: Module, left: Node | undefined, given?: Given): Carrier[] {
  if (left?.type === "identifier") {
    return loadsReached(variableOf(module, left), left).map((node) => ({ node, given }));
  }
  if (left?.type !== "attribute") return [];
  const whole = textOf(module, left);
  const name = left.field("attribute");
  if (!name) return [];
  return identifiersNamed(module, textOf(module, name)).flatMap((one) => {
    const other = one.is("attribute") ? one.parent : undefined;
    const isRead = other && other !== left && !other.is("left") && textOf(module, other) === whole;
    return isRead ? [{ node: other, given }] : [];
  });
}

function returned(module: Module, statement: Node): Carrier[] {
  const owner = statement.within("function_definition", "lambda");
  const name = owner?.type === "function_definition" ? owner.field("name") : undefined;
  if (!owner || !name) return [];
  const calls = callsOf(module, owner).map((call) => ({ node: call, given: { owner, call } }));
  const decorators = owner.parent?.type === "decorated_definition" ? owner.parent.parts : [];
  const decorated = decorators.filter(({ type }) => type === "decorator").map((one) => textOf(module, one));
  const isProperty = decorated.some((one) => /property/.test(one));
  if (!isProperty && !decorated.some((one) => /fixture/.test(one))) return calls;
  const others = identifiersNamed(module, textOf(module, name)).flatMap((one): Carrier[] => {
    if (one === name) return [];
    if (isProperty) return one.is("attribute") && one.parent ? [{ node: one.parent }] : [];
    // A test gets what a fixture gives as the parameter of its name.
    return one.within("parameters") ? bound(module, one) : [];
  });
  return [...calls, ...others];
}

function passed(module: Module, argument: Node, list: Node, given: Given | undefined): Carrier[] | undefined {
  const call = list.parent;
  const functions = call?.type === "call" ? functionsCalled(module, call) : [];
  if (functions.length === 0) return undefined;
  return functions.flatMap((owner) => bound(module, parameterOf(module, owner, argument), given));
}
