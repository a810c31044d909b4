import { requestField } from "../../../rule/fields.ts";
import type { Node } from "../../engine/tree.ts";
import { parameterOf, positional } from "../call-arguments.ts";
import { doingOf, isShown } from "../callee-effects.ts";
import { isCreateMethod } from "../create-calls.ts";
import { givenAway } from "../unknown-callee.ts";
import { strangeDecorator } from "../decorators.ts";
import { variableOf } from "../scopes.ts";
import { bound } from "./assignments.ts";
import { fieldNamed } from "./fields.ts";
import { isOfThisFile, isOwnFunction, ownFunction } from "./own-functions.ts";
import { doubt, type Search, type Step } from "./search.ts";

/** The value is an argument of a call. Gives the expressions that have it next: a parameter's uses, or the call. */
export function given(search: Search, argument: Node, list: Node, isOwn: boolean, keyword?: string): Step[] {
  const { module, access, found } = search;
  const call = list.parent;
  const callee = call?.field("function");
  if (!call || !callee) {
    doubt(search, list, "any-way");
    return [];
  }
  if (access === "keys" && keyword !== undefined && requestField(keyword) !== undefined) {
    found.heldAs.push(keyword);
    return [];
  }
  found.calls.push(call);
  if (isCreateMethod(module, callee)) return [];
  const target = ownFunction(module, callee);
  const parameter = target && parameterOf(module, target, argument);
  const before = list.parts[list.parts.indexOf(argument) - 1];
  if (!parameter && before && isCreateMethod(module, before)) return [];
  if (!target) return givenOutside(search, call, argument, isOwn);
  const decorator = strangeDecorator(module, target);
  if (decorator) doubt(search, decorator, "decorator", "review");
  const isOther = access === "attributes" && !isOfThisFile(module, callee);
  if (isOther || !parameter || isLeftToOthers(search, target, parameter)) {
    found.remarks.push(givenAway(module, call));
  }
  return bound(search, parameter, false);
}

/** Tells whether a method does nothing with what it is given, so that subclasses may have another one of its name. */
function isLeftToOthers({ module }: Search, owner: Node, parameter: Node): boolean {
  return owner.within("class_definition") !== undefined && variableOf(module, parameter).loads.length === 0;
}

/** An argument of a call of something that no function of the text is known to be. */
function givenOutside(search: Search, call: Node, argument: Node, isOwn: boolean): Step[] {
  const { module, access, found } = search;
  if (isShown(module, argument)) return [];
  switch (doingOf(module, call)) {
    case "nothing":
    case "shows":
      return [];
    case "parse":
      if (access === "attributes") return [{ node: call, isOwn }];
      if (positional(call)[1]?.type === "call") return [{ node: call, isOwn, access: "attributes" }];
      doubt(search, call, "any-way");
      return [];
    case "text":
      doubt(search, call, "text", "review");
      return [];
    case "names":
      if (call.field("arguments")?.parts[0] === argument) fieldNamed(search, argument, call, isOwn);
      else doubt(search, call, "any-way");
      return [];
    case "merges":
      doubt(search, call, "any-way");
      return [];
    case "keeps":
      doubt(search, call, "kept", "review");
      return [];
    default:
  }
  const isPassedOn = call
    .field("arguments")
    ?.parts.some((one) => one !== argument && isOwnFunction(module, one));
  if (access === "keys" && !isPassedOn) found.unknown.push(call);
  else found.remarks.push(givenAway(module, call));
  return [];
}
