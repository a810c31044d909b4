import type { CallDifference, RuleNumber } from "../routing/call-flows.ts";
import { sameMeaning } from "../routing/meaning.ts";
import type { RulePair } from "../routing/rule-pairs.ts";
import { type ComparedCalls, comparedCalls, type Share } from "../routing/call-shares.ts";
import { isNoticedAlike } from "../routing/treatment.ts";
import type { Server } from "../rule/server.ts";
import type { CallContext } from "./call-lines.ts";
import { type Shown, visible } from "./style.ts";

/** Two sides compared: every rule of both, and what differs for calls. */
export interface Comparison extends ComparedCalls {
  pairs: RulePair[];
  /** The server on which they are compared. */
  server: Server;
  /** How many pairs, the last ones, were not compared, because the other side can't be read. */
  skipped: number;
}

/** Compares the rules of two sides on a server. */
export function comparePairs(pairs: RulePair[], server: Server, skipped = 0): Comparison {
  const rules = pairs.map(({ before, after }) => ({
    before: before?.info,
    after: after?.info,
    environment: (after ?? before)?.environment,
  }));
  return { ...comparedCalls(rules, server), pairs, server, skipped };
}

/** Tells whether the two sides of a pair mean the same, in whatever form they are written. */
export function isSamePair({ before, after }: RulePair): boolean {
  return before !== undefined && after !== undefined && sameMeaning(before.info, after.info);
}

/** Returns what lines about the calls of the comparison are made of. */
export function callContext(comparison: Comparison, { style, redact }: Shown): CallContext {
  const nameOf = (rule: RuleNumber): string => nameWithPlace(comparison.pairs[rule]);
  return { ...comparison, nameOf, before: "before", style, redact };
}

/** Returns what it comes to for the calls of a rule that differs. */
export function verdictOf(
  { before, after }: RulePair,
  share: Share | undefined,
  treatment: CallDifference["treatments"][number] | undefined,
): string {
  if (!before) return "new rule";
  if (!after) return "gone";
  if (share?.moves) return "calls change";
  if ((share?.changes.length ?? 0) === 0) return "same calls";
  return isNoticedAlike(treatment?.before, treatment?.after)
    ? "same calls, other settings"
    : "treated in another way";
}

/** The name of a rule, before and after where it changed; empty where it has none. */
export function nameOfPair({ before, after }: RulePair): string {
  const [was, is] = [before?.info.name, after?.info.name].map((name) => name && visible(name));
  if (was && is && was !== is) return `${was} → ${is}`;
  return is || was || "";
}

/** Says where a rule stands, before and after. */
export function placeOfPair({ before, after }: RulePair): string {
  const places = [before, after].flatMap((one) => (one ? [`${visible(one.path)}:${one.line}`] : []));
  return [...new Set(places)].join(" → ");
}

/** Says how a rule is called where another one is talked about. */
export function nameWithPlace(pair: RulePair | undefined): string {
  const rule = pair?.after ?? pair?.before;
  if (!rule) return "";
  return withPlace(rule.info.name, rule);
}

/** A name with the place behind it, or the place alone where the name is empty. */
export function withPlace(name: string, { path, line }: { path: string; line: number }): string {
  const place = `${visible(path)}:${line}`;
  return name === "" ? place : `${visible(name)} (${place})`;
}
