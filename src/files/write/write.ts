import { existsSync, lstatSync, realpathSync, statSync } from "node:fs";
import { setImmediate } from "node:timers/promises";
import { gitStates, type GitState } from "../git/states.ts";
import type { Journal } from "../journal/journal.ts";
import type { Source } from "../read.ts";
import { realPath } from "../there.ts";
import { NewFiles } from "./new-files.ts";
import {
  asRefusal,
  holds,
  howToReplace,
  replaceFile,
  stale,
  writeWhole,
  type NotWritten,
  type Replacement,
  type Written,
} from "./replace.ts";
import { errorCode, kindInWords } from "../error-words.ts";

/** The result of writing a file. After a refusal it has the bytes it had. */
export type WriteResult = Written | NotWritten;

/** A source as it was read, and the text that shall stand in its file. */
export interface Rewrite {
  source: Source;
  newText: string;
}

export interface WriteOptions {
  /** Also write files with uncommitted changes. */
  force: boolean;
  journal: Journal;
  /** The files with hard links that the run has written, which it keeps here: each has as many names. */
  linked: Set<string>;
  /** Once it is aborted no further file is written. */
  stop?: AbortSignal | undefined;
}

/**
 * Replaces the texts of files that were read, one after the other, after all of their texts, old and new, are in the
 * journal: as many at a time as memory allows, because asking git and waiting for the disk take longest. Gives what
 * became of each, in their order; fewer, if it was stopped. A link is written through to its file; mode, owner and
 * hard links stay. A file that changed since, that nobody may write, or that has uncommitted changes is refused;
 * `force` overrules the last alone. Load this module only to write: it brings along what a dry run does not need.
 */
export async function* replaceTexts(
  rewrites: readonly Rewrite[],
  { force, journal, linked, stop }: WriteOptions,
): AsyncGenerator<WriteResult, void> {
  const located = rewrites.map((rewrite) => ({ ...rewrite, path: realPath(rewrite.source.path) }));
  const stateOf = force ? undefined : gitStates(located.flatMap(({ path }) => path ?? []));
  if (await isAborted(stop)) return;
  const prepared = located.map((each) => prepare(each, stateOf, linked));
  const replacements = prepared.filter(isReplacement);
  const kept = journal.keep(replacements);
  const paths = replacements.flatMap(({ path, inPlace }) => (inPlace ? [] : path));
  const files = new NewFiles(journal.run, paths);
  try {
    for (const each of prepared) {
      if (await isAborted(stop)) return;
      if (!isReplacement(each)) {
        yield each;
        continue;
      }
      const entry = kept.get(each) ?? "it was left out";
      kept.delete(each);
      yield typeof entry === "number" ? write(each, entry, { journal, linked, files }) : unjournalled(entry);
    }
  } finally {
    files.remove();
    journal.drop([...kept.values()].filter((entry) => typeof entry === "number"));
  }
}

/** Replaces the text of one file, as `replaceTexts` does. */
export async function replaceText(
  source: Source,
  newText: string,
  options: Omit<WriteOptions, "stop" | "linked">,
): Promise<WriteResult> {
  const all = { ...options, linked: new Set<string>() };
  for await (const result of replaceTexts([{ source, newText }], all)) return result;
  throw new Error(`nothing became of ${source.path}`);
}

/**
 * Writes a new file in one step. One that exists with other bytes is refused, and so is
 * everything that is not a regular file; one that already holds the text is left alone.
 */
export function writeNewFile(path: string, text: string): WriteResult {
  const bytes = Buffer.from(text);
  try {
    const taken = lstatSync(path, { throwIfNoEntry: false });
    if (taken !== undefined && !existsSync(path))
      return exists("is a link that leads nowhere", "Name a file.");
    const target = taken === undefined ? path : realpathSync(path);
    if (taken !== undefined) {
      const kind = kindInWords(statSync(target));
      if (kind !== undefined) return exists(kind, "Name a file.");
      if (holds(target, bytes)) return { written: true };
      return exists("exists and holds something else", "Name another file, or use --force.");
    }
    return writeWhole(target, bytes)
      ? { written: true }
      : exists("exists and holds something else", "Name another file, or use --force.");
  } catch (error) {
    if (errorCode(error) !== "ENOENT") return asRefusal(error);
    return {
      ...asRefusal(error),
      message: "is in a directory that doesn't exist",
      next: "Create the directory, then run again.",
    };
  }
}

