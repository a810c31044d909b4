import { requestField } from "../../../rule/fields.ts";
import type { Node } from "../../source/tree.ts";
import { calledName } from "../calls.ts";
import { calledBy } from "../called.ts";
import { doingOf, isShown, reachesIn } from "../callees.ts";
import { isCreateMethod } from "../creates.ts";
import { strangeDecorator } from "../decorators.ts";
import { type Module, textOf } from "../names.ts";
import { BY_NAME, reachedByName } from "./attributes.ts";
import { bound } from "./bound.ts";
import { isOwnFunction, ownFunction } from "./own.ts";
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
  if (isCreateMethod(module, callee)) return [];
  const target = ownFunction(module, callee);
  const parameter = target && parameterFor(module, target, index, keyword);
  const before = list.parts[index - 1];
  if (!parameter && before && isCreateMethod(module, before)) return [];
  if (!target) return givenOutside(search, call, callee, argument, certainty);
  search.handedOut.push(call);
  const decorator = strangeDecorator(module, target);
  if (decorator)
    doubt(search, decorator, "is given to this decorator, which may read or change its fields", "review");
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
      givenToUnknown(search, call, callee, argument);
      return [];
    default:
      makes(search, call, callee, doing);
      return [];
  }
}

/** What a function whose name says what it does makes of the value. */
function makes(
  search: Search,
  call: Node,
  callee: Node,
  doing: "text" | "class" | "view" | "merge" | "copy" | "collect",
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
  const { module, access, found } = search;
  const list = call.field("arguments");
  search.handedOut.push(call);
  // LiveKit's own client for Twirp, which its methods call: `self._client.request(SVC, "CreateSIPDispatchRule", request, …)`.
  const isTwirp = access === "keys" || calledName(module, call) === "request";
  if (isTwirp && SENDS.test(list ? textOf(module, list) : "")) return;
  const other = list?.parts.find((part) => part !== argument && isOwnFunction(module, part));
  if (other) {
    return doubt(search, call, "may be given to a function or class of this file here", "review");
  }
  if (access === "keys") found.unknown.push(call);
  else doubtAbout(search, call, passedTo(module, callee, argument) ?? callee);
}

/** The function that another one calls with the request: `restrict` in `to_thread(restrict, request)`. */
function passedTo(module: Module, callee: Node, argument: Node): Node | undefined {
  const called = calledBy(module, callee);
  const parts = argument.parent?.parts ?? [];
  const before = parts[parts.indexOf(argument) - 1];
  const isPassedOn = called.by === "import" && /^(functools|asyncio|anyio|threading)$/.test(called.from);
  return isPassedOn && before && /^(identifier|attribute)$/.test(before.type) ? before : undefined;
}

/** A function that may read or change the request's fields, and where it comes from. */
function doubtAbout({ module, found }: Search, call: Node, callee: Node): void {
  const called = calledBy(module, callee);
  const name = textOf(module, callee).length < LONGEST ? textOf(module, callee) : called.name;
  const from =
    called.by === "import" ? ` (${called.from}, imported at line ${lineOf(module, called.bind)})` : "";
  found.remarks.push({
    code: "unfollowed-use",
    at: { start: call.start, end: call.end },
    message: `\`${name}\`${from} is given the request, and may read or change its flat fields`,
    next: `Look at \`${called.name}\`: where it reaches into the request, it has to reach into \`dispatch_rule\`. Then migrate this with \`--unsafe\`.`,
    weighs: "review",
  });
}

/** A longer expression is told by its last name. */
const LONGEST = 40;

function lineOf({ text }: Module, { start }: Node): number {
  return text.slice(0, start).split("\n").length;
}
