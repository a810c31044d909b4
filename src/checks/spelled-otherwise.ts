import { knownAmong, type Respelled, trunksWith } from "../routing/known-trunks.ts";
import { knownItems } from "../routing/rule-routing.ts";
import type { Trunk } from "../routing/trunks.ts";
import { check, type Said } from "./check.ts";
import { isNeverANumber } from "./number-never-matches.ts";
import { placeOf } from "./written-items.ts";
import { filesInWords, numbersInWords } from "./words.ts";

/** Trunks compare normalised, and rules exactly: protocol sip/sip.go, MatchTrunkDetailed and EvaluateDispatchRule. */
export const spelledOtherwise = check({
  id: "spelled-otherwise",
  severity: "warning",
  title: "The known trunks spell a number in another way",
  why: "livekit-server compares the numbers of trunks normalised and those of rules exactly, so that a call may match the trunk and not the rule.",
  next: "Write numbers as they come in the calls, most often as the trunks have them; `sip-dispatch route` shows whether a rule takes a call.",
  routing: "beside-table",
  ofMigrated: ({ choice: { otherwise = [], trunks = [] } }) => saidOf(otherwise, [], trunks),
  ofRule: (rule) => {
    const { calledNumbers, callingNumbers, trunkIds } = rule.routing;
    const all = [...knownItems(calledNumbers), ...knownItems(callingNumbers)];
    // Those that no call has are findings of their own.
    const numbers = all.filter((number) => !isNeverANumber(number));
    const ids = knownItems(trunkIds);
    const { otherwise } = knownAmong(numbers, ids, rule.knownTrunks);
    const place = placeOf(rule, otherwise[0]?.number);
    return saidOf(otherwise, ids, rule.knownTrunks).map((said) => ({ ...said, place }));
  },
});

function saidOf(
  numbers: readonly Respelled[],
  ids: readonly string[],
  trunks: readonly Trunk[] | undefined,
): Said[] {
  if (numbers.length === 0) return [];
  const both = numbersInWords(numbers.map(({ number, ofTrunk }) => `${number} as ${ofTrunk}`));
  const of = trunksWith(
    numbers.map(({ number }) => number),
    ids,
    trunks,
  );
  const message = `the known trunks${filesInWords(of)} spell ${both}, and livekit-server compares the numbers of a rule exactly`;
  return [{ message }];
}
