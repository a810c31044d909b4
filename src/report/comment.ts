import { counted } from "../rule/count-words.ts";
import { type Style, styleFor } from "./style.ts";

/** In UTF-16 code units. GitHub takes no longer comment than 65,536 characters. */
const LONGEST = 60_000;
/** A report of more lines is folded. */
const MOST_OPEN = 40;

/**
 * The report for a person as Markdown for a comment: `result`, which holds no text of a file, as a heading, and below it
 * the lines as they are, as far as a comment has room. Nothing in them can become markup.
 */
export function commentOf(result: string, report: (style: Style) => string): string {
  const lines = report(styleFor(false, 100)).trimEnd().split("\n");
  let room = LONGEST;
  const shown = lines.filter(({ length }) => (room -= length + 1) > 0);
  const rest = lines.length - shown.length;
  const text = shown.join("\n");
  const fence = "`".repeat(Math.max(3, ...(text.match(/`+/g) ?? []).map((run) => run.length + 1)));
  const isFolded = lines.length > MOST_OPEN;
  return [
    `### sip-dispatch: ${result}\n`,
    ...(isFolded ? ["<details><summary>The report</summary>\n"] : []),
    `${fence}text\n${text}\n${fence}\n`,
    ...(isFolded ? ["</details>\n"] : []),
    ...(rest > 0
      ? [`${counted(rest, "more line")}: run it with \`--format text\` to see all of them.\n`]
      : []),
  ].join("\n");
}
