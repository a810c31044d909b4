import { canCome } from "./calls-over-trunks.ts";
import { type Candidate, type Region, regionsOf } from "./call-regions.ts";
import { beatenBy, type Loss } from "./mismatch.ts";
import { firstOf, placesOf } from "./precedence.ts";
import type { StoredRule } from "./stored-rule.ts";
import type { Trunk } from "./trunks.ts";

/** A rule that loses calls to another one, and some of those calls. */
export interface Contest<Label> {
  rule: Label;
  /** The rule that takes them. */
  taker: Label;
  because: Loss;
  calls: Pick<Region<Candidate>, "called" | "calling" | "trunk">;
}

/** The calls that rules of one server take from each other. */
export interface Contests<Label> {
  /** The rules to which no call comes, because others take all that they want: each with the first of those. */
  dead: Contest<Label>[];
  /**
   * The others that lose calls to a rule that wants none of them in particular: one that is as wide as they are, or
   * wider, in what it filters. A rule that takes fewer calls than they do goes before them as it should.
   */
  taken: Contest<Label>[];
  /** How many numbers and trunks were left out, because there were too many to compare. */
  cut: number;
}

interface Contender<Label> extends StoredRule<Label>, Candidate {
  place: number;
}

/** Compares rules of which a server refuses none. Pure, and bounded in time: what was left out is counted. */
export function contestsOf<Label>(
  rules: readonly StoredRule<Label>[],
  trunks: readonly Trunk[] = [],
  mostSteps?: number,
): Contests<Label> {
  const places = placesOf(rules);
  const contenders = rules.map((rule): Contender<Label> => ({
    ...rule,
    changed: true,
    place: places.get(rule.label) ?? 0,
  }));
  const { regions, cut } = regionsOf(contenders, new Set(), mostSteps);
  const winners = new Set<Contender<Label>>();
  const losses = new Map<Contender<Label>, { first: Contest<Label>; odd: Contest<Label> | undefined }>();
  const isNarrower = narrowness<Label>();
  for (const region of regions) {
    if (!canCome(region, trunks)) continue;
    for (const [taker, losers] of takersIn(region.candidates)) {
      winners.add(taker);
      for (const loser of losers) {
        const known = losses.get(loser);
        if (known?.odd) continue;
        const { called, calling, trunk } = region;
        const because = beatenBy(taker, loser);
        const calls = { called, calling, trunk };
        const contest = { rule: loser.label, taker: taker.label, because, calls };
        const odd = isNarrower(taker, loser) ? undefined : contest;
        losses.set(loser, { first: known?.first ?? contest, odd });
      }
    }
  }
  const lost = [...losses];
  return {
    // What was left out may come to any of them.
    dead: cut > 0 ? [] : lost.flatMap(([one, { first, odd }]) => (winners.has(one) ? [] : [odd ?? first])),
    taken: lost.flatMap(([one, { odd }]) => (odd && (winners.has(one) || cut > 0) ? [odd] : [])),
    cut,
  };
}

/**
 * Who takes calls of one region, each with those that lose them to it. The first rule decides whether a PIN is asked
 * for; the one that is entered then leaves the rules with that PIN. Source: protocol sip/sip.go at v1.50.4,
 * MatchDispatchRuleIter.
 */
function takersIn<Label>(rules: readonly Contender<Label>[]): [Contender<Label>, Contender<Label>[]][] {
  const placeOf = ({ place }: Contender<Label>): number => place;
  const first = firstOf(rules, placeOf);
  if (!first) return [];
  if (first.pin === "") return [[first, rules.filter((rule) => rule !== first)]];
  return [...new Set(rules.map(({ pin }) => pin))].flatMap(
    (pin): [Contender<Label>, Contender<Label>[]][] => {
      const some = rules.filter((rule) => rule.pin === pin);
      if (pin === "") return [[first, some]];
      const taker = firstOf(some, placeOf);
      return taker ? [[taker, some.filter((rule) => rule !== taker)]] : [];
    },
  );
}

/** Returns what tells whether a rule takes no call that another does not take, too; what is asked twice is kept. */
function narrowness<Label>(): (one: Contender<Label>, other: Contender<Label>) => boolean {
  const known = new Map<string, boolean>();
  const sets = new Map<readonly string[], ReadonlySet<string>>();
  const isWithin = (list: readonly string[], other: readonly string[]): boolean => {
    if (other.length === 0) return true;
    if (list.length === 0 || list.length > other.length) return false;
    const all = sets.get(other) ?? new Set(other);
    sets.set(other, all);
    return list.every((value) => all.has(value));
  };
  return (one, other) => {
    const key = `${one.place} ${other.place}`;
    const answer =
      known.get(key) ??
      (isWithin(one.called, other.called) &&
        isWithin(one.calling, other.calling) &&
        isWithin(one.trunk, other.trunk));
    known.set(key, answer);
    return answer;
  };
}
