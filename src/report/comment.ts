import { SEVERITIES } from "../checks/check.ts";
import { checkNamed } from "../checks/index.ts";
import { codeWords } from "../checks/words.ts";
import { counted } from "../rule/count-words.ts";
import { groupBy } from "../rule/group-by.ts";
import type { Found } from "./found.ts";
import { atMost } from "./layout.ts";
import { shortened } from "../rule/list-words.ts";
import { type Style, styleFor, visible } from "./style.ts";

/** In UTF-16 code units. GitHub takes no longer comment than 65,536 characters. */
const LONGEST = 60_000;
/** The lines of a report beyond these are folded. */
const MOST_OPEN = 40;

/**
 * The report for a person as Markdown for a comment: `result`, which holds no text of a file, as a heading, then the kinds
 * of findings, a line each, and below them the lines as they are, the first of them open, as far as a comment has room.
 * Nothing in them can become markup.
 */
export function commentOf(
  result: string,
  report: (style: Style) => string,
  files: Found["files"] = [],
): string {
  const lines = report(styleFor(false, 100)).trimEnd().split("\n");
  let room = LONGEST;
  const shown = lines.filter(({ length }) => (room -= length + 1) > 0);
  const rest = lines.length - shown.length;
  const folded = shown.slice(MOST_OPEN);
  return [
    `### sip-dispatch: ${result}\n`,
    ...(files.length > 0 ? [`${kindLines(files).join("\n")}\n`] : []),
    fenced(shown.slice(0, MOST_OPEN)),
    ...(folded.length > 0
      ? ["<details><summary>The rest of the report</summary>\n", fenced(folded), "</details>\n"]
      : []),
    ...(rest > 0
      ? [`${counted(rest, "more line")}: run it with \`--format text\` to see all of them.\n`]
      : []),
  ].join("\n");
}

/** Lines as a block of code, whatever they hold. */
function fenced(lines: readonly string[]): string {
  const text = lines.join("\n");
  const fence = "`".repeat(Math.max(3, ...(text.match(/`+/g) ?? []).map((run) => run.length + 1)));
  return `${fence}text\n${text}\n${fence}\n`;
}

/** Of a kind of findings so many places are named before the others are counted. */
const MOST_PLACES = 3;
/** In UTF-16 code units: all of them have to fit into a comment beside the report. */
const LONGEST_PATH = 150;
/** More kinds of findings are only counted, so that the first lines tell what matters. */
const MOST_KINDS = 10;

/** The kinds of findings, the most severe first, with what each is and where the first of them stand. */
function kindLines(files: Found["files"]): readonly string[] {
  const all = files.flatMap(({ path, findings }) =>
    findings.map(({ id, severity, line }) => ({
      id,
      severity,
      place: `${shortened(visible(path), LONGEST_PATH)}:${line}`,
    })),
  );
  const lines = SEVERITIES.flatMap((severity) => {
    const kinds = groupBy(
      all.filter((one) => one.severity === severity),
      ({ id }) => id,
    );
    return Array.from(kinds, ([id, found]) => {
      const places = codeWords(found.slice(0, MOST_PLACES).map(({ place }) => place));
      const more = found.length > MOST_PLACES ? `; ${counted(found.length, "place")} in all` : "";
      return `- **${severity}** \`${id}\`: ${checkNamed(id)?.title ?? id} (${places}${more})`;
    });
  });
  return atMost(lines, MOST_KINDS, (count) => `- and ${counted(count, "more kind")}`);
}
