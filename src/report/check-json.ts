import type { Checked } from "../run/check.ts";
import { countsOf } from "./check.ts";
import { fingerprints } from "./fingerprints.ts";
import type { FoundOptions } from "./found.ts";
import { jsonText } from "./style.ts";

/** The report for programs. A repair holds text of the file, so that a redacted report has none. */
export function checkJson(checked: Checked, { redact }: FoundOptions): string {
  const { files, sources, rules, skipped, account } = checked;
  const findings = files.flatMap(({ path, findings: found }) => {
    const prints = fingerprints(path, found);
    return found.map(({ certainty = "certain", fix, ...finding }, at) => ({
      path,
      ...finding,
      certainty,
      fingerprint: prints[at],
      ...(fix && !redact && { fix }),
    }));
  });
  return jsonText({
    version: 1,
    findings,
    totals: { sources, rules, ...countsOf(checked) },
    skipped,
    files: account ? { ...account, without: account.without.length } : null,
  });
}
