import type { Cause } from "../cause.ts";
import { DISPATCH_ERROR } from "../messages.ts";

/** Logs: i1, i5 and i8 of the calls that were made, livekit-sip 1.1.1 to 1.11.0. */
export const ruleConflict: Cause = {
  id: "rule-conflict",
  title: "two dispatch rules are in conflict",
  messages: [
    DISPATCH_ERROR,
    "Rejecting inbound call, dispatch evaluation failed",
    "Rejecting call, dispatch evaluation failed",
  ],
  reasons: /^dispatch-error$/,
  certainty: ({ error }) => (isConflict(error) ? "certain" : "likely"),
  wire: ({ hasResult }) =>
    hasResult ? "180, then 503 Try again later" : "180, then 404 Does not match Trunks or Dispatch Rules",
  explanation: ({ error }, hide) => {
    const [, id, name] = NAMED.exec(error) ?? [];
    if (error.includes("nsupported SIP Dispatch Rule"))
      return "livekit-server refuses its dispatch rules, because one of them is neither direct nor individual nor callee. Every call for which it lists that rule fails.";
    const named =
      id === undefined ? "" : ` One of them is ${id}${name === "" ? "" : `, ${hide(name ?? "")}`}.`;
    const doubt = isConflict(error)
      ? ""
      : " The line `SIP handle dispatch rule error`, which would say so, is missing.";
    return `livekit-server refuses its dispatch rules, because two of them are the same to it: same trunk, numbers and PIN.${named} Every call for which it lists both fails, whichever rule it was for.${doubt}`;
  },
  next: () =>
    "`lk sip dispatch list --json > rules.json`, then `--rules rules.json` names the other one. Delete one of them, or give them different numbers or PINs.",
};

/** Source: protocol sip/sip.go at v1.54.0, DispatchRuleValidator; at v1.36.0 for the older text. */
const NAMED = /already exists in dispatch rule "([^"]*)" "([^"]*)"/;

function isConflict(error: string): boolean {
  return /already exists in dispatch rule|Conflicting SIP Dispatch Rules|nsupported SIP Dispatch Rule/.test(
    error,
  );
}

/** The id of the rule that the server names in a conflict; empty where it names none. */
export function ruleNamedIn(error: string): string {
  return NAMED.exec(error)?.[1] ?? "";
}
