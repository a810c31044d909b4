import type { SiteResult, SourceResult } from "../plan/outcome.ts";
import type { Account } from "../run/account.ts";
import { changesRouting, type MigrationCalls } from "../plan/call-changes.ts";
import { accountLines } from "./account.ts";
import { codeFindings } from "./finding.ts";
import { type Replayed, replayLines } from "./replay.ts";
import { type Section, sectionsOf } from "./sections.ts";
import { type OwnSite, sayOnce } from "./said-once.ts";
import { closingLines, migrationContext, nowTaking, siteOverview } from "./migration-calls.ts";
import { refusalLines } from "./refusal-words.ts";
import { headline, siteLines, type SiteOptions } from "./site.ts";
import { heading, page } from "./layout.ts";
import { type Style, wrapWords } from "./style.ts";
import { type Destination, summary } from "./summary.ts";
import { isFailure, isLeft } from "./totals.ts";

/** The subject of a report, and the kind of run. */
export interface TextOptions {
  /** Only what needs a person. */
  quiet: boolean;
  /** Where the result itself was to go. */
  destination?: Destination;
  /** True if work that is left is a failure, so that it is named even when quiet. */
  check?: boolean;
  /** The change for calls by all rules together, if there is one. */
  together?: MigrationCalls | undefined;
  redact?: boolean;
  /** Every migrated rule also as JSON, before and after. */
  jsonDiff?: boolean;
  /** True if the rules are for LiveKit Cloud. */
  cloud?: boolean;
  /** The account of the files of folders, where folders were looked at. */
  account?: Account | undefined;
  /** The calls of a log, where one is given. */
  replayed?: Replayed | undefined;
  /** Every file is named, also one without a request, and every request is shown in full. */
  verbose?: boolean;
}

/**
 * The report for a person: each site in its place, then what came of all of them, then what to do next. Where there is
 * more than one request to look at, they stand in sections, what changes for calls first; what is the same of several
 * is said once, and the details only where they are asked for. In folders, what holds nothing to say is only counted.
 */
export function textReport(results: readonly SourceResult[], style: Style, options: TextOptions): string {
  const { quiet, check = false, together, redact = false, account, verbose = false } = options;
  const { jsonDiff = false, cloud = false } = options;
  const calls = together && migrationContext(together, { style, redact });
  const shown: SiteOptions = { calls, style, redact, jsonDiff };
  const sections = sectionsOf(
    results.flatMap((result) => result.sites).filter((site) => isShown(site, options)),
  );
  const sites = sections.flatMap((section) => section.sites);
  const isReview =
    sites.filter(({ outcome }) => outcome === "migrated").length + sites.filter(isFailure).length > 1;
  const blocks = quiet
    ? quietBlocks(sites, shown)
    : isReview
      ? sectionBlocks(sections, shown, verbose)
      : sites.map((site) => siteLines(site, shown));
  if (!quiet && calls) blocks.unshift(refusalLines(calls));
  if (!quiet || check) blocks.push(...codeFindings(results, style));
  if (!quiet) {
    if (calls) blocks.push(closingLines(calls, { cloud, verbose }));
    if (options.replayed) blocks.push(replayLines(options.replayed, style));
    if (account) blocks.push(accountLines(account, style, verbose));
    blocks.push(summary(results, style, options.destination));
  }
  if (options.destination === undefined) {
    const all = results.flatMap((result) => result.sites);
    blocks.push(nowTaking(all, changesRouting).flatMap((text) => wrapWords(text, style.width)));
  }
  return page(blocks);
}

/** Returns what needs a person and can't be read, and after it, for a check, what is left. */
function quietBlocks(sites: readonly SiteResult[], options: SiteOptions): string[][] {
  const left = sites.filter(isLeft).map((site) => headline(site, options.style));
  return [...sites.filter(isFailure).map((site) => siteLines(site, options)), left];
}

/** A section's title and its sites. What several have in common is said at the first. */
function sectionBlocks(sections: readonly Section[], options: SiteOptions, verbose: boolean): string[][] {
  const { style, calls } = options;
  const own = sayOnce(sections.flatMap(({ sites }) => sites));
  const isDetailed = verbose || own.filter(({ site }) => site.outcome === "migrated").length === 1;
  const blocks: string[][] = [];
  for (const { title, sites, isLong, isCounted = false, hasOverview } of sections) {
    const here = own.splice(0, sites.length);
    const isListed = ({ site, marks }: OwnSite): boolean =>
      !isCounted || verbose || site.findings.length > 0 || marks.length > 0;
    const listed = here.filter(isListed);
    const lines = alikeInARow(listed).map(([{ site, marks }, ...others]) => {
      const [head = "", ...rest] = siteLines(site, options, marks, isDetailed);
      return [head, ...others.map((other) => headline(other.site, style, other.marks)), ...rest];
    });
    const top = heading(headingOf(title, isCounted, listed.length, here.length), style);
    if (hasOverview && calls) top.push(...siteOverview(sites, calls));
    if (lines.length > 0 && (isLong || isDetailed)) blocks.push(top, ...lines);
    else blocks.push([...top, ...lines.flat()]);
  }
  return blocks;
}

/** Neighbours of which the same is to be said, what to do included, and nothing but what speaks against touching them. */
function alikeInARow(all: readonly OwnSite[]): [OwnSite, ...OwnSite[]][] {
  const rows: [OwnSite, ...OwnSite[]][] = [];
  for (const one of all) {
    const row = rows.at(-1);
    if (row && isAlike(row[0].site, one.site)) row.push(one);
    else rows.push([one]);
  }
  return rows;
}

function isAlike(one: SiteResult, other: SiteResult): boolean {
  const isHere = ({ findings, line, column, outcome }: SiteResult): boolean =>
    outcome === "needs-person" &&
    findings.length > 0 &&
    findings.every((finding) => finding.line === line && finding.column === column);
  const said = ({ reason, findings }: SiteResult): string =>
    [reason, ...findings.map(({ id, message }) => `${id} ${message}`)].join("\n");
  // What was said before of what to do is left out by now.
  const isToldToDo = other.findings.some(({ next }) => next !== undefined);
  return isHere(one) && isHere(other) && said(one) === said(other) && !isToldToDo;
}

function headingOf(title: string, isCounted: boolean, listed: number, all: number): string {
  if (!isCounted) return title;
  if (listed === 0) return `${title} (\`--verbose\` lists them).`;
  return listed === all ? `${title}:` : `${title}; of some there is more to say:`;
}

function isShown(site: SiteResult, { quiet, check, account, verbose }: TextOptions): boolean {
  if (isFailure(site)) return true;
  if (quiet) return check === true && isLeft(site);
  return account === undefined || verbose === true || isOfConcern(site);
}

/** A flat request that is left as it is would surprise whoever looks for it. */
function isOfConcern(site: SiteResult): boolean {
  const isLeftFlat = site.form === "flat" && site.outcome === "not-create";
  return (
    site.outcome === "migrated" || isLeftFlat || site.findings.some(({ severity }) => severity !== "note")
  );
}
