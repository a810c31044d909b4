import { readJson } from "./json/read.ts";
import type { Region } from "../sources/syntax.ts";

/**
 * JSON documents, one a line. Each line is a region, but for blank ones and comments; where lines are a document only
 * together, as pretty-printed ones are, they are one region.
 */
export function jsonLines(text: string): Region[] {
  const regions: Region[] = [];
  const lines = [...text.matchAll(/^[^\r\n]*\S[^\r\n]*/gm)];
  for (let index = 0; index < lines.length; index++) {
    const line = lines[index];
    if (!line || /^\uFEFF?\s*(\/\/|#)/.test(line[0])) continue;
    const last = lastLineOf(lines, index);
    const { index: end, 0: ending } = lines[last] ?? line;
    index = last;
    regions.push({
      syntax: "json",
      label: "line",
      text: text.slice(line.index, end + ending.length),
      toOuter: (offset) => line.index + offset,
      encode: (inner) => inner,
    });
  }
  return regions;
}

/** A document over more lines is not put together, so that broken lines take no long time. */
const MOST_LINES = 200;

/** The line on which the document ends that begins on this one: this one, unless it opens more than it closes. */
function lastLineOf(lines: readonly RegExpExecArray[], first: number): number {
  const [opening = ""] = lines[first] ?? [];
  if (!/^\s*[{[]/.test(opening) || /[}\]]\s*$/.test(opening)) return first;
  let depth = 0;
  for (let last = first; last < Math.min(lines.length, first + MOST_LINES); last++) {
    depth += openedIn(lines[last]?.[0] ?? "");
    if (depth > 0) continue;
    const all = lines.slice(first, last + 1).map(([line]) => line);
    return "value" in readJson(all.join("\n")) ? last : first;
  }
  return first;
}

/** How many more brackets a line opens than it closes, but for those in strings and comments. */
function openedIn(line: string): number {
  let depth = 0;
  for (const [token] of line.matchAll(/"(?:[^"\\]|\\.)*"|\/\/.*|[{}[\]]/g)) {
    if (token === "{" || token === "[") depth++;
    if (token === "}" || token === "]") depth--;
  }
  return depth;
}
