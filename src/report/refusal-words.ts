import type { CallDifference } from "../routing/call-flows.ts";
import type { ServerRefusal } from "../routing/conflicts.ts";
import { meetingInWords } from "../routing/meeting-words.ts";
import { grouped } from "../rule/count-words.ts";
import type { CallContext } from "./call-lines.ts";
import { atMost, hanging } from "./layout.ts";
import { visible } from "./style.ts";

/**
 * Why a server refuses a rule, as a sentence without its full stop. Labels say how a rule is called and where it stands.
 * `letIn`: it doesn't, and then every call fails.
 */
export function conflictInWords(
  refusal: ServerRefusal<string> & { letIn?: boolean },
  refuses: "refuses" | "refuses to create" = "refuses to create",
): string {
  const rule = `livekit-server ${refuses} ${refusal.rule}`;
  if (refusal.code === "no-kind") return `${rule}: it is neither direct nor individual nor callee`;
  const { trunkId, calledNumber, callingNumber } = refusal.meeting;
  if (refusal.itself)
    return `${rule}: it lists a value twice (${calledNumber ?? callingNumber ?? trunkId ?? "a value"})`;
  const both = `${refusal.other}: ${meetingInWords(refusal.meeting)}`;
  if (!refusal.letIn) return `${rule} beside ${both}`;
  const failing = trunkId === undefined ? "every call" : `every call over ${trunkId}, or over no trunk,`;
  return `livekit-server lets the update through that brings ${refusal.rule} into conflict with ${both}; from then on ${failing} fails`;
}

/** A refusal of rules by what they are called. */
export function namedRefusal<Label>(
  refusal: ServerRefusal<Label> & { letIn?: boolean },
  nameOf: (rule: Label) => string,
): ServerRefusal<string> & { letIn?: boolean } {
  return refusal.code === "conflict"
    ? { ...refusal, rule: nameOf(refusal.rule), other: nameOf(refusal.other) }
    : { ...refusal, rule: nameOf(refusal.rule) };
}

/**
 * The rules that a server refuses, a marked paragraph each; of many the rest is counted. Of those that it refused before
 * too, the ones are named that it would refuse beside no other rule.
 */
export function refusalLines({ difference, nameOf, style }: CallContext): string[] {
  const { newRefusals, oldRefusals } = difference;
  const named = (refusal: ServerRefusal<number>): string =>
    visible(conflictInWords(namedRefusal(refusal, nameOf)));
  const all = [
    ...newRefusals.map(named),
    ...oldRefusals.filter(isAlone).map((refusal) => `${named(refusal)}; it did before, too`),
  ];
  const more = (count: number): string => `and ${grouped(count)} more, which --format json names`;
  return atMost(all, MOST_REFUSALS, more)
    .flatMap((text) => hanging(`${text}.`, style, "! ", "  "))
    .map((line) => style.paint("red", line));
}

const MOST_REFUSALS = 4;

/**
 * Returns what a refusal comes to for a rule that is new or differs; undefined where it is not refused, or was
 * before.
 */
export function refusalVerdict({ newRefusals }: Pick<CallDifference, "newRefusals">, rule: number) {
  const refusal = newRefusals.find((one) => one.rule === rule);
  return refusal && (refusal.letIn ? "in conflict" : "refused");
}

/** Tells whether a server refuses the rule beside no other one. */
export function isAlone(refusal: ServerRefusal<number>): boolean {
  return refusal.code === "no-kind" || refusal.itself;
}
