import type { Mention, Region } from "../syntax.ts";

/** What a person is told to do with a request: the dashboard's editor takes a bare rule. */
const EDITOR = /\b(dashboard|JSON editor|LiveKit Cloud (console|UI))\b/i;
const PASTE = /\bpast(e|ed|ing)\b|\bcopy\b/i;
const FILE = /[\w./-]{1,200}\.(?:json|ya?ml)\b/g;

/** What a page says is pasted into the dashboard: the files that such a line names, else the block that follows it. */
export function pastedIn(text: string, regions: readonly Region[]): Mention[] {
  if (!PASTE.test(text) || !EDITOR.test(text)) return [];
  const mentions: Mention[] = [];
  for (const { index, 0: line } of text.matchAll(/[^\r\n]+/g)) {
    if (!isTold(line)) continue;
    const at = { start: index, end: index + line.length };
    for (const [file] of line.matchAll(FILE)) mentions.push({ does: "update", at, file });
  }
  for (const [index, region] of regions.entries()) {
    const start = region.toOuter(0);
    const before = paragraphBefore(text, start);
    if (/^(json|yaml)$/.test(region.syntax) && isTold(before) && !new RegExp(FILE.source).test(before)) {
      mentions.push({ does: "update", at: { start, end: start }, region: index });
    }
  }
  return mentions.toSorted((a, b) => a.at.start - b.at.start);
}

function isTold(words: string): boolean {
  return PASTE.test(words) && EDITOR.test(words);
}

/** The last lines before a block, up to a blank one; the line of its fence stands between. */
function paragraphBefore(text: string, start: number): string {
  const lines = text
    .slice(Math.max(0, start - FARTHEST), start)
    .split(/\r\n|\n|\r/)
    .slice(0, -2);
  while (lines.at(-1)?.trim() === "") lines.pop();
  const blank = lines.findLastIndex((line) => line.trim() === "");
  return lines.slice(blank + 1).join(" ");
}

const FARTHEST = 1000;
