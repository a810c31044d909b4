import { CreateSIPDispatchRuleRequestSchema } from "../../gen/livekit/livekit_sip_pb.ts";
import { isRuleKind, spellings } from "../../rule/fields.ts";
import type { Node } from "../engine/tree.ts";
import type { Remark } from "../../sources/remark.ts";
import { calledName } from "./call-arguments.ts";
import { className, INFO, isFromLiveKit } from "./imports.ts";
import { assignedOnce, type Module } from "./scopes.ts";

/**
 * Returns what is wrong with a field that is given a message of another class than its own: LiveKit's library raises a
 * TypeError when it is (livekit-api 1.2.2, by running it). Undefined where nothing is, or the class is not known.
 */
export function wrongClass(module: Module, field: string, value: Node): Remark | undefined {
  const wanted = spellings(CreateSIPDispatchRuleRequestSchema).get(field)?.message;
  const made = assignedOnce(module, value) ?? value;
  const callee = made.type === "call" ? made.field("function") : undefined;
  if (!wanted || !callee || !isFromLiveKit(module, callee)) return undefined;
  const given = className(module, callee);
  if (given === wanted.name || !/^(SIPDispatch|Room)\w+$/.test(given)) return undefined;
  const at = { start: value.start, end: value.end };
  const names = { field, given, wanted: wanted.name };
  if (given === INFO) return { code: "wrong-nesting", is: "info-for-field", ...names, at, weighs: "manual" };
  const kind = wanted.fields.find(({ message: inner, name }) => inner?.name === given && isRuleKind(name));
  const ofKind = kind && { kind: kind.name };
  return { code: "wrong-type", is: "wrong-class", ...names, ...ofKind, at, weighs: "manual" };
}

/** Tells whether a call puts a message into a field: `request.rule.CopyFrom(…)`. */
export function isTakenOver(module: Module, call: Node): boolean {
  return call.type === "call" && /^(CopyFrom|MergeFrom)$/.test(calledName(module, call));
}
