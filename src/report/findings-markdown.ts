import { SEVERITIES } from "../checks/check.ts";
import type { Finding } from "../checks/finding.ts";
import { ALL_CHECKS, checkNamed } from "../checks/index.ts";
import { counted, grouped } from "../rule/count-words.ts";
import { groupBy } from "../rule/group-by.ts";
import { countsOf, type Found, withLikely } from "./found.ts";
import { LONGEST_COMMENT, markdownCode, markdownText } from "./markdown-text.ts";
import { sentence } from "./outcome-words.ts";
import { shortened } from "../rule/list-words.ts";

/** Of a kind of findings so many places are named before the others are counted. */
const MOST_PLACES = 3;

/** More kinds of findings are only named, so that the first fifteen lines have it all. */
const MOST_KINDS = 10;

/** Of a kind that says more than so many things, only the kind is said. */
const MOST_MESSAGES = 2;

/** Names and sentences hold texts of files, which can be of any length. */
const LONGEST_NAME = 80;
const LONGEST_MESSAGE = 1000;

interface Placed extends Finding {
  path: string;
}

/**
 * The findings as Markdown for a comment on a pull request: first a line for each kind of them, the most severe first;
 * then each of them, folded, as far as a comment has room.
 */
export function findingsMarkdown({ files, rules, sources }: Found): string {
  const all = files.flatMap(({ path, findings }) =>
    findings.map((finding): Placed => ({ path, ...finding })),
  );
  const looked = `${counted(rules, "rule")} in ${counted(sources, "file")}`;
  if (all.length === 0) return `### sip-dispatch: nothing to report\n\n${looked}.\n`;
  const kinds = kindsOf(all);
  const counts = countsOf(files);
  const sums = SEVERITIES.filter((severity) => counts[severity] > 0).map((severity) =>
    counted(counts[severity], severity),
  );
  const head = [`### sip-dispatch: ${sums.join(", ")}`, "", `${looked}.`, "", ...kindLines(kinds), ""].join(
    "\n",
  );
  const isAllSaid = kinds.length <= MOST_KINDS && kinds.every((kind) => kind.length === 1);
  return isAllSaid ? head : `${head}\n${detailsOf(files, LONGEST_COMMENT - head.length)}`;
}

/**
 * The findings of each severity and id, in the order of the checks; those that say the same apart, where that is not a
 * long list.
 */
function kindsOf(all: readonly Placed[]): Placed[][] {
  const kinds = [...groupBy(all, ({ severity, id }) => `${severity} ${id}`).values()].flatMap((kind) => {
    const byMessage = [...groupBy(kind, ({ message }) => message).values()];
    return byMessage.length <= MOST_MESSAGES && byMessage.length < kind.length ? byMessage : [kind];
  });
  const order = new Map(ALL_CHECKS.map(({ id }, index) => [id, index]));
  const rank = ([first]: Placed[]): number =>
    first ? SEVERITIES.indexOf(first.severity) * order.size + (order.get(first.id) ?? 0) : 0;
  return kinds.toSorted((a, b) => rank(a) - rank(b));
}

function kindLines(kinds: readonly (readonly Placed[])[]): string[] {
  const rest = kinds.slice(MOST_KINDS).flat();
  const ids = new Set(rest.map(({ id }) => markdownCode(id)));
  const more = `- and ${counted(rest.length, "more finding")}: ${[...ids].join(", ")}`;
  return [...kinds.slice(0, MOST_KINDS).map(kindLine), ...(rest.length > 0 ? [more] : [])];
}

/** One finding in full; of several what they are, or what all of them say, and where the first ones stand. */
function kindLine(kind: readonly Placed[]): string {
  const [first] = kind;
  if (!first) return "";
  const { id, severity, message, next } = first;
  const label = `- **${severity}** \`${id}\``;
  if (kind.length === 1)
    return `${label} ${placeOf(first)}: ${said(first)}${next === undefined ? "" : ` ${markdownText(next)}`}`;
  const isSame = kind.every((one) => one.message === message);
  const what = isSame ? sentenceOf(first) : sentence(markdownText(checkNamed(id)?.title ?? id));
  const places = kind.slice(0, MOST_PLACES).map(placeOf);
  const more = kind.length - places.length;
  const where = `${places.join(", ")}${more > 0 ? ` and ${grouped(more)} more` : ""}`;
  return `${label}, ${grouped(kind.length)} times: ${what} ${where}`;
}

function placeOf({ path, line }: Placed): string {
  return markdownCode(`${path}:${line}`);
}

function said(finding: Finding): string {
  const { rule } = finding;
  const name = rule === undefined ? "" : `**${markdownText(shortened(rule, LONGEST_NAME))}**: `;
  return `${name}${sentenceOf(finding)}`;
}

function sentenceOf(finding: Finding): string {
  return markdownText(sentence(withLikely(finding, LONGEST_MESSAGE)));
}

/**
 * All findings by file, the files with the most severe first, folded, in at most so many characters; the others are
 * counted. What to do is said once.
 */
function detailsOf(files: Found["files"], room: number): string {
  const total = files.reduce((sum, { findings }) => sum + findings.length, 0);
  const lines = [`<details><summary>All ${counted(total, "finding")}</summary>`, ""];
  const told = new Set<string>();
  let length = 200;
  let shown = 0;
  const worst = ({ findings }: Found["files"][number]): number =>
    SEVERITIES.findIndex((one) => findings.some(({ severity }) => severity === one));
  for (const { path, findings } of files.toSorted((a, b) => worst(a) - worst(b))) {
    for (const [index, finding] of findings.entries()) {
      const { line, id, severity, next } = finding;
      const isTold = next === undefined || told.has(`${id} ${next}`);
      const block = [
        ...(index === 0 ? [markdownCode(path), ""] : []),
        `- line ${line}, **${severity}** \`${id}\`: ${said(finding)}${isTold ? "" : ` ${markdownText(next)}`}`,
        ...(index === findings.length - 1 ? [""] : []),
      ];
      length += block.reduce((sum, text) => sum + text.length + 1, 0);
      if (length > room) break;
      told.add(`${id} ${next}`);
      lines.push(...block);
      shown++;
    }
  }
  const rest = total - shown;
  if (rest > 0)
    lines.push("", `${counted(rest, "more finding")}: \`sip-dispatch check\` shows all of them.`, "");
  return [...lines, "</details>", ""].join("\n");
}
