import { knownAmong, trunksWith } from "../routing/known-trunks.ts";
import { knownItems } from "../routing/rule-routing.ts";
import { themOf } from "../rule/count-words.ts";
import { check } from "./check.ts";
import { instead, renamesTo } from "./other-filter.ts";
import { placeOf } from "./written-items.ts";
import { filesInWords, numbersInWords } from "./words.ts";

/** Protocol sip/sip.go at v1.50.4, MatchDispatchRuleIter: `numbers` are compared with the called number. */
export const callerAsOwnNumber = check({
  id: "caller-as-own-number",
  severity: "warning",
  title: "The filter on called numbers holds a caller whom the rule's trunks allow",
  why: "Nobody calls that number over these trunks, so that no call from it comes to the rule.",
  next: "Move callers to `inbound_numbers`, if calls from them are meant.",
  ofRule: (rule) => {
    const { calledNumbers, callingNumbers, trunkIds } = rule.routing;
    const { knownTrunks } = rule;
    const ids = knownItems(trunkIds);
    const { callers } = knownAmong(knownItems(calledNumbers), ids, knownTrunks);
    if (callers.length === 0) return [];
    const from = filesInWords(trunksWith(callers, ids, knownTrunks));
    const message = `\`numbers\` are called numbers, and ${numbersInWords(callers)} ${callers.length === 1 ? "is a caller" : "are callers"} whom the rule's trunks allow${from}: no call from ${themOf(callers.length)} comes here`;
    const areAll = Array.isArray(calledNumbers) && callers.length === calledNumbers.length;
    const renames = areAll ? renamesTo("inbound_numbers", rule) : undefined;
    const there = knownItems(callingNumbers);
    const next = instead("inbound_numbers", callers, { areAll, there });
    return [{ message, place: placeOf(rule, callers[0]), ...next, ...(renames && { renames }) }];
  },
});
