import { requestField } from "../../../rule/fields.ts";
import type { Node } from "../../source/tree.ts";
import { calledName } from "../calls.ts";
import { type Doing, doingOf, isCreateMethod, isShown, reachesIn } from "../callees.ts";
import { type Module, textOf } from "../names.ts";
import { knownText } from "../strings.ts";
import { BY_NAME, reachedByName } from "./attributes.ts";
import { bound } from "./bound.ts";
import { isFromOutside, isOwnFunction, ownFunction } from "./own.ts";
import { type Certainty, doubt, type Search, type Step } from "./search.ts";

/** In the arguments of somebody's own function that takes the name of LiveKit's method. */
const SENDS = /["'/](Create|Update)SIPDispatchRule["']/;

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
    doubt(search, list, "is used here in a way that can't be followed");
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
  const target = ownFunction(module, call);
  if (!target) return givenOutside(search, call, callee, argument, certainty);
  search.handedOut.push(call);
  const parameter = parameterFor(module, target, index, keyword);
  if (parameter) return bound(search, parameter, "foreign");
  doubt(search, call, "is given to a function here in a way that can't be followed", "review");
  return [];
}

/** The parameter of a function that the argument at this place, or with this name, sets. */
function parameterFor(
  module: Module,
  target: Node,
  index: number,
  keyword: string | undefined,
): Node | undefined {
  const parameters = (target.field("parameters")?.parts ?? []).map((one) => {
    if (one.type === "identifier") return one;
    if (one.type === "typed_parameter") return one.parts.find((part) => part.type === "identifier");
    return one.field("name");
  });
  if (keyword !== undefined) return parameters.find((one) => one && textOf(module, one) === keyword);
  const isMethod = parameters[0] !== undefined && /^(self|cls)$/.test(textOf(module, parameters[0]));
  return parameters[isMethod ? index + 1 : index];
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
  const called = calledName(module, call);
  const isOutside = isFromOutside(module, callee);
  if (isCreateMethod(called) && isOutside) return [];
  const doing = isOutside || callee.type === "attribute" ? doingOf(called) : "unknown";
  if (doing === "nothing" || isShown(module, argument)) return [];
  if (doing === "parse") return access === "attributes" ? [{ node: call, certainty }] : [];
  if (doing === "unknown" || (doing === "collect" && callee.type !== "attribute")) {
    givenToUnknown(search, call, callee, argument);
  } else makes(search, call, callee, doing);
  return [];
}

/** What a function whose name says what it does makes of the value. */
function makes(
  search: Search,
  call: Node,
  callee: Node,
  doing: Exclude<Doing, "nothing" | "parse" | "unknown">,
): void {
  switch (doing) {
    case "text":
      if (reachesIn(search.module, callee))
        return doubt(search, call, "is put into a text that reaches into it here");
      return doubt(search, call, "becomes a text here, which says something else afterwards", "review");
    case "class":
      return classAsked(search, call);
    case "view":
      return doubt(search, call, "is turned into something here that has other keys afterwards", "review");
    case "merge":
      return doubt(search, call, "becomes a part of another one here");
    case "copy":
      return doubt(search, call, "is copied here");
    case "collect":
      search.handedOut.push(call);
      return doubt(search, call, "is put into a collection here", "review");
  }
}

/** `type(request)`: a class that is called makes other requests. */
function classAsked(search: Search, call: Node): void {
  const { parent } = call;
  if (parent?.type === "comparison_operator") return;
  const asked = parent?.type === "attribute" ? parent.field("attribute") : undefined;
  if (asked && /^__(name|qualname|module)__$/.test(textOf(search.module, asked))) return;
  doubt(search, call, "is asked for its class here, which may make other requests");
}

/** Nothing says what is done with it. */
function givenToUnknown(search: Search, call: Node, callee: Node, argument: Node): void {
  const { module } = search;
  const list = call.field("arguments");
  search.handedOut.push(call);
  if (SENDS.test(list ? textOf(module, list) : "")) return;
  const other = list?.parts.find((part) => part !== argument && isOwnFunction(module, part));
  if (other || !isFromOutside(module, callee)) {
    return doubt(search, call, "may be given to a function or class of this file here", "review");
  }
  search.found.unknown.push(call);
  if (search.access === "keys" || !isUsedAsRequest(module, call)) return;
  const called = calledName(module, call);
  doubt(search, call, `is given to \`${called}\` here, and may be what comes back from it`, "review");
}

/** Whether a call's result gets a name in a `with` statement, or a field of a request is reached in it. */
function isUsedAsRequest(module: Module, call: Node): boolean {
  const { parent } = call;
  if (parent?.type === "as_pattern") return true;
  const name = parent?.type === "attribute" ? parent.field("attribute") : undefined;
  const key = parent?.type === "subscript" && call.is("value") ? parent.field("subscript") : undefined;
  const reached = name ? textOf(module, name) : knownText(module.text, key);
  return reached !== undefined && requestField(reached) !== undefined;
}
