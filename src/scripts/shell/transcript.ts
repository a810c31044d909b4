import type { Span } from "../../rule/value.ts";
import { fragmentSyntax } from "../../sources/embedded-language.ts";
import { linesOf } from "../../sources/lines.ts";
import { lineRegion } from "../../sources/region.ts";
import type { Region } from "../../sources/syntax.ts";
import type { IsWorth } from "../../sources/trigger.ts";
import { readScript } from "./parse.ts";
import { copyFact, type Fact } from "../../sources/fact.ts";
import { knownText } from "../../sources/partly-known.ts";

const PROMPT = /^[ \t]*(?:[\w.-]+@[\w.-]+[^$%#\r\n]*)?[$%❯] +(?=[^\s$%❯])/;
const CONTINUATION = /^[ \t]*>(?: |$)/;

/** A command that prints a file as it is. */
const PRINTS = /^(?:cat|bat)[ \t]+((?:\.{0,2}\/)?[\w.-]+(?:\/[\w.-]+){0,8})[ \t]*$/;

/** The commands that were typed, the files that they printed, and which files these are. */
export interface Transcript {
  regions: Region[];
  facts: Fact[];
}

/**
 * The commands that were typed at a prompt, each a region: `$ cat <<EOF`, with the lines that follow behind `> ` or,
 * without that, as many as the command needs; the rest is what it printed. That is a region where it is a file that the
 * transcript shows: `$ cat rule.json`. Undefined for what is no such transcript, which is told by the first line that
 * is neither blank nor a comment.
 */
export function transcript(text: string, isWorth: IsWorth): Transcript | undefined {
  const lines = linesOf(text, { start: text.startsWith("\uFEFF") ? 1 : 0, end: text.length });
  const first = lines.find(({ start, end }) => /^\s*[^\s#]/.test(text.slice(start, end)));
  if (!first || !PROMPT.test(text.slice(first.start, first.end))) return undefined;
  const regions: Region[] = [];
  const facts: Fact[] = [];
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
    const needed = behindPrompts ? typed : command(text, typed);
    const region = lineRegion("shell", "command", text, needed);
    if (region && isWorth(region.text)) regions.push(region);
    const to = PRINTS.exec(text.slice(line.start, line.end))?.[1];
    const file =
      to !== undefined && needed.length === 1 ? printed(text, typed.slice(1), isWorth, to) : undefined;
    if (!file || to === undefined) continue;
    facts.push(copyFact(line, knownText(to), { region: regions.length }));
    regions.push(file);
  }
  return { regions, facts };
}

/** The content of a file of data that a command printed. */
function printed(text: string, lines: readonly Span[], isWorth: IsWorth, name: string): Region | undefined {
  const isBlank = ({ start, end }: Span): boolean => text.slice(start, end).trim() === "";
  const content = lines.slice(
    lines.findIndex((line) => !isBlank(line)),
    lines.findLastIndex((line) => !isBlank(line)) + 1,
  );
  const output = lineRegion("", "output", text, content);
  const syntax = output && fragmentSyntax(output.text, name);
  if (!output || (syntax !== "json" && syntax !== "yaml")) return undefined;
  return isWorth(output.text) ? { ...output, syntax } : undefined;
}

/** Those of the lines that the command on the first one needs: its heredocs, and what stands in open quotes. */
function command(text: string, lines: readonly Span[]): readonly Span[] {
  const { start } = lines[0] ?? { start: 0 };
  const { firstEnd } = readScript(text.slice(start, lines.at(-1)?.end));
  return firstEnd === undefined ? lines : lines.filter((line) => line.start < start + firstEnd);
}

/** The line without what the pattern finds at its front; undefined where it finds nothing. */
function withoutPrefix(text: string, line: Span | undefined, prefix: RegExp): Span | undefined {
  const found = line && prefix.exec(text.slice(line.start, line.end));
  return found ? { start: line.start + found[0].length, end: line.end } : undefined;
}
