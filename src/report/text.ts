import type { SiteResult, SourceResult } from "../migrate/outcome.ts";
import type { TogetherReport } from "../routing/together.ts";
import { callLines } from "./calls.ts";
import { headline, siteLines } from "./site.ts";
import type { Style } from "./style.ts";
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
}

/** The report for a person: each site in its place, then what came of all of them, then what to do next. */
export function textReport(
  results: readonly SourceResult[],
  style: Style,
  { quiet, piped, check, together, redact }: TextOptions,
): string {
  const blocks = results
    .flatMap((result) => result.sites)
    .filter((site) => !quiet || isFailure(site) || (check && isLeft(site)))
    .map((site) => (quiet && isLeft(site) ? headline(site, style) : siteLines(site, style).join("\n")));
  if (!quiet && together) blocks.push(callLines(together, style, redact === true).join("\n"));
  if (!quiet) blocks.push(summary(results, style, piped).join("\n"));
  return blocks.length === 0 ? "" : `${blocks.join("\n\n")}\n`;
}

function isFailure({ outcome }: SiteResult): boolean {
  return outcome === "needs-person" || outcome === "unreadable";
}

function isLeft({ outcome, written }: SiteResult): boolean {
  return outcome === "migrated" && !written;
}

function summary(results: readonly SourceResult[], style: Style, piped: boolean): string[] {
  const totals = totalsOf(results);
  const written = results.flatMap((result) => result.sites).filter((site) => site.written).length;
  const parts: [number, string][] = [
    [totals.migrated - written, "to migrate"],
    [written, "migrated and written"],
    [totals.alreadyWrapped, "already wrapped"],
    [totals.notCreate, "not a create request"],
    [totals.needsPerson, totals.needsPerson === 1 ? "needs a person" : "need a person"],
    [totals.unreadable, "unreadable"],
    [totals.silenced, "silenced"],
  ];
  const words = parts.filter(([count]) => count > 0).map(([count, word]) => `${count} ${word}`);
  const line = `${counted(totals.sources, "source")}: ${words.join(", ")}.`;
  return [style.paint("bold", line), ...nextStep(totals, written, piped)];
}

function nextStep(totals: Totals, written: number, piped: boolean): string[] {
  if (written > 0) return ["Look at the changes and commit them."];
  if (piped) return [];
  if (totals.migrated > 0) return ["Nothing is written yet. Run it again with --write to rewrite."];
  if (totals.needsPerson + totals.unreadable > 0) return ["Nothing was changed."];
  return ["Nothing to do."];
}
