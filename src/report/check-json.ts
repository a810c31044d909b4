import type { Checked } from "../run/check.ts";
import { countsOf } from "./check.ts";
import { jsonText } from "./style.ts";

/** The report for programs. */
export function checkJson(checked: Checked): string {
  const { files, sources, rules } = checked;
  const findings = files.flatMap(({ path, findings: found }) =>
    found.map(({ certainty = "certain", ...finding }) => ({ path, ...finding, certainty })),
  );
  return jsonText({ version: 1, findings, totals: { sources, rules, ...countsOf(checked) } });
}
