import { SEVERITIES, type Severity } from "../checks/check.ts";
import { checkNamed } from "../checks/index.ts";
import { counted } from "../rule/count-words.ts";
import { countsOf, type Found, standingAlone, withLikely } from "./found.ts";
import { visible } from "./style.ts";

/** The level of a finding in a workflow. */
const LEVELS = { error: "error", warning: "warning", note: "notice" } as const;

/**
 * How many annotations of a level GitHub shows of a step; what is beyond that it drops without a word. (GitHub's
 * documentation of workflow commands and of its Checks API, as of 2025.)
 */
const MOST_OF_A_LEVEL = 10;

/** A sentence holds texts of files, which can be of any length, and GitHub cuts an annotation. */
const LONGEST_MESSAGE = 1000;

/**
 * The findings as workflow commands of GitHub Actions, which shows them at their lines. It shows no more than ten of a
 * level: the others are counted in a notice.
 */
export function githubReport({ files }: Found): string {
  const all = files.flatMap(({ path, findings }) => findings.map((finding) => ({ path, ...finding })));
  const counts = countsOf(files);
  const isCut = SEVERITIES.some((severity) => counts[severity] > MOST_OF_A_LEVEL);
  // The notice about the others is one of the ten.
  const most = (severity: Severity): number => MOST_OF_A_LEVEL - (isCut && severity === "note" ? 1 : 0);
  const commands = SEVERITIES.flatMap((severity) =>
    all
      .filter((finding) => finding.severity === severity)
      .slice(0, most(severity))
      .map((finding) => {
        const { path, line, column, id, next } = finding;
        const text = [
          visible(standingAlone(withLikely(finding, LONGEST_MESSAGE))),
          ...(next === undefined ? [] : [visible(next)]),
        ];
        const title = `${checkNamed(id)?.title ?? id} (${id})`;
        return command(LEVELS[severity], { file: visible(path), line, col: column, title }, text.join("\n"));
      }),
  );
  const rest = SEVERITIES.flatMap((severity) => {
    const count = counts[severity] - most(severity);
    return count > 0 ? [counted(count, `more ${severity}`)] : [];
  });
  const notice = `${rest.join(", ")}: GitHub shows ten of a level. The log of \`sip-dispatch check\` has all of them.`;
  if (rest.length > 0) commands.push(command("notice", { title: "sip-dispatch" }, notice));
  return commands.map((line) => `${line}\n`).join("");
}

function command(level: string, properties: Readonly<Record<string, string | number>>, text: string): string {
  const set = Object.entries(properties).map(([name, value]) => `${name}=${propertyText(String(value))}`);
  return `::${level} ${set.join(",")}::${dataText(text)}`;
}

/** As GitHub reads the text of a command (actions/toolkit, packages/core/src/command.ts, escapeData). */
function dataText(text: string): string {
  return text.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");
}

/** And its properties (escapeProperty there). */
function propertyText(text: string): string {
  return dataText(text).replaceAll(":", "%3A").replaceAll(",", "%2C");
}
