import type { WrittenRule } from "./written-rules.ts";

/** A rule on two sides; one of them is missing for a rule that is new or gone. */
export interface RulePair {
  before: WrittenRule | undefined;
  after: WrittenRule | undefined;
}

/**
 * Pairs the rules of two sides: by id, by place and name, by name, by the calls that they take, then by place, each as
 * long as it is unambiguous. The functions give a path of a side without what only says which side it is.
 */
export function pairRules(
  before: readonly WrittenRule[],
  after: readonly WrittenRule[],
  insideBefore: (path: string) => string = fileOf,
  insideAfter: (path: string) => string = insideBefore,
): RulePair[] {
  const pairs = new Map<WrittenRule, WrittenRule>();
  const taken = new Set<WrittenRule>();
  const keys: ((rule: WrittenRule, inside: string) => string)[] = [
    ({ info }) => info.sipDispatchRuleId,
    ({ info }, inside) => info.name && `${inside} ${info.name}`,
    ({ info }) => info.name,
    callsOf,
    ({ line }, inside) => `${inside}:${line}`,
    (_, inside) => `${inside}:`,
    ({ path }) => fileOf(path),
    ...(before.length === 1 && after.length === 1 ? [() => "the only ones"] : []),
  ];
  for (const key of keys) {
    const ours = uniques(before, (rule) => key(rule, insideBefore(rule.path)), pairs);
    const theirs = uniques(after, (rule) => key(rule, insideAfter(rule.path)), taken);
    for (const [name, rule] of ours) {
      const other = theirs.get(name);
      if (!other || name === "" || contradict(rule, other)) continue;
      pairs.set(rule, other);
      taken.add(other);
    }
  }
  return [
    ...before.map((rule) => ({ before: rule, after: pairs.get(rule) })),
    ...after.filter((rule) => !taken.has(rule)).map((rule) => ({ before: undefined, after: rule })),
  ];
}

/** The numbers of a rule, whichever filter they stand in; empty for a rule without any. */
function callsOf({ info }: WrittenRule): string {
  const numbers = [...info.numbers, ...info.inboundNumbers];
  return numbers.length === 0 ? "" : JSON.stringify([numbers.toSorted(), info.trunkIds.toSorted()]);
}

/** Two ids, both set, that are not the same: then they are two rules. */
function contradict(a: WrittenRule, b: WrittenRule): boolean {
  const [one, other] = [a.info.sipDispatchRuleId, b.info.sipDispatchRuleId];
  return one !== "" && other !== "" && one !== other;
}

/** The rules that are not paired yet, by a key that only one of them has. */
function uniques(
  rules: readonly WrittenRule[],
  key: (rule: WrittenRule) => string,
  paired: { has(rule: WrittenRule): boolean },
): Map<string, WrittenRule> {
  const found = new Map<string, WrittenRule | undefined>();
  for (const rule of rules) {
    if (paired.has(rule)) continue;
    const name = key(rule);
    found.set(name, found.has(name) ? undefined : rule);
  }
  return new Map([...found].flatMap(([name, rule]) => (rule ? [[name, rule]] : [])));
}

/** The last part of a path, or of a path in a revision. */
function fileOf(path: string): string {
  return path.slice(Math.max(path.lastIndexOf("/"), path.lastIndexOf(":")) + 1);
}

/** The rules of a side, and what can't be used of it. */
interface ReadRules {
  rules: readonly WrittenRule[];
  unusable: readonly { path: string }[];
  insideOf: (path: string) => string;
}

/**
 * The pairs of two sides, of which some may be read in part. A rule whose other half may stand in what can't be used is
 * taken for one that stays, and counted as `skipped`; such pairs stand last.
 */
export function withoutUnknown(before: ReadRules, after: ReadRules): { pairs: RulePair[]; skipped: number } {
  const isBroken = (side: ReadRules): ((inside: string) => boolean) => {
    const broken = new Set(side.unusable.map(({ path }) => side.insideOf(path)));
    return (inside) => broken.has(inside);
  };
  const [brokenBefore, brokenAfter] = [isBroken(before), isBroken(after)];
  const pairs = pairRules(before.rules, after.rules, before.insideOf, after.insideOf);
  const isUnknown = (pair: RulePair): boolean => {
    if (pair.before && pair.after) return false;
    if (pair.before) return brokenAfter(before.insideOf(pair.before.path));
    return pair.after !== undefined && brokenBefore(after.insideOf(pair.after.path));
  };
  const unknown = pairs.filter(isUnknown);
  return {
    pairs: [
      ...pairs.filter((pair) => !isUnknown(pair)),
      ...unknown.map((pair) => ({ before: pair.before ?? pair.after, after: pair.after ?? pair.before })),
    ],
    skipped: unknown.length,
  };
}
