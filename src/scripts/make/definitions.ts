import type { Span } from "../../rule/value.ts";

/** Where a Makefile gives a variable a value. */
export interface Definition {
  name: string;
  at: Span;
  /** Its input, line by line: without the comment behind it, and without what joins lines. */
  lines: readonly Span[];
  /** True if its lines are kept as they are, between `define` and `endef`. */
  isDefine: boolean;
}

const MODIFIERS = String.raw`(?:(?:export|override|private|unexport) +)*`;
const DEFINE = new RegExp(String.raw`^ *${MODIFIERS}define +([\w.-]+)\s*(?:[:?+!]{0,3}=)?\s*$`);
const VALUE = new RegExp(
  String.raw`^ *(?:[^\t#:={}"']{1,200}: +)?${MODIFIERS}([\w.-]+) *(?::{1,3}=|[?+!]?=) *(?=\S)`,
);

/** The definitions of a Makefile, in order. */
export function definitionsIn(text: string, lines: readonly Span[]): Definition[] {
  const found: Definition[] = [];
  const said = (index: number): string => text.slice(lines[index]?.start, lines[index]?.end);
  for (let index = 0; index < lines.length; index++) {
    const line = lines[index];
    if (!line || text[line.start] === "\t") continue;
    const from = index;
    const defined = DEFINE.exec(said(index).slice(0, LONGEST_NAME))?.[1];
    if (defined !== undefined) {
      let depth = 1;
      while (depth > 0 && ++index < lines.length) {
        if (/^ *endef\b/.test(said(index))) depth--;
        else if (/^ *(?:\w+ +){0,3}define\b/.test(said(index).slice(0, LONGEST_NAME))) depth++;
      }
      const end = lines[index]?.start ?? text.length;
      const body = lines.slice(from + 1, index);
      found.push({ name: defined, lines: body, isDefine: true, at: { start: line.start, end } });
      continue;
    }
    const [before, name] = VALUE.exec(said(index).slice(0, LONGEST_NAME)) ?? [];
    if (before === undefined || name === undefined) continue;
    const own = [{ start: line.start + before.length, end: line.end }];
    while (/(^|[^\\])(\\\\)*\\$/.test(said(index).slice(-100)) && index + 1 < lines.length) {
      const last = own.at(-1);
      if (last) last.end = last.start + text.slice(last.start, last.end - 1).trimEnd().length;
      const next = lines[++index] ?? line;
      const indent = /^\s*/.exec(said(index))?.[0].length ?? 0;
      own.push({ start: next.start + indent, end: next.end });
    }
    const at = { start: line.start, end: own.at(-1)?.end ?? line.end };
    found.push({ name, lines: beforeComment(text, own), isDefine: false, at });
  }
  return found;
}

const LONGEST_NAME = 500;

/** The lines up to a `#` that no backslash escapes, without the white space at their end. */
function beforeComment(text: string, lines: readonly Span[]): Span[] {
  const kept: Span[] = [];
  for (const { start, end } of lines) {
    const comment = /(?<!\\)#/.exec(text.slice(start, end));
    const stop = comment ? start + comment.index : end;
    kept.push({ start, end: start + text.slice(start, stop).trimEnd().length });
    if (comment) break;
  }
  return kept;
}
