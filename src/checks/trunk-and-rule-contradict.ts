import { knownAmong } from "../routing/known-trunks.ts";
import { refusedByTrunks } from "../routing/calls-over-trunks.ts";
import { knownItems } from "../routing/rule-routing.ts";
import { check, type Said } from "./check.ts";
import { isNeverANumber } from "./number-never-matches.ts";
import { placeOf } from "./written-items.ts";
import { codeWords, filesInWords, lackedBy, numbersInWords } from "./words.ts";

/** Protocol sip/sip.go at v1.54.0, MatchTrunkDetailed and MatchDispatchRuleIter. */
export const trunkAndRuleContradict = check({
  id: "trunk-and-rule-contradict",
  severity: "warning",
  title: "The rule wants calls that its trunks don't let in",
  why: "A call first has to match a trunk. One that its trunk refuses still comes to a rule without trunks, if there is one.",
  ofRule: (rule) => {
    const { routing, knownTrunks } = rule;
    if (!knownTrunks) return [];
    const trunkIds = knownItems(routing.trunkIds);
    const wanted = { called: knownItems(routing.calledNumbers), calling: knownItems(routing.callingNumbers) };
    const refused = refusedByTrunks({ ...wanted, trunkIds }, knownTrunks);
    // Numbers that no call has, and those in the wrong filter, are findings of their own.
    const called = without(refused.called, knownAmong(wanted.called, trunkIds, knownTrunks).callers);
    const calling = without(refused.calling, knownAmong(wanted.calling, trunkIds, knownTrunks).own);
    const [their, many] = trunkIds.length === 1 ? ["its", "trunk"] : ["their", "trunks"];
    const own = knownTrunks.filter(({ id }) => trunkIds.includes(id));
    const trunks = `its ${many} ${codeWords(trunkIds.slice(0, 4))}${filesInWords(own)}`;
    const isOpen = own.some(({ numbers }) => numbers.length === 0);
    const said = (way: string, numbers: readonly string[], because: string, next: string): Said[] => {
      const message = `no call ${way} ${numbersInWords([...numbers])} comes over ${trunks}: ${because}`;
      return numbers.length === 0
        ? []
        : [{ message, next, place: placeOf(rule, numbers[0]), ...lackedBy(rule) }];
    };
    return [
      ...said(
        "to",
        called,
        isOpen ? "another trunk has it" : `not among ${their} \`numbers\``,
        "Put the number into the trunk's `numbers`, or bind the rule to the trunk that has it.",
      ),
      ...said(
        "from",
        calling,
        `not among ${their} \`allowed_numbers\`; a rule without trunks takes it, if there is one`,
        "Put the caller into the trunk's `allowed_numbers`, or take it out of the rule.",
      ),
    ];
  },
});

function without(numbers: readonly string[], others: readonly string[]): string[] {
  return numbers.filter((number) => !others.includes(number) && !isNeverANumber(number));
}
