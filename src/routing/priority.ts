import type { StoredRule } from "./stored-rule.ts";
import { compareText } from "../rule/text-order.ts";

const LAST = 2 ** 31 - 1;
const KINDS = { direct: 0, individual: 1, callee: 2 };

/**
 * The server's priority of a rule; lower wins. Each number filter that is missing costs more than a missing
 * PIN, which costs more than the kind. Source: protocol sip/sip.go at v1.50.4, DispatchRulePriority. (Servers
 * before v1.9.11 have no penalty for missing `numbers`, which they don't know: that is the same order, 1000
 * lower.)
 */
export function priorityOf(rule: StoredRule<unknown>): number {
  if (rule.kind === undefined) return LAST;
  return (
    KINDS[rule.kind] +
    (rule.pin === "" ? 100 : 0) +
    (rule.calling.length === 0 ? 1000 : 0) +
    (rule.called.length === 0 ? 1000 : 0)
  );
}

/**
 * Sorts the rule that wins first: the lower priority, then the smaller `room_name` or `room_prefix`. Zero:
 * the server keeps the one that it lists first. Source: protocol sip/sip.go at v1.50.4, hasHigherPriority.
 */
export function comparePriority(a: StoredRule<unknown>, b: StoredRule<unknown>): number {
  return priorityOf(a) - priorityOf(b) || compareText(a.room, b.room);
}

/** Returns what a priority is made of: how many number filters the rule has, whether it has a PIN, and its kind. */
export function priorityParts(priority: number): {
  filters: number;
  hasPin: boolean;
  kind: keyof typeof KINDS;
} {
  const rest = priority % 1000;
  const kinds = ["direct", "individual", "callee"] as const;
  return {
    filters: 2 - Math.floor(priority / 1000),
    hasPin: rest < 100,
    kind: kinds[rest % 100] ?? "callee",
  };
}
