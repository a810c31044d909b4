import { comparePriority } from "./priority.ts";
import { inStoreOrder, type StoredRule, type Wanted } from "./stored-rule.ts";

/** The place of each rule among those that a server holds: of several that could take a call the lowest does. */
export function placesOf<Label>(held: readonly StoredRule<Label>[]): Map<Label, number> {
  const sorted = inStoreOrder(held).toSorted(comparePriority);
  return new Map(sorted.map(({ label }, place) => [label, place]));
}

/**
 * The rule that goes before the others: one that is bound to the trunk before one that is not. Those without a place are
 * not held. Source: protocol sip/sip.go at v1.50.4, MatchDispatchRuleIter.
 */
export function firstOf<C extends Pick<Wanted, "trunk">>(
  rules: readonly C[],
  placeOf: (rule: C) => number | undefined,
): C | undefined {
  let best: C | undefined;
  let bestPlace = Infinity;
  for (const rule of rules) {
    const place = placeOf(rule);
    if (place === undefined) continue;
    const [isBound, isBestBound] = [rule, best].map((one) => (one?.trunk.length ?? 0) > 0);
    if (!best || (isBound === isBestBound ? place < bestPlace : isBound)) [best, bestPlace] = [rule, place];
  }
  return best;
}
