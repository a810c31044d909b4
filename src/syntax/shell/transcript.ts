import type { Span } from "../../rule/value.ts";
import { lineRegion } from "../region.ts";
import type { Region } from "../syntax.ts";
import type { IsWorth } from "../trigger.ts";
import { readScript } from "./read.ts";

const PROMPT = /^[ \t]*(?:[\w.-]+@[\w.-]+[^$%#\r\n]*)?[$%❯] +(?=[^\s$%❯])/;
const CONTINUATION = /^[ \t]*>(?: |$)/;

/**
 * The commands that were typed at a prompt, each a region: `$ cat <<EOF`, with the lines that follow behind `> ` or,
 * without that, as many as the command needs; the rest is what it printed. Undefined for what is no such transcript,
 * which is told by the first line that is neither blank nor a comment.
 */
export function transcript(text: string, isWorth: IsWorth): Region[] | undefined {
  const lines = linesOf(text);
  const first = lines.find(({ start, end }) => /^\s*[^\s#]/.test(text.slice(start, end)));
  if (!first || !PROMPT.test(text.slice(first.start, first.end))) return undefined;
  const regions: Region[] = [];
  for (let index = 0; index < lines.length;) {
    const line = withoutPrefix(text, lines[index], PROMPT);
    index++;
    if (!line) continue;
    const typed = [line];
    const behindPrompts = withoutPrefix(text, lines[index], CONTINUATION) !== undefined;
    for (; index < lines.length; index++) {
      const next = behindPrompts ? withoutPrefix(text, lines[index], CONTINUATION) : lines[index];
      if (!next || (!behindPrompts && withoutPrefix(text, next, PROMPT))) break;
      typed.push(next);
    }
    const region = lineRegion("shell", "command", text, behindPrompts ? typed : command(text, typed));
    if (region && isWorth(region.text)) regions.push(region);
  }
  return regions;
}

/** Those of the lines that the command on the first one needs: its heredocs, and what stands in open quotes. */
function command(text: string, lines: readonly Span[]): readonly Span[] {
  const { start } = lines[0] ?? { start: 0 };
  const { firstEnd } = readScript(text.slice(start, lines.at(-1)?.end));
  return firstEnd === undefined ? lines : lines.filter((line) => line.start < start + firstEnd);
}

function linesOf(text: string): Span[] {
  const lines: Span[] = [];
  let start = text.startsWith("\uFEFF") ? 1 : 0;
  for (const { index, 0: lineBreak } of text.matchAll(/\r\n|\n/g)) {
    lines.push({ start, end: index });
    start = index + lineBreak.length;
  }
  return [...lines, { start, end: text.length }];
}

/** The line without what the pattern finds at its front; undefined where it finds nothing. */
function withoutPrefix(text: string, line: Span | undefined, prefix: RegExp): Span | undefined {
  const found = line && prefix.exec(text.slice(line.start, line.end));
  return found ? { start: line.start + found[0].length, end: line.end } : undefined;
}
