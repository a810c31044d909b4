import { counted } from "../rule/count-words.ts";
import type { Comparison } from "./comparison.ts";
import { type DiffOptions, diffReport, diffTotal } from "./diff.ts";
import { LONGEST_COMMENT, markdownBlock, markdownText } from "./markdown-text.ts";
import { styleFor } from "./style.ts";

/** The report for a person as Markdown for a comment: the sums, and below them the whole as it is, as far as there is room. */
export function diffMarkdown(comparison: Comparison, options: DiffOptions): string {
  const head = `### sip-dispatch: ${markdownText(diffTotal(comparison))}\n`;
  const lines = diffReport(comparison, options, styleFor(false, 100)).trimEnd().split("\n");
  let room = LONGEST_COMMENT - head.length;
  const shown = lines.filter(({ length }) => (room -= length + 1) > 0);
  const rest = lines.length - shown.length;
  const more = rest > 0 ? `\n${counted(rest, "more line")}: \`sip-dispatch diff\` shows all of them.\n` : "";
  return `${head}\n${markdownBlock(shown.join("\n"))}${more}`;
}
