import { knownAmong } from "../routing/known-trunks.ts";
import { knownItems } from "../routing/rule-routing.ts";
import { check, type Said } from "./check.ts";
import { isNeverANumber } from "./number-never-matches.ts";
import { placeOf } from "./written-items.ts";
import { numbersInWords } from "./words.ts";

/** Trunks compare normalised, and rules exactly: protocol sip/sip.go, MatchTrunkDetailed and EvaluateDispatchRule. */
export const spelledOtherwise = check({
  id: "spelled-otherwise",
  severity: "warning",
  title: "The known trunks spell a number in another way",
  why: "livekit-server compares the numbers of trunks normalised and those of rules exactly, so that a call may match the trunk and not the rule.",
  next: "Write numbers as they come in the calls, most often as the trunks have them; `sip-dispatch route` shows whether a rule takes a call.",
  routing: "beside-table",
  ofMigrated: ({ choice: { otherwise = [] } }) => saidOf(otherwise),
  ofRule: (rule) => {
    const { calledNumbers, callingNumbers, trunkIds } = rule.routing;
    const all = [...knownItems(calledNumbers), ...knownItems(callingNumbers)];
    // Those that no call has are findings of their own.
    const numbers = all.filter((number) => !isNeverANumber(number));
    const { otherwise } = knownAmong(numbers, knownItems(trunkIds), rule.knownTrunks);
    return saidOf(otherwise).map((said) => ({ ...said, place: placeOf(rule, otherwise[0]) }));
  },
});

function saidOf(numbers: readonly string[]): Said[] {
  if (numbers.length === 0) return [];
  const message = `the known trunks spell ${numbersInWords([...numbers])} in another way, and livekit-server compares the numbers of a rule exactly`;
  return [{ message }];
}
