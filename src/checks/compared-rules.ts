import { allRefusals, type Meeting } from "../routing/conflicts.ts";
import { type Contest, contestsOf } from "../routing/contests.ts";
import { storedRule, type StoredRule } from "../routing/stored-rule.ts";
import { isNoticedAlike, treatmentOf } from "../routing/treatment.ts";
import { memoized } from "../rule/memoized.ts";
import { NEWEST } from "../rule/server.ts";
import type { RuleSet, SetRule } from "./facts.ts";
import { placeholderIn } from "./placeholder.ts";

/** Two rules that a server does not hold together; `isSame`: both do the same with the same calls. */
export interface Pair {
  rule: SetRule;
  other: SetRule;
  meeting: Meeting;
  isSame: boolean;
}

/** The calls that rules of a set take from each other, as far as nothing in them is open. */
interface ComparedRules {
  pairs: Pair[];
  dead: Contest<SetRule>[];
  taken: Contest<SetRule>[];
  /** How many rules, numbers and trunks were not compared, because there are too many. */
  cut: number;
}

/** Compares the rules of a set. What was compared once is kept. */
export const comparedIn = memoized(({ rules, knownTrunks, server = NEWEST }: RuleSet): ComparedRules => {
  const stored = rules.flatMap((rule): StoredRule<SetRule>[] => {
    const one = rule.info && storedRule({ label: rule, info: rule.info }, server);
    return one && one.kind !== undefined && !isOpen(one) ? [one] : [];
  });
  const { refusals, unchecked } = allRefusals(stored);
  const refused = new Set<SetRule>();
  const pairs: Pair[] = [];
  for (const refusal of refusals) {
    refused.add(refusal.rule);
    if (refusal.code !== "conflict" || refusal.itself) continue;
    const { rule, other, meeting } = refusal;
    pairs.push({ rule, other, meeting, isSame: isSame(rule, other) });
  }
  const held = stored.filter(({ label }) => !refused.has(label));
  const { dead, taken, cut } = contestsOf(held, knownTrunks);
  return { pairs, dead, taken, cut: cut + unchecked };
});

function isSame({ info: one }: SetRule, { info: other }: SetRule): boolean {
  return one !== undefined && other !== undefined && isNoticedAlike(treatmentOf(one), treatmentOf(other));
}

/** Of a rule with a placeholder it is not known which calls it takes. */
function isOpen({ called, calling, trunk, pin }: StoredRule<unknown>): boolean {
  return [...called, ...calling, ...trunk, pin].some((text) => placeholderIn(text) !== undefined);
}
