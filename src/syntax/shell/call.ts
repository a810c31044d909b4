import type { Span } from "../../rule/value.ts";
import type { Mention, Notice, PathProgram } from "../syntax.ts";
import { type Argument, isUnknown } from "./expand.ts";
import { joined, NOTHING, type Stream, textsOf } from "./stream.ts";

/** A program with what it is given. */
export interface Call {
  at: Span;
  args: readonly Argument[];
  /** What it reads from its input. */
  input: Stream;
  /** What the heredocs say that it reads from. */
  typed?: string;
}

/** A program that a command runs on requests, and whether it is known what else it runs on. */
export interface ProgramRun {
  program: PathProgram;
  /** Whether its input is what the mentions say, and nothing else. */
  isSure: boolean;
}

/** What a program does: what it prints, what it writes to which files, and what is said by it. */
export interface Deeds {
  prints: Stream;
  writes: readonly { from: Stream; to: string; appends?: boolean }[];
  mentions: readonly Mention[];
  runs?: ProgramRun;
  notice?: Notice | undefined;
}

/** Nothing that has to do with requests. */
export const NO_DEEDS: Deeds = { prints: NOTHING, writes: [], mentions: [] };

/** The name of a file, as it is written, with the folder in which the script is. */
export type PathOf = (name: string) => string;

/**
 * What is said of each origin of a stream. What is done with a wrapped one says nothing of it. Where rules are created
 * from what can't be told, any of its keys may have been set, or moved.
 */
export function mentionsOf({ origins }: Stream, said: Omit<Mention, "file" | "region" | "made">): Mention[] {
  return origins.flatMap(({ wrapped, unknown, ...origin }): Mention[] => {
    if (wrapped) return [];
    const mention = { ...said, ...origin };
    return unknown && said.does === "create" ? [mention, setBy(mention)] : [mention];
  });
}

/** That keys are set which can't be told. */
export function setBy({ at, file, region }: Mention): Mention {
  return {
    does: "read",
    at,
    sets: true,
    ...(file !== undefined && { file }),
    ...(region !== undefined && { region }),
  };
}

/** What an argument says, as far as it is known; the first where it may say several things. */
export function textOf(arg: Argument | undefined): string {
  return arg?.texts[0] ?? "";
}

/** Whether an argument begins like an option. */
export function isOption(arg: Argument): boolean {
  return /^-./.test(textOf(arg));
}

/** Whether a word may be the name of a file. */
export function isName(text: string): boolean {
  return (
    text !== "" && text.length < 300 && !/^-|[\r\n\t'"|<>{}()]/.test(text.replaceAll(/\$\{[^}]*\}/g, ""))
  );
}

/** The text that an argument brings: what it holds, or that of the file that it may name, also behind `--from=`. */
export function held({ texts, holds }: Argument, pathOf: PathOf, isFile = false): Stream {
  const names = texts
    .map((text) => text.replace(/^(--?[\w-]+=|@)/, ""))
    .filter((text) => isName(text) && (isFile ? !isUnknown(text) : /[./]/.test(text)));
  return joined([holds, textsOf(names.map(pathOf))]);
}
