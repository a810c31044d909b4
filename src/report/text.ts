import type { SiteResult, SourceResult } from "../migrate/outcome.ts";
import type { Account } from "../run/account.ts";
import type { TogetherReport } from "../routing/together.ts";
import { callLines } from "./calls.ts";
import { accountLines } from "./account.ts";
import { headline, placedFinding, sameRouting, siteLines } from "./site.ts";
import { type Style, wrapWords } from "./style.ts";
import { type Totals, totalsOf } from "./totals.ts";
import { counted } from "./words.ts";

/** `quiet`: only what needs a person. `piped`: the result itself went to standard output. */
export interface TextOptions {
  quiet: boolean;
  piped: boolean;
  /** What is left to migrate is a failure, so it is named even when quiet. */
  check?: boolean;
  /** What all rules together do to calls, if something changes. */
  together?: TogetherReport | undefined;
  redact?: boolean;
  /** What became of the files of folders, where folders were looked at. */
  account?: Account | undefined;
  /** Every file is named, also one without a request. */
  verbose?: boolean;
}

/**
 * The report for a person: each site in its place, then what came of all of them, then what to do next. In folders
 * the files come first of which calls change, and those without anything to say are only counted.
 */
export function textReport(results: readonly SourceResult[], style: Style, options: TextOptions): string {
  const { quiet, piped, check, together, redact, account, verbose = false } = options;
  const blocks = (account ? byConcern(results) : results)
    .flatMap((result) => result.sites)
    .filter((site) => !quiet || isFailure(site) || (check && isLeft(site)))
    .filter((site) => !account || verbose || isFailure(site) || isOfConcern(site))
    .map((site) => (quiet && isLeft(site) ? headline(site, style) : siteLines(site, style).join("\n")));
  const others = results.flatMap(({ path, findings = [] }) =>
    findings.map((finding) => placedFinding(path, finding, style).join("\n")),
  );
  if (!quiet || check) blocks.push(...others);
  if (!quiet && together && together.rules > 0)
    blocks.push(callLines(together, style, redact === true).join("\n"));
  if (!quiet && account) blocks.push(accountLines(account, style, verbose).join("\n"));
  if (!quiet) blocks.push(summary(results, style, piped, account !== undefined).join("\n"));
  return blocks.length === 0 ? "" : `${blocks.join("\n\n")}\n`;
}

/** Files with changes for calls, then other migrations, then what needs a person or can't be read, then the rest. */
function byConcern(results: readonly SourceResult[]): SourceResult[] {
  const ranked = results.map((result) => ({ result, rank: Math.min(...result.sites.map(rankOf)) }));
  return ranked.toSorted((a, b) => a.rank - b.rank).map(({ result }) => result);
}

function rankOf(site: SiteResult): number {
  if (site.outcome === "migrated") return sameRouting(site) ? 1 : 0;
  return isFailure(site) ? 2 : 3;
}

/** A flat request that is left as it is would surprise whoever looks for it. */
function isOfConcern(site: SiteResult): boolean {
  const isLeftFlat = site.form === "flat" && site.outcome === "not-create";
  return (
    site.outcome === "migrated" || isLeftFlat || site.findings.some(({ severity }) => severity !== "note")
  );
}

function isFailure({ outcome }: SiteResult): boolean {
  return outcome === "needs-person" || outcome === "unreadable";
}

function isLeft({ outcome, written }: SiteResult): boolean {
  return outcome === "migrated" && !written;
}

/** In folders what holds no request at all was accounted for before. */
function summary(
  results: readonly SourceResult[],
  style: Style,
  piped: boolean,
  inFolders: boolean,
): string[] {
  const totals = totalsOf(results);
  const sites = results.flatMap((result) => result.sites);
  const empty = inFolders ? sites.filter(({ reason }) => reason === "not-a-request").length : 0;
  const written = sites.filter((site) => site.written).length;
  const parts: [number, string][] = [
    [totals.migrated - written, "to migrate"],
    [written, "migrated and written"],
    [totals.alreadyWrapped, "already wrapped"],
    [totals.notCreate - empty, "not a create request"],
    [totals.needsPerson, totals.needsPerson === 1 ? "needs a person" : "need a person"],
    [totals.unreadable, "unreadable"],
    [totals.silenced, "silenced"],
  ];
  const words = parts.filter(([count]) => count > 0).map(([count, word]) => `${count} ${word}`);
  const about = totals.findings > 0 ? ` ${counted(totals.findings, "finding")} about code.` : "";
  const subject = inFolders
    ? counted(totals.sites - empty, "dispatch rule")
    : counted(totals.sources, "source");
  const line = words.length > 0 ? `${subject}: ${words.join(", ")}.` : `${subject}.`;
  return [
    ...wrapWords(line + about, style.width).map((part) => style.paint("bold", part)),
    ...nextStep(totals, written, piped),
  ];
}

function nextStep(totals: Totals, written: number, piped: boolean): string[] {
  if (written > 0) return ["Look at the changes and commit them."];
  if (piped) return [];
  if (totals.migrated > 0) return ["Nothing is written yet. Run it again with --write to rewrite."];
  if (totals.needsPerson + totals.unreadable > 0) return ["Nothing was changed."];
  return ["Nothing to do."];
}
