import type { SourceResult } from "../migrate/outcome.ts";
import type { Account } from "../run/account.ts";
import { type Choice, NONE, OTHER } from "../routing/calls.ts";
import type { CallOutcome } from "../routing/compare.ts";
import type { TogetherReport } from "../routing/together.ts";
import { conflictInWords } from "./calls.ts";
import { jsonText } from "./json-text.ts";
import { REDACTED } from "./redact.ts";
import { amongTotals, totalsOf } from "./totals.ts";

/** The report for programs. Its shape is described in docs/json-report.md; `version` changes when that does. */
export function jsonReport(
  results: readonly SourceResult[],
  together?: TogetherReport,
  redact = false,
  account?: Account,
): string {
  const sites = results.flatMap((result) => result.sites);
  const calls = together ? callsOf(together, redact) : null;
  return jsonText({
    version: 1,
    totals: totalsOf(results),
    among: amongTotals(results),
    sites,
    findings: results.flatMap(({ path, findings = [] }) => findings.map((finding) => ({ path, ...finding }))),
    calls,
    files: account ? { ...account, without: account.without.length } : null,
  });
}

/** The changes for calls; null stands for any value that no rule mentions, an empty trunk for none. */
function callsOf(together: TogetherReport, redact: boolean) {
  const { rules, migrated, unknown, shownOnly, cut, judgedAlone } = together;
  const plain = (choices: Choice[] | "any") =>
    choices === "any"
      ? choices
      : choices.map((choice) => (choice === OTHER ? null : choice === NONE ? "" : choice));
  const changes = together.changes.map(({ calls, outcomes: [documented, server, after] }) => ({
    calledNumbers: plain(calls.called),
    callingNumbers: plain(calls.calling),
    trunkIds: plain(calls.trunk),
    pins:
      redact && calls.pin !== "any"
        ? calls.pin.map((pin) => (typeof pin === "string" ? REDACTED : null))
        : plain(calls.pin),
    documented: outcomeOf(documented),
    server: outcomeOf(server),
    after: outcomeOf(after),
  }));
  const newConflicts = together.newConflicts.map((conflict) => conflictInWords(conflict, redact));
  return { rules, migrated, unknown, shownOnly, cut, judgedAlone, changes, newConflicts };
}

function outcomeOf(outcome: CallOutcome | undefined) {
  if (outcome?.kind !== "room") return outcome;
  const { kind, rule, room, pin } = outcome;
  return { kind, rule, room, pin };
}
