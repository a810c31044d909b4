import { type SIPDispatchRuleInfo, SIPDispatchRuleInfoSchema } from "../gen/livekit/livekit_sip_pb.ts";
import type { SiteResult, SourceResult } from "./outcome.ts";
import { messageFromJson } from "../rule/message.ts";
import { isSameRouting } from "../routing/rule-routing.ts";
import { NEWEST, type Server } from "../rule/server.ts";
import type { RuleChange } from "../routing/call-flows.ts";
import { ruleRoutedAs } from "../routing/partly-known-rule.ts";
import { type ComparedCalls, comparedCalls } from "../routing/call-shares.ts";

/**
 * The change for calls by a migration, with all its rules taken together. Rules are known by their places in these
 * lists.
 */
export interface MigrationCalls extends ComparedCalls {
  sites: SiteResult[];
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
  const environments = new Map(results.map(({ path, environment }) => [path, environment]));
  const rules = sites.map((site, at): RuleChange => {
    const environment = at < known.length ? environments.get(site.path) : `${ALONE}${at}`;
    return { ...ruleChange(site), ...(environment !== undefined && { environment }) };
  });
  return {
    ...comparedCalls(rules, server),
    sites,
    migrated: known.filter(({ outcome }) => outcome === "migrated").length,
    unknown: unknown.length,
    shownOnly: all.length - compared.length,
  };
}

/** No config has an environment of such a name: what is compared with nothing. */
const ALONE = "\0";

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

/** The rule of a site, before and after; one that is left to a person stays as it is. */
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
