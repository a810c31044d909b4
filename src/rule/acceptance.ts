import { firstRefusal, type ConflictReport } from "./conflicts.ts";
import type { Server } from "./server.ts";
import { inStoreOrder, listedFor, storedRule, type Rule } from "./stored.ts";

/**
 * Whether a server takes a new rule beside those that it holds. It compares it with, and the others among
 * themselves, the rules that it lists for the request's *flat* `trunk_ids`: for a flat request with trunks those
 * with one of them and the wildcard rules; for any other request, so for each wrapped one, all rules, whose old
 * conflicts then refuse the new rule.
 * Source: livekit pkg/service/sip.go at 788d4c354, CreateSIPDispatchRule. (Before v1.8.4 it listed all rules.)
 */
export function checkCreate<Label>(
  held: readonly Rule<Label>[],
  created: Rule<Label>,
  flatTrunkIds: readonly string[],
  server: Server,
): ConflictReport<Label> {
  const rules = [...inStoreOrder(held.filter(listedFor(flatTrunkIds))), created];
  return firstRefusal(rules.map((rule) => storedRule(rule, server)));
}

/**
 * Whether a server replaces the rule with the given one's id by it. It checks the rules that it lists for the new
 * `trunk_ids`; when the old rule is not among them, the new one is compared with nothing.
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
