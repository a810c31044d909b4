import type { SourceResult } from "../plan/outcome.ts";
import type { Account } from "../run/account.ts";
import type { MigrationCalls } from "../plan/call-changes.ts";
import { changesJson } from "./diff-json.ts";
import { namedRefusal, conflictInWords } from "./refusal-words.ts";
import { type Replayed, replayJson } from "./replay.ts";
import { amongTotals, totalsOf } from "./totals.ts";
import { jsonPieces, visible } from "./style.ts";

/** The report for programs. Its shape is described in docs/json-report.md; `version` changes when that does. */
export function jsonReport(results: readonly SourceResult[]): string {
  return [...jsonReportPieces(results)].join("");
}

/** The same in pieces, with what a run knows besides. */
export function jsonReportPieces(
  results: readonly SourceResult[],
  together?: MigrationCalls,
  redact = false,
  account?: Account,
  replayed?: Replayed,
): Generator<string> {
  const calls = together ? callsOf(together, redact) : null;
  return jsonPieces({
    version: 1,
    totals: totalsOf(results),
    among: amongTotals(results),
    sites: results.flatMap((result) => result.sites),
    findings: results.flatMap(({ path, findings = [] }) => findings.map((finding) => ({ path, ...finding }))),
    calls,
    files: account ? { ...account, without: account.without.length } : null,
    ...(replayed && { loggedCalls: replayJson(replayed) }),
  });
}

/** The changes for calls; rules are named by their places. */
function callsOf({ sites, migrated, unknown, shownOnly, difference }: MigrationCalls, redact: boolean) {
  const nameOf = (rule: number): string => {
    const site = sites[rule];
    return site ? `${site.path}:${site.line}` : "";
  };
  return {
    rules: sites.length - unknown,
    migrated,
    unknown,
    shownOnly,
    cut: difference.cut,
    refusedToday: difference.oldRefusals.length,
    changes: changesJson(difference, nameOf, redact).map(({ before, after, ...change }) => ({
      ...change,
      server: before,
      after,
    })),
    newConflicts: difference.newRefusals.map((one) => visible(conflictInWords(namedRefusal(one, nameOf)))),
  };
}
