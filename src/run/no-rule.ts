import type { Said } from "../checks/check.ts";
import { findingOf } from "../checks/finding.ts";
import { noRule } from "../checks/no-rule.ts";
import type { SiteResult, SourceResult } from "../plan/outcome.ts";

/** The result for a text that came alone, with a finding where nothing in it is a rule, or may be one. */
export function saidIfNoRule(text: string, result: SourceResult): SourceResult {
  if (!holdsNoRule(result) || EMPTY_LISTING.test(text)) return result;
  return saying(result, noRule.say({ isTrunks: result.sites.some(isTrunk) }));
}

/** The results for files that somebody named; with a note where these are trunks, and none of them holds a rule. */
export function saidIfTrunksAlone(results: readonly SourceResult[]): readonly SourceResult[] {
  if (!results.every(holdsNoRule)) return results;
  const said = { ...noRule.say({ isTrunks: true }), severity: "note" } as const;
  return results.map((result) => (result.sites.some(isTrunk) ? saying(result, said) : result));
}

/** The listing of a server without rules, as `lk sip dispatch list --json` prints it in every version. */
const EMPTY_LISTING = /^\s*(?:\{\s*(?:"items"\s*:\s*(?:\[\s*\]|null)\s*)?\}|\[\s*\]|null)\s*$/;

function holdsNoRule({ sites }: SourceResult): boolean {
  return sites.every((site) => site.reason === "not-a-request" || isTrunk(site));
}

function isTrunk({ reason }: SiteResult): boolean {
  return reason === "trunk";
}

/** The result with what there is to say of the whole of it. */
function saying(result: SourceResult, said: Said): SourceResult {
  const finding = findingOf(noRule, said, { line: 1, column: 1 });
  return { ...result, findings: [...(result.findings ?? []), finding] };
}
