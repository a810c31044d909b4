import type { Certainty, LoggedCall } from "../call.ts";
import { type Cause, endsWithoutRule, isServerOnly } from "../cause.ts";

/** livekit-server told livekit-sip to answer 404; the second and the third are Cloud's. */
const REJECTED: readonly string[] = [
  "Rejecting inbound call, doesn't match any Dispatch Rules",
  "Rejecting inbound, doesn't match any Trunks",
  "Rejecting inbound, no trunk found",
];

/** The messages of livekit-sip when no rule takes a call, with a trunk or without. */
export const UNTAKEN: readonly string[] = ["Rejecting inbound flood", "Dropping inbound flood", ...REJECTED];

/** Logs: a1, a2, c1, d1, e1, e2, r1 and o1 of the calls that were made, with livekit-sip 1.1.1 to 1.11.0. */
export const noRule: Cause = {
  id: "no-rule",
  title: "a trunk matched, and no dispatch rule took it",
  messages: UNTAKEN,
  reasons: /^(?:flood|no-dispatch)$/,
  where: (call) => call.trunkId !== "",
  otherwise: (call) => endsWithoutRule(call) && call.trunkId !== "",
  certainty: noRuleCertainty,
  wire: noRuleWire,
  explanation: (call) =>
    `The call came over trunk ${call.trunkId}, and no dispatch rule took it.${noRuleDoubt(call)}`,
  next: () =>
    "Give it your rules, and it names the one that should have taken the call and the field that kept it out: `lk sip dispatch list --json > rules.json`, then `--rules rules.json`.",
};

/**
 * Up to livekit-sip 1.3.0 two rules in conflict are logged as no rule; livekit-server doesn't tell them apart either.
 */
export function noRuleCertainty(call: LoggedCall): Certainty {
  return isServerOnly(call) || isOldRejection(call) ? "likely" : "certain";
}

/** Says what keeps it from being certain, in a sentence with a space before it. */
export function noRuleDoubt(call: LoggedCall): string {
  if (isServerOnly(call))
    return " livekit-server logs the same when two rules are in conflict; livekit-sip's log would tell.";
  return isOldRejection(call)
    ? " livekit-sip up to 1.3.0 logs the same when two rules are in conflict; the line `SIP handle dispatch rule error` before it would tell."
    : "";
}

/** Returns what the caller's side sees: livekit-server rejects the call since 1.13.8, and dropped it before. */
export function noRuleWire(call: LoggedCall): string {
  if ([...call.messages].some((message) => REJECTED.includes(message)) || call.reason === "no-dispatch")
    return "180, then 404 Does not match Trunks or Dispatch Rules";
  return isServerOnly(call)
    ? ""
    : "180, then nothing: no final answer, and none to a CANCEL; the 486 stands in the log alone";
}

function isOldRejection({ reason, hasResult }: LoggedCall): boolean {
  return reason === "no-dispatch" && !hasResult;
}
