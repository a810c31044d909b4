import { SEVERITIES, type Severity } from "../checks/check.ts";
import type { Finding } from "../checks/finding.ts";
import { counted, grouped } from "../rule/count-words.ts";
import type { Checked, CheckedFile, Replaced } from "../run/check.ts";
import { accountLines } from "./account.ts";
import { replacementLine } from "./check-lk.ts";
import { COLORS, firstOfEachKind, indented } from "./finding.ts";
import { countsOf, type FoundOptions, withLikely } from "./found.ts";
import { idsInWords, sentence } from "./outcome-words.ts";
import type { Replayed } from "./replay.ts";
import { redactResults } from "./redact.ts";
import { textReport } from "./text.ts";
import { hanging, heading, page } from "./layout.ts";
import { shortened } from "../rule/list-words.ts";
import { type Shown, type Style, unbroken, visible, wrapWords } from "./style.ts";
import { itemsInWords } from "./value-words.ts";

/** The options of a report of a check. */
export interface CheckOptions extends FoundOptions, Shown {
  quiet: boolean;
  verbose: boolean;
  /** The calls of a log, routed through what was repaired. */
  replayed?: Replayed | undefined;
}

/**
 * The report for a person: a line for each finding, the files apart, and the sums. What to do about findings is said at
 * the first one of which it is true.
 */
export function checkText(checked: Checked, options: CheckOptions): string {
  const { files, account, skipped } = checked;
  const { quiet, verbose, style } = options;
  const next = nextLines(checked, options);
  const right = verbose ? rightFiles(checked).map((path) => `${visible(path)}  nothing to report`) : [];
  const blocks = [
    [repairedText(checked, options).trimEnd()],
    ...files.map((file) => fileLines(file, next, style)),
    right,
  ];
  if (!quiet) {
    if (account) blocks.push(accountLines(account, style, verbose));
    if (skipped.length > 0) blocks.push(wrapWords(skippedFiles(skipped), style.width));
    blocks.push([...heading(checkSums(checked, true), style), ...wrapWords(repairsOf(files), style.width)]);
  }
  return page(blocks);
}

/** Reports what `--fix` wrote, or could not write, for a person; empty where it is nothing. */
export function repairedText({ repaired }: Checked, options: CheckOptions): string {
  const { quiet, redact, replayed, style } = options;
  if (!repaired || repaired.results.length === 0) return "";
  const results = redact ? redactResults(repaired.results) : repaired.results;
  return textReport(results, style, { quiet, redact, together: repaired.calls, replayed });
}

/** The files of which there is nothing to report. */
function rightFiles({ files, results }: Pick<Checked, "files" | "results">): string[] {
  const others = new Set(files.map(({ path }) => path));
  return results.flatMap(({ path }) => (others.has(path) ? [] : [path]));
}

function skippedFiles(paths: readonly string[]): string {
  const are = paths.length === 1 ? "is" : "are";
  const files = `${counted(paths.length, "file")}, which ${are} gone or in no language that is read`;
  return `Skipped ${files}: ${itemsInWords(paths.map(unbroken))}.`;
}

function fileLines(
  { path, findings, rules }: CheckedFile,
  next: (finding: Finding) => string[],
  style: Style,
): string[] {
  const { shown, more } = firstOfEachKind(findings);
  return [
    ...shown.flatMap((finding) => [...findingLines(path, finding, rules > 1, style), ...next(finding)]),
    ...more.flatMap((text) => indented(text, style)),
  ];
}

/**
 * Returns what tells the next step for a finding, where that was not said above; and the line that repairs a rule on
 * its server, which is never broken, so that it can be copied.
 */
