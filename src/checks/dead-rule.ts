import { callsInWords } from "./calls-in-words.ts";
import { precedenceInWords } from "../routing/loss-words.ts";
import { check } from "./check.ts";
import { comparedIn } from "./compared-rules.ts";
import { otherInWords } from "./rule-name.ts";

/** Protocol sip/sip.go at v1.50.4, MatchDispatchRuleIter and hasHigherPriority. */
export const deadRule = check({
  id: "dead-rule",
  severity: "warning",
  title: "A rule to which no call can come",
  why: "Others take every call that it wants, and there is no falling back, not even from a PIN that is wrong.",
  next: "Give it calls of its own, or delete it; `sip-dispatch route` shows which rule takes a call.",
  ofRules: (set) =>
    comparedIn(set).dead.map((contest) => {
      const { rule, taker, calls, because } = contest;
      const message = `no call comes to this rule: ${callsInWords(calls)} go to ${otherInWords(taker)}, because ${precedenceInWords(because)}`;
      return {
        rule,
        also: [taker],
        message,
        ...(rule.form !== "listed" && { certainty: "likely" as const }),
      };
    }),
});
