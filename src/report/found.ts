import type { Severity } from "../checks/check.ts";
import { type Finding, findingOf } from "../checks/finding.ts";
import { flatForm } from "../checks/flat-form.ts";
import type { SiteResult, SourceResult } from "../plan/outcome.ts";
import { byPlace } from "../sources/position.ts";
import { shortened } from "../rule/list-words.ts";
import type { Checked } from "../run/check.ts";
import { sentence } from "./outcome-words.ts";
import { isLeft } from "./totals.ts";

/** The findings of a run, by file: what the formats need that show nothing else. */
export type Found = Pick<Checked, "sources" | "rules"> & {
  files: readonly Pick<Checked["files"][number], "path" | "findings">[];
};

/** How findings are reported. */
export interface FoundOptions {
  /** That of sip-dispatch. */
  version: string;
  /** True if no text of a file may be shown but what the sentences say. */
  redact: boolean;
}

/**
 * Returns the sentence of a finding as it stands alone: with its subject and a capital, where it begins with a word and
 * no path, name or code, and a full stop.
 */
export function standingAlone(message: string): string {
  const whole = sentence(/^(?:is|has|holds) /.test(message) ? `it ${message}` : message);
  return whole.replace(
    /^(?![\w ./-]*[A-Za-z]:\d)[a-z]+(?=[ ,])/,
    (word) => `${word.charAt(0).toUpperCase()}${word.slice(1)}`,
  );
}

/** The findings of a migration. A request that migrates, and is not written yet, is one itself. */
export function foundByMigration(results: readonly SourceResult[]): Found {
  const files = results.map(({ path, sites, findings = [] }) => ({
    path,
    findings: [
      ...sites.flatMap((site) =>
        site.outcome === "silenced" ? [] : [...flatFindings(site), ...site.findings],
      ),
      ...findings,
    ].toSorted(byPlace),
  }));
  const rules = results
    .flatMap(({ sites }) => sites)
    .filter(({ form }) => form === "flat" || form === "wrapped");
  return {
    files: files.filter(({ findings }) => findings.length > 0),
    sources: results.length,
    rules: rules.length,
  };
}

/** Counts the findings of each severity. */
export function countsOf(files: Found["files"]): Record<Severity, number> {
  const counts = { error: 0, warning: 0, note: 0 };
  for (const { findings } of files) for (const { severity } of findings) counts[severity]++;
  return counts;
}

/** Returns the sentence of a finding, cut where it is longer than so many characters, and whether it is certain. */
export function withLikely({ message, certainty }: Finding, longest = Infinity): string {
  return `${shortened(message, longest)}${certainty === "likely" ? " (likely, not certain)" : ""}`;
}

function flatFindings(site: SiteResult): Found["files"][number]["findings"] {
  return isLeft(site) ? [findingOf(flatForm, flatForm.say({ ...site, barring: [] }), site)] : [];
}
