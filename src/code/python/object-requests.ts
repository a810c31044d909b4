import { formOf } from "../../rule/form.ts";
import { requestField } from "../../rule/fields.ts";
import { type Node, nodeAt } from "../engine/tree.ts";
import type { Site } from "../../sources/syntax.ts";
import { calledBy } from "./called-name.ts";
import { follow } from "./follow/follow.ts";
import { ownFunction } from "./follow/own-functions.ts";
import { isLiveKit } from "./imports.ts";
import type { Module } from "./scopes.ts";
import { purposesOf } from "./call-purpose.ts";
import { keywordsOf } from "./values.ts";

/**
 * Flat requests that objects of the text's own classes hold, or `dict(…)`, and that are sent to CreateSIPDispatchRule: of
 * a TypedDict, a dataclass, a model of pydantic. They are found and not rewritten: what the class takes and what becomes
 * of it stands elsewhere. None of those in `taken`, which messages are made of. In the order of the text.
 */
export function objectSites(module: Module, taken: readonly Node[]): Site[] {
  let left = MOST_REQUESTS;
  return [...module.text.matchAll(/\brule\s*=(?!=)/g)].flatMap(({ index }): Site[] => {
    const argument = nodeAt(module.root, index).parent;
    const call = argument?.type === "keyword_argument" ? argument.parent?.parent : undefined;
    const callee = call?.type === "call" ? call.field("function") : undefined;
    if (!call || !callee || argument?.start !== index || !/^(identifier|attribute)$/.test(callee.type))
      return [];
    if (taken.some((other) => other.holds(call))) return [];
    const called = calledBy(module, callee);
    const isOther = called.by === "import" ? isLiveKit(called.from) : ownFunction(module, callee);
    const request = isOther ? undefined : keywordsOf(module, call);
    if (!request?.members.every(({ key }) => requestField(key) !== undefined)) return [];
    if (formOf(request, "create").form !== "flat" || left-- <= 0) return [];
    if (!purposesOf(module, follow(module, call, "keys").calls).has("create")) return [];
    const at = { start: call.start, end: call.end };
    return [
      {
        at,
        request,
        evidence: "create",
        remarks: [{ code: "unfollowed-use", is: "object", name: called.name, at, weighs: "manual" }],
      },
    ];
  });
}

/** Each is looked for in the whole text, so that many more would take long. */
const MOST_REQUESTS = 1000;
