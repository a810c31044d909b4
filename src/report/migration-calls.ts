import type { SiteResult } from "../plan/outcome.ts";
import { changesRouting, type MigrationCalls } from "../plan/call-changes.ts";
import type { RuleNumber } from "../routing/call-flows.ts";
import type { Part } from "../routing/call-shares.ts";
import { holds } from "../routing/selection.ts";
import { counted, grouped, themOf } from "../rule/count-words.ts";
import { withPlace } from "./comparison.ts";
import { itemsInWords } from "./value-words.ts";
import { type CallContext, callLines } from "./call-lines.ts";
import { refusalVerdict } from "./refusal-words.ts";
import { overviewLines, type OverviewRule } from "./overview.ts";
import { callRemarks } from "./remarks.ts";
import { alarmsOf } from "./rule-rows.ts";
import { heading } from "./layout.ts";
import { type Shown, visible, wrapWords } from "./style.ts";
import { testCallLines } from "./test-calls.ts";

/** The change for calls of a migration, and what the lines about it are made of. */
export interface MigrationContext extends CallContext, MigrationCalls {
  /** The number of a site's rule; undefined for a site that was not compared. */
  numberOf: (site: SiteResult) => RuleNumber | undefined;
}

/** Returns what lines about the calls of a migration are made of. */
export function migrationContext(calls: MigrationCalls, shown: Shown): MigrationContext {
  const numbers = new Map(calls.sites.map((site, number) => [placeOf(site), number]));
  const nameOf = (rule: RuleNumber): string => {
    const site = calls.sites[rule];
    return site ? nameWithPlace(site) : "";
  };
  return { ...calls, ...shown, nameOf, before: "today", numberOf: (site) => numbers.get(placeOf(site)) };
}

/** Says which calls the rule of a site gains, loses and treats in another way; none where nothing changes for it. */
export function siteCallLines(site: SiteResult, context: MigrationContext): string[] {
  const number = context.numberOf(site);
  return number === undefined ? [] : callLines(number, context);
}

/** A line for each rule of the sites, where they are many. */
export function siteOverview(sites: readonly SiteResult[], context: MigrationContext): string[] {
  const changed = sites.flatMap((site): OverviewRule[] => {
    const number = context.numberOf(site);
    if (number === undefined || !site.routing) return [];
    const alarms = alarmsOf(site.routing.server, site.routing.after);
    const verdict = refusalVerdict(context.difference, number) ?? "calls change";
    return [{ number, name: visible(site.name ?? ""), nameWithPlace: nameWithPlace(site), alarms, verdict }];
  });
  return overviewLines(changed, context);
}

/** Returns what is to be said of all rules at the end: the sums, and what was not compared. */
export function closingLines(
  context: MigrationContext,
  options: { cloud: boolean; verbose: boolean },
): string[] {
  const { style } = context;
  const tests = testCallLines(context, options);
  const remarks = remarksOn(context, options.cloud).flatMap((text) => wrapWords(text, style.width));
  return [...heading(sumsOf(context), style), ...remarks, ...(tests.length > 0 ? ["", ...tests] : [])];
}

function sumsOf({ shares, rules, sites }: MigrationCalls): string {
  const changing = sites.filter((_, number) => {
    const share = shares[number];
    return share !== undefined && (share.moves || share.changes.length > 0);
  });
  if (changing.length === 0) return "No call changes: every one goes where it went.";
  const others = changing.filter((site) => site.outcome !== "migrated" || !changesRouting(site));
  const count = changing.length - others.length;
  const losing = shares.filter(({ loses }, number) =>
    loses.some((part) => holdsOwnNumber(part, rules[number]?.after?.numbers ?? [])),
  ).length;
  const lost =
    losing === 0
      ? "none loses a call to one of its numbers"
      : `${grouped(losing)} ${losing === 1 ? "loses a call to one of its numbers" : "lose a call to one of their numbers"}`;
  const beside =
    others.length === 0
      ? ""
      : ` Calls come from or go to ${counted(others.length, "rule")} that ${others.length === 1 ? "does" : "do"} not change: ${itemsInWords(others.map(nameWithPlace), MOST_NAMED)}.`;
  return `${counted(count, "rule")} ${count === 1 ? "takes" : "take"} other calls; ${lost}.${beside}`;
}

function remarksOn(calls: MigrationCalls, cloud: boolean): string[] {
  const { unknown, shownOnly, sites } = calls;
  return [
    ...callRemarks(calls, { cloud }),
    ...(unknown > 0
      ? [
          `${counted(unknown, "rule")} with values that are not known ${unknown === 1 ? "is compared alone" : "are each compared alone"}: ${itemsInWords(sites.slice(-unknown).map(nameWithPlace), MOST_NAMED)}.`,
        ]
      : []),
    ...(shownOnly > 0 ? [`${counted(shownOnly, "rule")} left out: a page shows ${themOf(shownOnly)}.`] : []),
  ];
}

/** Of more rules the rest is counted. */
const MOST_NAMED = 5;

/** Says which rules take other calls now that they are written; none where nothing was. */
export function nowTaking(sites: readonly SiteResult[], changes: (site: SiteResult) => boolean): string[] {
  const changed = sites.filter((site) => site.written && changes(site));
  if (changed.length === 0) return [];
  const { length } = changed;
  const names = itemsInWords(changed.map(nameWithPlace), MOST_NAMED);
  return [
    `${counted(length, "rule")} now ${length === 1 ? "takes" : "take"} other calls, once ${length === 1 ? "it is" : "they are"} created or replaced: ${names}.`,
  ];
}

function nameWithPlace(site: SiteResult): string {
  return withPlace(site.name ?? "", site);
}

function placeOf({ path, line, column, region }: SiteResult): string {
  return JSON.stringify([path, line, column, region]);
}

function holdsOwnNumber({ boxes }: Part, numbers: readonly string[]): boolean {
  return boxes.some(({ called }) => numbers.some((number) => holds(called, number)));
}