function nextLines({ replacements }: Checked, { redact, style }: Shown): (finding: Finding) => string[] {
  const told = new Set<string>();
  const once = (id: string, text: string): string[] => {
    if (told.has(`${id} ${text}`)) return [];
    told.add(`${id} ${text}`);
    return indented(visible(text), style);
  };
  const replaced = new Map<object, Replaced["rules"][number]>(
    replacements.rules.map((rule) => [rule.replacement.finding, rule]),
  );
  return (finding) => {
    const { id, next } = finding;
    const said = next === undefined ? [] : once(id, next);
    const rule = replaced.get(finding);
    if (!rule) return said;
    const made = replacementLine(rule, redact);
    if ("barred" in made) return [...said, ...once(id, `No line of \`lk\` repairs it: ${made.barred}.`)];
    return [
      ...said,
      ...once(id, "This line does it; `--format lk` also shows the calls that change:"),
      `    ${made.line}`,
    ];
  };
}

/** `path:line:column severity id sentence`; where it has to be told from others, with the name of the rule. */
function findingLines(path: string, finding: Finding, isNamed: boolean, style: Style): string[] {
  const { line, column, severity, id, rule } = finding;
  const place = unbroken(`${path}:${line}:${column}`);
  const name = isNamed && rule !== undefined ? `${unbroken(`"${shortened(rule, LONGEST_NAME)}":`)} ` : "";
  const head = `${place} ${severity} ${id} ${name}${visible(withLikely(finding))}`;
  const [first = "", ...rest] = hanging(sentence(head), style, "", "  ");
  const [atPlace, atSeverity] = [place.length, place.length + 1 + severity.length];
  const painted = [
    style.paint("bold", first.slice(0, atPlace)),
    style.paint(COLORS[severity], first.slice(atPlace, atSeverity)),
    first.slice(atSeverity),
  ];
  return [painted.join(""), ...rest];
}

/** A longer name leaves the sentence no room. */
const LONGEST_NAME = 40;

/** Counts the rules that were checked, and what was found; with `hasKinds` also of which kinds that is. */
export function checkSums(
  { files, sources, rules, results, isOfChanges }: Checked,
  hasKinds = false,
): string {
  const counts = countsOf(files);
  const words = SEVERITIES.filter((severity) => counts[severity] > 0).map(
    (severity) => `${counted(counts[severity], severity)}${hasKinds ? kindsOf(files, severity) : ""}`,
  );
  const without = rightFiles({ files, results }).length;
  const right = words.length > 0 && without > 0 ? `, ${without} of them with nothing to report` : "";
  const looked = `${counted(rules, "rule")} in ${counted(sources, isOfChanges ? "changed file" : "file")}${right}`;
  return `${looked}: ${words.length === 0 ? "nothing to report" : words.join(", ")}.`;
}

/** ` (3 overlap, 1 wrong-type)`: what they are, the most frequent first, where that is not plain to see. */
function kindsOf(files: readonly CheckedFile[], severity: Severity): string {
  const ids = files.flatMap(({ findings }) =>
    findings.filter((finding) => finding.severity === severity).map(({ id }) => id),
  );
  return ids.length < FEWEST_SUMMED ? "" : ` (${idsInWords(ids)})`;
}

const FEWEST_SUMMED = 4;

/**
 * Says how much of it a program can repair; empty where that is nothing. Standard input is no file that it could write.
 */
function repairsOf(files: readonly CheckedFile[]): string {
  const findings = files.flatMap((file) => (file.path === "-" ? [] : file.findings));
  const fixes = findings.flatMap(({ fix }) => fix ?? []);
  const safe = fixes.filter(({ applicability }) => applicability === "safe").length;
  const others = fixes.length - safe;
  const ofThem = (count: number): string =>
    count < findings.length ? `${grouped(count)} of them` : count === 1 ? "it" : "all of them";
  const more = safe > 0 ? `${grouped(others)} more` : ofThem(others);
  return [
    ...(safe > 0 ? [`\`sip-dispatch check --fix\` repairs ${ofThem(safe)}.`] : []),
    ...(others > 0
      ? [`\`sip-dispatch check --fix --unsafe\` repairs ${more}, and shows what that does to calls.`]
      : []),
  ].join(" ");
}
