import { type SIPDispatchRuleInfo, SIPDispatchRuleInfoSchema } from "../gen/livekit/livekit_sip_pb.ts";
import type { SiteResult, SourceResult } from "./outcome.ts";
import { messageFromJson } from "../rule/message.ts";
import { isSameRouting } from "../routing/rule-routing.ts";
import { NEWEST, type Server } from "../rule/server.ts";
import {
  type CallDifference,
  type CallOutcome,
  compareCalls,
  type RuleChange,
} from "../routing/call-flows.ts";
import { ruleRoutedAs } from "../routing/partly-known-rule.ts";
import { type Share, shareOut } from "../routing/call-shares.ts";

/**
 * The change for calls by a migration, with all its rules taken together. Rules are known by their places in these
 * lists.
 */
export interface MigrationCalls {
  sites: SiteResult[];
  rules: RuleChange[];
  difference: CallDifference;
  shares: Share[];
  /** How many of the rules without an expression migrate. */
  migrated: number;
  /** How many hold an expression or a placeholder. Each is compared alone, because the others may have its values. */
  unknown: number;
  /** How many rules were not compared because a page only shows them. */
  shownOnly: number;
}

/**
 * Compares the calls of all rules in the results before and after; undefined when nothing changes for any of them. What
 * a page shows may be no rule of the server on which the others are: `isShownOnly` tells the paths of such sources.
 */
export function callsOfMigration(
  results: readonly SourceResult[],
  server: Server = NEWEST,
  isShownOnly: (path: string) => boolean = () => false,
): MigrationCalls | undefined {
  const all = results.flatMap((result) => result.sites).filter((site) => site.routing !== null);
  const compared = all.filter(({ path }) => !isShownOnly(path));
  if (!compared.some((site) => site.outcome === "migrated" && changesRouting(site))) return undefined;
  const known = compared.filter(({ before }) => before !== null);
  const unknown = compared.filter(({ before }) => before === null);
  const sites = [...known, ...unknown];
  const rules = sites.map(ruleChange);
  const difference = compareCalls(rules.slice(0, known.length), server);
  for (const [at, rule] of rules.slice(known.length).entries()) {
    addAlone(difference, compareCalls([rule], server), known.length + at);
  }
  return {
    sites,
    rules,
    difference,
    shares: shareOut(difference, rules),
    migrated: known.filter(({ outcome }) => outcome === "migrated").length,
    unknown: unknown.length,
    shownOnly: all.length - compared.length,
  };
}

/** The rules of which every value is known, before and after. */
export function knownRules({ rules, unknown }: MigrationCalls): RuleChange[] {
  return rules.slice(0, rules.length - unknown);
}

/** Tells whether livekit-server takes other calls after the migration than today. */
export function changesRouting({ routing }: SiteResult): boolean {
  return routing === null || !isSameRouting(routing.server, routing.after);
}

/**
 * Tells whether the rule takes the calls that it took before, also where its numbers are read as they were
 * documented.
 */
export function staysAsDocumented(site: SiteResult): boolean {
  const { routing } = site;
  return routing !== null && !changesRouting(site) && isSameRouting(routing.documented, routing.server);
}

/** What is left to a person stays as it is. */
function ruleChange(site: SiteResult): RuleChange {
  const { before, after, routing, outcome } = site;
  if (before) return { before: info(before), after: info(after ?? before) };
  if (!routing) return { before: undefined, after: undefined };
  const today = ruleRoutedAs(routing.server);
  return { before: today, after: outcome === "migrated" ? ruleRoutedAs(routing.after) : today };
}

function info(json: NonNullable<SiteResult["before"]>): SIPDispatchRuleInfo {
  return messageFromJson(SIPDispatchRuleInfoSchema, json);
}

/** Adds what one rule alone does, which has the number 0 there and `number` here. */
function addAlone(all: CallDifference, alone: CallDifference, number: number): void {
  const renumbered = (outcome: CallOutcome): CallOutcome =>
    outcome.kind === "no-rule" ? outcome : { ...outcome, rule: number };
  for (const { boxes, before, after } of alone.flows) {
    all.flows.push({ boxes, before: renumbered(before), after: renumbered(after) });
  }
  all.treatments.push(...alone.treatments);
  all.moved = new Set([...all.moved, ...alone.moved]);
  all.cut += alone.cut;
}