/** Lets a signal that came meanwhile be heard first. */
async function isAborted(stop: AbortSignal | undefined): Promise<boolean> {
  await setImmediate();
  return stop?.aborted === true;
}

interface Located {
  source: Source;
  /** The real path when the writing began. */
  path: string | undefined;
}

type StateOf = ((path: string, bytes: Buffer) => GitState) | undefined;

function isReplacement(prepared: Replacement | NotWritten): prepared is Replacement {
  return !("written" in prepared);
}

function prepare(
  rewrite: Located & Rewrite,
  stateOf: StateOf,
  linked: ReadonlySet<string>,
): Replacement | NotWritten {
  const after = Buffer.from(rewrite.newText);
  const how = howToWrite(rewrite, stateOf, (path) => isWritten(path, after, linked));
  return "written" in how ? how : { ...how, after };
}

/** `isDone` tells whether this run has written the file already. */
function howToWrite(
  { source, path }: Located,
  stateOf: StateOf,
  isDone: (path: string) => boolean = () => false,
): Omit<Replacement, "after"> | NotWritten {
  const before = Buffer.from(source.text);
  try {
    if (realpathSync(source.path) !== path) return stale;
    if (!holds(path, before) && !isDone(path)) return stale;
    const how = howToReplace(path);
    if ("written" in how) return how;
    const state = stateOf?.(path, before) ?? "unchanged";
    return state === "unchanged" ? { path, before, ...how } : uncommitted(state);
  } catch (error) {
    return errorCode(error) === "ENOENT" ? stale : asRefusal(error);
  }
}

function write(
  replacement: Replacement,
  entry: number,
  { journal, linked, files }: Pick<WriteOptions, "journal" | "linked"> & { files: NewFiles },
): WriteResult {
  const { path, after } = replacement;
  // Under another name; the entry stays, so that both names are put back.
  if (isWritten(path, after, linked)) return { written: true };
  const links = linksOf(path);
  const done = replaceFile(replacement, files);
  if (done.written) {
    if (links !== undefined) linked.add(links);
    return done;
  }
  // An in-place write that failed may have left a mixture, if the old bytes could not be put back either.
  if (!replacement.inPlace || holds(replacement.path, replacement.before)) journal.drop([entry]);
  return done;
}

/** Tells whether the run has written these bytes to the file already, by another of its names. */
function isWritten(path: string, after: Buffer, linked: ReadonlySet<string>): boolean {
  if (linked.size === 0) return false;
  const links = linksOf(path);
  return links !== undefined && linked.has(links) && holds(path, after);
}

/** Returns what all names of a file with hard links have in common; undefined for one without. */
function linksOf(path: string): string | undefined {
  const stats = statSync(path, { bigint: true, throwIfNoEntry: false });
  return stats && stats.nlink > 1n ? `${stats.dev}:${stats.ino}` : undefined;
}

function uncommitted(state: Exclude<GitState, "unchanged">): NotWritten {
  const { message, next } = typeof state === "string" ? UNCOMMITTED[state] : UNCOMMITTED.unknown;
  const why = typeof state === "string" ? "" : `: ${state.whyNot}`;
  return { written: false, reason: "uncommitted", message: message + why, next };
}

const UNCOMMITTED = {
  changed: { message: "has uncommitted changes", next: "Commit them, or use --force." },
  unknown: {
    message: "is in a repository that git can't read",
    next: "Fix the repository, or use --force.",
  },
  "no-git": {
    message: "is in a repository, and git is not installed to tell whether it has uncommitted changes",
    next: "Install git, or use --force.",
  },
} as const;

function unjournalled(why: string): NotWritten {
  const message = `can't be recorded in the journal: ${why}`;
  const next = "Make room for the journal, or set SIP_DISPATCH_STATE to a folder that can be written.";
  return { written: false, reason: "io", message, next };
}

function exists(message: string, next: string): NotWritten {
  return { written: false, reason: "exists", message, next };
}
