import type { Checked } from "../run/check.ts";
import type { SiteResult } from "../plan/outcome.ts";
import type { CheckOptions } from "./check.ts";
import { withFingerprints } from "./fingerprints.ts";
import { countsOf } from "./found.ts";
import { replayJson } from "./replay.ts";
import { jsonText } from "./style.ts";

/** The report for programs. A repair holds text of the file, so that a redacted report has none. */
export function checkJson(
  checked: Checked,
  { redact, replayed }: Pick<CheckOptions, "redact" | "replayed">,
): string {
  const { files, sources, rules, skipped, account, repaired } = checked;
  const findings = files.flatMap(({ path, findings: found }) =>
    withFingerprints(path, found).map(({ certainty = "certain", fix, fingerprint, ...finding }) => ({
      path,
      ...finding,
      certainty,
      fingerprint,
      ...(fix && !redact && { fix }),
    })),
  );
  return jsonText({
    version: 1,
    findings,
    totals: { sources, rules, ...countsOf(files) },
    ...(repaired && { repaired: repaired.results.flatMap(({ sites }) => sites.map(repairedJson)) }),
    ...(replayed && { loggedCalls: replayJson(replayed) }),
    skipped,
    files: account ? { ...account, without: account.without.length } : null,
  });
}

/** Returns a repair that `--fix` wrote, or why it was not written. */
function repairedJson({ path, line, column, reason, written, moves, findings }: SiteResult) {
  const [refused] = findings;
  return {
    path,
    line,
    column,
    reason,
    written,
    moves,
    ...(!written && refused && { message: refused.message }),
  };
}
