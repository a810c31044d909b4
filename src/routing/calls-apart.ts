import { groupBy } from "../rule/group-by.ts";
import type { Server } from "../rule/server.ts";
import {
  type CallDifference,
  type CallOutcome,
  compareCalls,
  type NewRefusal,
  type RuleChange,
  type RuleNumber,
} from "./call-flows.ts";

/** A rule before and after; those of different environments are never on one server. */
export interface PlacedChange extends RuleChange {
  environment?: string | undefined;
}

/**
 * Compares calls as compareCalls does, the rules of each environment by themselves. Rules that name none are one more
 * environment. A rule's number is its place among all.
 */
export function compareCallsApart(changes: readonly PlacedChange[], server: Server): CallDifference {
  const groups = groupBy(changes.keys(), (number) => changes[number]?.environment);
  if (groups.size <= 1) return compareCalls(changes, server);
  const all: CallDifference = {
    flows: [],
    treatments: changes.map(() => ({ before: undefined, after: undefined })),
    moved: new Set(),
    newRefusals: [],
    oldRefusals: [],
    cut: 0,
  };
  for (const numbers of groups.values()) {
    const part = compareCalls(
      numbers.flatMap((number) => changes[number] ?? []),
      server,
    );
    add(all, part, (rule) => numbers[rule] ?? rule);
  }
  return all;
}

function add(all: CallDifference, part: CallDifference, numberOf: (rule: RuleNumber) => RuleNumber): void {
  const outcome = (one: CallOutcome): CallOutcome =>
    one.kind === "no-rule" ? one : { ...one, rule: numberOf(one.rule) };
  const refusal = <R extends NewRefusal | CallDifference["oldRefusals"][number]>(one: R): R => ({
    ...one,
    rule: numberOf(one.rule),
    ...(one.code === "conflict" && { other: numberOf(one.other) }),
  });
  for (const flow of part.flows)
    all.flows.push({ ...flow, before: outcome(flow.before), after: outcome(flow.after) });
  for (const [rule, treatment] of part.treatments.entries()) all.treatments[numberOf(rule)] = treatment;
  all.moved = new Set([...all.moved, ...part.moved]);
  all.newRefusals.push(...part.newRefusals.map(refusal));
  all.oldRefusals.push(...part.oldRefusals.map(refusal));
  all.cut += part.cut;
}
