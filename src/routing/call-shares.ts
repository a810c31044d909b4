import type { Server } from "../rule/server.ts";
import {
  type CallDifference,
  type CallOutcome,
  type Flow,
  type RuleChange,
  type RuleNumber,
  compareCalls,
} from "./call-flows.ts";
import { type Box, merged } from "./call-boxes.ts";

/** Calls that go from one rule to another, or from or to none. */
export interface Part {
  boxes: Box[];
  /** The rule that takes them before, or asks for a PIN that none has; undefined: none does. */
  from: RuleNumber | undefined;
  to: RuleNumber | undefined;
  /** Of each kind of them some. */
  examples: Example[];
}

/** Calls that end alike: in a room, or with a PIN that no rule has. */
export interface Example {
  box: Box;
  /** True if the rule takes them, before and after. */
  reached: { before: boolean; after: boolean };
}

/**
 * The part of one rule in the change for calls. Calls that go from rule to rule are in the share of one of the two.
 */
export interface Share {
  gains: Part[];
  loses: Part[];
  /** Calls that the rule takes before and after, and treats in another way. */
  changes: Part[];
  /** True if any call comes to the rule, or leaves it, be it in the share of another. */
  moves: boolean;
}

/** Two sets of rules compared: what differs for calls, and the part of each rule in it. */
export interface ComparedCalls {
  rules: readonly RuleChange[];
  difference: CallDifference;
  /** One for each of the rules. */
  shares: readonly Share[];
}

/** Compares what a server does with calls that holds the rules before, and then the rules after. */
export function comparedCalls(rules: readonly RuleChange[], server: Server): ComparedCalls {
  const difference = compareCalls(rules, server);
  return { rules, difference, shares: shareOut(difference, rules) };
}

/**
 * Shares the flows out among the rules, as few parts as there are pairs of rules. Where a call goes from rule to rule it
 * belongs to the one that changed; where both did, to the one that loses it, unless the other is new.
 */
export function shareOut(difference: CallDifference, rules: readonly RuleChange[]): Share[] {
  const shares = rules.map((): Share => ({ gains: [], loses: [], changes: [], moves: false }));
  for (const part of partsOf(difference.flows)) {
    const { from, to } = part;
    if (from === to) {
      if (from !== undefined) shares[from]?.changes.push(part);
      continue;
    }
    for (const rule of [from, to]) {
      const share = rule === undefined ? undefined : shares[rule];
      if (share) share.moves = true;
    }
    if (from === undefined || (to !== undefined && belongsToGainer(rules, difference, from, to)))
      shares[to ?? -1]?.gains.push(part);
    else shares[from]?.loses.push(part);
  }
  return shares;
}

function partsOf(flows: readonly Flow[]): Part[] {
  const parts = new Map<string, Part>();
  for (const { boxes, before, after } of flows) {
    const [from, to] = [takerOf(before), takerOf(after)];
    const key = `${from} ${to}`;
    const part = parts.get(key) ?? { boxes: [], from, to, examples: [] };
    parts.set(key, part);
    part.boxes.push(...boxes);
    const reached = { before: before.kind === "taken", after: after.kind === "taken" };
    part.examples.push(...boxes.slice(0, 1).map((box) => ({ box, reached })));
  }
  return [...parts.values()].map((part) => ({ ...part, boxes: merged(part.boxes) }));
}

function takerOf(outcome: CallOutcome): RuleNumber | undefined {
  return outcome.kind === "no-rule" ? undefined : outcome.rule;
}

function belongsToGainer(
  rules: readonly RuleChange[],
  { treatments }: CallDifference,
  from: RuleNumber,
  to: RuleNumber,
): boolean {
  if (!rules[to]?.before) return true;
  return isChanged(rules[to], treatments[to]) && !isChanged(rules[from], treatments[from]);
}

/** Tells whether a rule takes other calls by itself, or treats them in another way. */
function isChanged(
  rule: RuleChange | undefined,
  treatment: CallDifference["treatments"][number] | undefined,
): boolean {
  const [before, after] = [rule?.before, rule?.after];
  if (!before || !after) return true;
  const lists = (info: typeof before): string =>
    JSON.stringify([info.numbers, info.inboundNumbers, info.trunkIds].map((list) => list.toSorted()));
  return (
    lists(before) !== lists(after) || JSON.stringify(treatment?.before) !== JSON.stringify(treatment?.after)
  );
}
