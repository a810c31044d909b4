import type { LoggedCall } from "../call.ts";
import { type Cause, endsWithoutRule, isServerOnly } from "../cause.ts";

/** livekit-server told livekit-sip to answer 404; the second and the third are Cloud's. */
const REJECTED: readonly string[] = [
  "Rejecting inbound call, doesn't match any Dispatch Rules",
  "Rejecting inbound, doesn't match any Trunks",
  "Rejecting inbound, no trunk found",
];

/** How a call is known that no rule took, with a trunk or without; up to livekit-sip 1.3.0 two rules in conflict, too. */
export const UNTAKEN = {
  messages: ["Rejecting inbound flood", "Dropping inbound flood", ...REJECTED],
  reasons: /^(?:flood|no-dispatch)$/,
  // livekit-server doesn't tell them apart either.
  certainty: (call) => (isServerOnly(call) || isOldRejection(call) ? "likely" : "certain"),
  wire: noRuleWire,
} satisfies Partial<Cause>;

/** Logs: a1, a2, c1, d1, e1, e2, r1 and o1 of the calls that were made, with livekit-sip 1.1.1 to 1.11.0. */
export const noRule: Cause = {
  id: "no-rule",
  title: "a trunk matched, and no dispatch rule took it",
  ...UNTAKEN,
  where: (call) => call.trunkId !== "",
  otherwise: (call) => endsWithoutRule(call) && call.trunkId !== "",
  explanation: (call) =>
    `The call came over trunk ${call.trunkId}, and no dispatch rule took it.${noRuleDoubt(call)}`,
  next: () =>
    "Give it your rules, and it names the one that should have taken the call and the field that kept it out: `lk sip dispatch list --json > rules.json`, then `--rules rules.json`.",
};

/** Says what keeps it from being certain, in a sentence with a space before it. */
export function noRuleDoubt(call: LoggedCall): string {
  if (isServerOnly(call))
    return " livekit-server logs the same when two rules are in conflict; livekit-sip's log would tell.";
  return isOldRejection(call)
    ? " livekit-sip up to 1.3.0 logs the same when two rules are in conflict; the line `SIP handle dispatch rule error` before it would tell."
    : "";
}

/** Returns what the caller's side sees: livekit-server rejects the call since 1.13.8, and dropped it before. */
function noRuleWire(call: LoggedCall): string {
  if ([...call.messages].some((message) => REJECTED.includes(message)) || call.reason === "no-dispatch")
    return "180, then 404 Does not match Trunks or Dispatch Rules";
  return isServerOnly(call)
    ? ""
    : "180, then nothing: no final answer, and none to a CANCEL; the 486 stands in the log alone";
}

function isOldRejection({ reason, hasResult }: LoggedCall): boolean {
  return reason === "no-dispatch" && !hasResult;
}
