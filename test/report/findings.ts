import type { Finding } from "../../src/checks/finding.ts";
import { countsOf } from "../../src/report/found.ts";
import type { Checked } from "../../src/run/check.ts";

/** A finding at 1:1, with what is said of it. */
export function finding(said: Partial<Finding> & Pick<Finding, "id">): Finding {
  return { severity: "warning", line: 1, column: 1, message: `this is ${said.id}`, ...said };
}

/** The result of a check with these findings, by file; in a file of which `rules` are said that many stand. */
export function checkedFiles(
  files: Readonly<Record<string, readonly Finding[]>>,
  rules: Readonly<Record<string, number>> = {},
): Checked {
  const all = Object.entries(files).map(([path, findings]) => ({
    path,
    findings: [...findings],
    rules: rules[path] ?? 1,
    isUnread: false,
  }));
  return {
    files: all.filter(({ findings }) => findings.length > 0),
    sources: all.length,
    rules: all.reduce((sum, file) => sum + file.rules, 0),
    results: all.map(({ path }) => ({ path, sites: [] })),
    skipped: [],
    replacements: { rules: [], calls: undefined },
  };
}

/** The number of findings in a result. */
export function total(checked: Checked): number {
  return Object.values(countsOf(checked.files)).reduce((sum, count) => sum + count, 0);
}
