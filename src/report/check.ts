import type { Severity } from "../checks/check.ts";
import { counted } from "../rule/count-words.ts";
import type { Checked } from "../run/check.ts";
import { accountLines } from "./account.ts";
import { indented } from "./finding.ts";
import { sentence } from "./outcome-words.ts";
import { textReport } from "./text.ts";
import { type Style, unbroken, visible, wrapWords } from "./style.ts";

/** What a report of a check is told beside the findings. */
export interface CheckOptions {
  quiet: boolean;
  verbose: boolean;
  redact: boolean;
}

const COLORS = { error: "red", warning: "yellow", note: "cyan" } as const;

/** The report for a person: a line for each finding, what to do below it, the files apart, and the sums. */
export function checkText(
  { files, sources, rules, account, repaired }: Checked,
  { quiet, verbose, redact }: CheckOptions,
  style: Style,
): string {
  const isRepaired = repaired !== undefined && repaired.results.length > 0;
  const before = isRepaired
    ? [textReport(repaired.results, style, { quiet, redact, together: repaired.calls }).trimEnd()]
    : [];
  const said = files.map(({ path, findings }) =>
    findings
      .flatMap((finding) => {
        const { line, column, severity, id, message, next, certainty } = finding;
        const place = `${path}:${line}:${column}`;
        const head = `${unbroken(place)} ${severity} ${id} ${visible(sentence(message))}`;
        const [first = "", ...rest] = wrapWords(head, style.width - 2);
        const painted = first
          .replace(visible(place), (text) => style.paint("bold", text))
          .replace(` ${severity} `, ` ${style.paint(COLORS[severity], severity)} `);
        const likely = certainty === "likely" ? ["likely, not certain"] : [];
        return [
          painted,
          ...rest.map((text) => `  ${text}`),
          ...[...likely, ...(next === undefined ? [] : [next])].flatMap((text) =>
            indented(visible(text), style),
          ),
        ];
      })
      .join("\n"),
  );
  const blocks = [...before, ...said];
  if (!quiet) {
    if (account) blocks.push(accountLines(account, style, verbose).join("\n"));
    blocks.push(
      wrapWords(sums(countsOf({ files }), rules, sources), style.width)
        .map((text) => style.paint("bold", text))
        .join("\n"),
    );
  }
  const full = blocks.filter((block) => block !== "");
  return full.length === 0 ? "" : `${full.join("\n\n")}\n`;
}

/** How many findings there are of each severity. */
export function countsOf({ files }: Pick<Checked, "files">): Record<Severity, number> {
  const counts = { error: 0, warning: 0, note: 0 };
  for (const { findings } of files) for (const { severity } of findings) counts[severity]++;
  return counts;
}

function sums({ error, warning, note }: Record<Severity, number>, rules: number, sources: number): string {
  const looked = `${counted(rules, "rule")} in ${counted(sources, "file")}`;
  const parts: [number, string][] = [
    [error, "error"],
    [warning, "warning"],
    [note, "note"],
  ];
  const words = parts.filter(([count]) => count > 0).map(([count, word]) => counted(count, word));
  return `${looked}: ${words.length === 0 ? "nothing to report" : words.join(", ")}.`;
}
