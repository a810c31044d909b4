import { type Cause, endsWithoutRule } from "../cause.ts";
import { noRuleDoubt, UNTAKEN } from "./no-rule.ts";

/** Logs: b1, b2, g1, l1 and r2 of the calls that were made: nothing in them tells these apart. */
export const noRuleNoTrunk: Cause = {
  id: "no-rule-no-trunk",
  title: "neither a trunk nor a dispatch rule took it",
  ...UNTAKEN,
  otherwise: endsWithoutRule,
  explanation: (call) =>
    `No inbound trunk matched the call: none has the called number, or the one that has it does not allow this caller or source address. A rule without trunks could still have taken it, and none did.${noRuleDoubt(call)}`,
  brief: () => "No inbound trunk matched the call, and no rule without trunks took it.",
  next: () =>
    "Give it your trunks, and it names the one that refused the call and why: `lk sip inbound list --json > trunks.json`, then `--known-trunks trunks.json`.",
};
