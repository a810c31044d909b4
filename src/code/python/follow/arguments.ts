import { requestField } from "../../../rule/fields.ts";
import type { Node } from "../../engine/tree.ts";
import { calledName, parameterOf } from "../call-arguments.ts";
import { doingOf, isShown, reachesIn } from "../callee-effects.ts";
import { isCreateMethod } from "../create-calls.ts";
import { givenAway } from "../unknown-callee.ts";
import { strangeDecorator } from "../decorators.ts";
import { textOf } from "../scopes.ts";
import { BY_NAME, reachedByName } from "./attributes.ts";
import { bound } from "./assignments.ts";
import { isLeftToOthers, isOfThisFile, isOwnFunction, ownFunction } from "./own-functions.ts";
import { type Certainty, doubt, type Search, type Step } from "./search.ts";

/** In the arguments of LiveKit's own client for Twirp, which its methods call. */
const SENDS = /["'](Create|Update)SIPDispatchRule["']/;

/** The value is an argument of a call. Gives the expressions that have it next: a parameter's uses, or the call. */
export function given(
  search: Search,
  argument: Node,
  list: Node,
  certainty: Certainty,
  keyword?: string,
): Step[] {
  const { module } = search;
  const call = list.parent;
  const callee = call?.field("function");
  if (!call || !callee) {
    doubt(search, list, "any-way");
    return [];
  }
  const index = list.parts.indexOf(argument);
  const called = calledName(module, call);
  if (BY_NAME.includes(called) && index === 0) {
    reachedByName(search, argument, list, called, certainty);
    return [];
  }
  if (search.access === "keys" && keyword !== undefined && requestField(keyword) !== undefined) {
    search.found.heldAs.push(keyword);
    return [];
  }
  search.found.calls.push(call);
  if (isCreateMethod(module, callee)) return [];
  const target = ownFunction(module, callee);
  const parameter = target && parameterOf(module, target, argument);
  const before = list.parts[index - 1];
  if (!parameter && before && isCreateMethod(module, before)) return [];
  if (!target) return givenOutside(search, call, callee, argument, certainty);
  search.handedOut.push(call);
  const decorator = strangeDecorator(module, target);
  if (decorator) doubt(search, decorator, "decorator", "review");
  const isOther = search.access === "attributes" && !isOfThisFile(module, callee);
  if (isOther || isLeftToOthers(target)) search.found.remarks.push(givenAway(module, call));
  if (parameter) return bound(search, parameter, "foreign");
  doubt(search, call, "function", "review");
  return [];
}

/** An argument of a call of something that no function of the text is known to be. */
function givenOutside(
  search: Search,
  call: Node,
  callee: Node,
  argument: Node,
  certainty: Certainty,
): Step[] {
  const { module, access } = search;
  if (isShown(module, argument)) return [];
  const doing = doingOf(module, call);
  switch (doing) {
    case "nothing":
    case "shows":
      return [];
    case "same":
      return [{ node: call, certainty }];
    case "parse":
      return access === "attributes" ? [{ node: call, certainty }] : [];
    case "json":
    case "unknown":
      givenToUnknown(search, call, argument);
      return [];
    default:
      makes(search, call, callee, doing);
      return [];
  }
}

/** Follows what a function makes of the value whose name says what it does. */
function makes(
  search: Search,
  call: Node,
  callee: Node,
  doing: "text" | "class" | "view" | "merge" | "copy" | "collect",
): void {
  switch (doing) {
    case "text":
      if (reachesIn(search.module, callee)) return doubt(search, call, "text-that-reaches");
      return doubt(search, call, "text", "review");
    case "class":
      return classAsked(search, call);
    case "view":
      return doubt(search, call, "view", "review");
    case "merge":
      return doubt(search, call, "merged");
    case "copy":
      return doubt(search, call, "copied");
    case "collect":
      search.handedOut.push(call);
      return doubt(search, call, "in-collection", "review");
  }
}

/** `type(request)`: a class that is called makes other requests. */
function classAsked(search: Search, call: Node): void {
  const { parent } = call;
  if (parent?.type === "comparison_operator") return;
  const asked = parent?.type === "attribute" ? parent.field("attribute") : undefined;
  if (asked && /^__(name|qualname|module)__$/.test(textOf(search.module, asked))) return;
  doubt(search, call, "asked-for-class");
}

/** Nothing says what is done with it. */
function givenToUnknown(search: Search, call: Node, argument: Node): void {
  const { module, access, found } = search;
  const list = call.field("arguments");
  search.handedOut.push(call);
  if (
    access === "attributes" &&
    calledName(module, call) === "request" &&
    SENDS.test(textOf(module, list ?? call))
  ) {
    return;
  }
  const other = list?.parts.find((part) => part !== argument && isOwnFunction(module, part));
  if (other) {
    return doubt(search, call, "own-callee", "review");
  }
  if (access === "keys") found.unknown.push(call);
  else found.remarks.push(givenAway(module, call, argument));
}
