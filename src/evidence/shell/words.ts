import { basename } from "node:path/posix";
import type { Span } from "../../rule/value.ts";
import type { PartlyKnown } from "../../sources/partly-known.ts";

/** A word of a command, the names of what is put into it, and where it stands. */
export interface ShellWord extends Span {
  said: PartlyKnown;
  /** The same for reading; empty where it holds a request. */
  text: string;
  uses: readonly string[];
  /** The names of which it takes a part or replaces something: `${r%\}}`. */
  cuts: readonly string[];
  /** The index of the region that begins in it, if one does. */
  regions: readonly number[];
}

/** A command as it is judged: its words, its redirections, and what its heredocs hold. */
export interface ShellCommand {
  at: Span;
  words: readonly ShellWord[];
  reads: readonly ShellWord[];
  writes: readonly ShellWord[];
  /** The regions and the names in its heredocs. */
  typed: { regions: readonly number[]; uses: readonly string[]; text: string; raw: string };
  keywords: readonly string[];
  /** True if another command of the pipeline comes behind it, or before. */
  isPiped: boolean;
  takesPipe: boolean;
}

/** The name by which goes what a function prints. */
export function outputOf(name: string): string {
  return `${name}()`;
}

/** The name for the words that a pipe brings, to `xargs`. */
export const PIPED = "|";

/** How an assignment begins. */
export const ASSIGNMENT = /^[A-Za-z_]\w*(?:\[[^\]]*\])?\+?=/;

/** Tells whether a word may name a file. */
export function isFileWord({ text, regions }: ShellWord): boolean {
  return regions.length === 0 && text.length < 400 && !/[\r\n]/.test(text);
}

/** The text that a word gives a name; undefined where a command prints it, or a request stands in it. */
export function valueOf({ said, uses, regions }: ShellWord): PartlyKnown | undefined {
  return regions.length > 0 || uses.some((use) => use.startsWith("(")) ? undefined : said;
}

/** Programs before other programs, with their options. */
const BEFORE =
  /^(?:sudo|doas|env|time|timeout|nice|nohup|command|builtin|exec|stdbuf|run|npx|xargs|parallel|retry|!)$/;

/** The command behind `sudo`, `env A=b`, `xargs -n1`, `timeout 5`. */
export function innerCommand(words: readonly ShellWord[]): readonly ShellWord[] {
  let rest = words;
  while (BEFORE.test(basename(rest[0]?.text ?? "")) && rest.length > 1) {
    const next = rest.findIndex(
      ({ text }, index) =>
        index > 0 &&
        !text.startsWith("-") &&
        !ASSIGNMENT.test(text) &&
        !/^\d+[smh]?$/.test(text) &&
        !/^\{\}$/.test(text) &&
        !/^-[InPLdu]$/.test(rest[index - 1]?.text ?? ""),
    );
    if (next < 0) return [];
    rest = rest.slice(next);
  }
  return rest;
}
