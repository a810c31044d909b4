import { SIPDispatchRuleInfoSchema } from "../gen/livekit/livekit_sip_pb.ts";
import type { SiteResult, SourceResult } from "../migrate/outcome.ts";
import { allRefusals, type Refusal } from "../rule/conflicts.ts";
import { messageFromJson } from "../rule/message.ts";
import { NEWEST, type Server } from "../rule/server.ts";
import { type Rule, storedRule } from "../rule/stored.ts";
import { type CallChange, compareCalls, goesElsewhere, type RuleSet } from "./compare.ts";

/** What a migration does to calls, with all its rules taken together. */
export interface TogetherReport {
  /** How many rules were compared, and how many not, because an expression or a placeholder hides what they say. */
  rules: number;
  unknown: number;
  /** How many of those that were compared migrate. */
  migrated: number;
  /** How many rules were not compared because a page only shows them. */
  shownOnly: number;
  /** The outcomes of each are: as documented, as livekit-server routes them today, and after. */
  changes: CallChange[];
  /** Numbers, trunks and PINs that were left out because there were too many. */
  cut: number;
  /** Rules that a server will refuse beside each other, and does not today. */
  newConflicts: Refusal<string>[];
  /** Whether every rule was judged alone, because a server refuses them all together. */
  judgedAlone: boolean;
  /** Why a server refuses them together today. */
  conflictToday: Refusal<string> | undefined;
}

/**
 * Compares the calls of all rules in the results before and after; undefined when nothing changes for any of them. What
 * a page shows may be no rule of the server on which the others are: `isShownOnly` tells the paths of such sources.
 */
export function judgeTogether(
  results: readonly SourceResult[],
  server: Server = NEWEST,
  isShownOnly: (path: string) => boolean = () => false,
): TogetherReport | undefined {
  const all = results.flatMap((result) => result.sites).filter((site) => site.routing !== null);
  const sites = all.filter(({ path }) => !isShownOnly(path));
  const migrated = sites.filter((site) => site.outcome === "migrated");
  if (!migrated.some(changesRouting)) return undefined;
  const known = sites.filter((site) => site.before !== null);
  const documented: RuleSet = known.map(documentedRule);
  const today: RuleSet = known.map(todaysRule);
  const after: RuleSet = known.map(rulesAfter);
  const refusalsOf = (rules: RuleSet): Refusal<string>[] =>
    allRefusals(rules.map((rule) => storedRule(rule, server))).refusals;
  const [conflictToday, ...others] = refusalsOf(today);
  const todays = new Set((conflictToday ? [conflictToday, ...others] : []).map(wordsOf));
  const newConflicts = refusalsOf(after).filter((refusal) => !todays.has(wordsOf(refusal)));
  const judgedAlone = todays.size > 0;
  const groups = judgedAlone ? known.map((_, index) => [index]) : [known.map((_, index) => index)];
  const compared = groups.map((indexes) =>
    compareCalls(
      [documented, today, after].map((set) => indexes.flatMap((index) => set[index] ?? [])),
      ([, before, now]) => goesElsewhere(before, now),
      server,
    ),
  );
  return {
    rules: known.length,
    unknown: sites.length - known.length,
    migrated: known.filter(({ outcome }) => outcome === "migrated").length,
    shownOnly: all.length - sites.length,
    // Rules that a server refuses together take no calls together, so there is nothing to say about single calls.
    changes: newConflicts.length > 0 && !judgedAlone ? [] : compared.flatMap(({ changes }) => changes),
    cut: compared.reduce((sum, { cut }) => sum + cut, 0),
    newConflicts,
    judgedAlone,
    conflictToday,
  };
}

function changesRouting({ routing }: SiteResult): boolean {
  return JSON.stringify(routing?.server) !== JSON.stringify(routing?.after);
}

function labelOf(site: SiteResult): string {
  return `${site.path}:${site.line}`;
}

function todaysRule(site: SiteResult): Rule<string> {
  return { label: labelOf(site), info: messageFromJson(SIPDispatchRuleInfoSchema, site.before ?? {}) };
}

function documentedRule(site: SiteResult): Rule<string> {
  const rule = todaysRule(site);
  if (site.form === "flat") [rule.info.numbers, rule.info.inboundNumbers] = [rule.info.inboundNumbers, []];
  return rule;
}

/** What is left to a person stays as it is. */
function rulesAfter(site: SiteResult): Rule<string> {
  const { after } = site;
  return after
    ? { label: labelOf(site), info: messageFromJson(SIPDispatchRuleInfoSchema, after) }
    : todaysRule(site);
}

function wordsOf(refusal: Refusal<string>): string {
  return refusal.code === "conflict" ? `${refusal.rule} ${refusal.other}` : refusal.rule;
}
