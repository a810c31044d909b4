import { allRefusals, type ConflictReport, firstRefusal, type ServerRefusal } from "./conflicts.ts";
import type { Server } from "../rule/server.ts";
import { inStoreOrder, listedFor, storedRule, type Rule } from "./stored-rule.ts";

/**
 * Tells whether a server replaces the rule with the given one's id by it. It checks the rules that it lists for
 * the new `trunk_ids`; when the old rule is not among them, the new one is compared with nothing.
 * Source: livekit pkg/service/sip.go at 788d4c354, UpdateSIPDispatchRule.
 */
export function checkReplace<Label>(
  held: readonly Rule<Label>[],
  replacement: Rule<Label>,
  server: Server,
): ConflictReport<Label> {
  const id = replacement.info.sipDispatchRuleId;
  const listed = inStoreOrder(held.filter(listedFor(replacement.info.trunkIds)));
  const rules = listed.map((rule) => (rule.info.sipDispatchRuleId === id ? replacement : rule));
  return firstRefusal(rules.map((rule) => storedRule(rule, server)));
}

/**
 * The conflict that a server lets in with a replacement, and doesn't notice before the next call: a rule that moves to
 * other trunks is stored under its old ones, so it is not among those that are checked. From then on every call for
 * which the server lists both rules fails. Undefined: there is none, or the server refuses the replacement.
 * Run: livekit-server v1.13.5 (test/live).
 */
export function letInBy<Label>(
  held: readonly Rule<Label>[],
  replacement: Rule<Label>,
  server: Server,
): ServerRefusal<Label> | undefined {
  if (checkReplace(held, replacement, server).refusals.length > 0) return undefined;
  const id = replacement.info.sipDispatchRuleId;
  const after = held.map((rule) => (rule.info.sipDispatchRuleId === id ? replacement : rule));
  const stored = inStoreOrder(after).map((rule) => storedRule(rule, server));
  const { label } = replacement;
  return allRefusals(stored).refusals.find(
    (refusal) => refusal.rule === label || (refusal.code === "conflict" && refusal.other === label),
  );
}
