import { lstatSync, realpathSync, unlinkSync } from "node:fs";
import { dirname, sep } from "node:path";
import {
  journalledRuns,
  keptAt,
  keptBytes,
  markUndone,
  stateFolder,
  type Entry,
  type JournalledRun,
} from "./journal.ts";
import { readBytes } from "./read.ts";
import { asRefusal, howToReplace, replaceFile, temporaryNames } from "./replace.ts";
import { errorCode } from "./words.ts";

/** One run that wrote files. */
export interface Run {
  /** Sorts by time. */
  id: string;
  /** When it started, ISO 8601 in UTC. */
  time: string;
  /** Absolute paths, in the order of writing. */
  files: string[];
  /** The deepest directory that holds all of them. */
  directory: string;
  undone: boolean;
}

/** What undo did with one file. Only `restored` files were written. */
export interface UndoneFile {
  path: string;
  outcome: "restored" | "unchanged" | "edited" | "missing" | "failed";
  /** One plain phrase without the path. */
  message: string;
  /** Where the bytes lie that the file had before the run. */
  kept: string;
}

/** `run.undone` says whether every file is back as it was. */
export type UndoResult =
  | { found: true; run: Run; files: UndoneFile[] }
  | { found: false; message: string; next: string };

/** All runs that wrote something, the newest first. */
export function listRuns(): Run[] {
  return journalledRuns().map(asRun);
}

/**
 * Puts back every byte of the last run that is not undone, or of the named one. A file that was edited since is
 * left alone, and so is one that the run, killed, had not replaced yet. May be called again after it failed in
 * part or was killed itself.
 */
export async function undoRun(id?: string): Promise<UndoResult> {
  const runs = journalledRuns();
  const run = id === undefined ? runs.find(({ undone }) => !undone) : runs.find((each) => each.id === id);
  if (run === undefined) {
    const message =
      id === undefined ? `no run to undo in ${stateFolder()}` : `no run ${id} in ${stateFolder()}`;
    return { found: false, message, next: "`sip-dispatch undo --list` shows all runs." };
  }
  if (run.undone) {
    return { found: false, message: `run ${run.id} is already undone`, next: "Nothing is left to do." };
  }
  const files: UndoneFile[] = [];
  // Backwards, because a run may have written a file twice.
  for (const entry of run.entries.toReversed()) {
    files.unshift({ path: entry.path, kept: keptAt(run, entry, "before"), ...(await restore(run, entry)) });
  }
  if (files.every(({ outcome }) => outcome === "restored" || outcome === "unchanged")) run.undone = mark(run);
  return { found: true, run: asRun(run), files };
}

type Outcome = Pick<UndoneFile, "outcome" | "message">;

async function restore(run: JournalledRun, entry: Entry): Promise<Outcome> {
  const before = keptBytes(run, entry, "before");
  const after = keptBytes(run, entry, "after");
  if (before === undefined || after === undefined) return failed("its copy in the journal is damaged");
  const { path } = entry;
  try {
    if (realpathSync(path) !== path) return edited("is reached through a link now");
    removeTemporaries(path, before, after);
    const current = readBytes(path, Math.max(before.length, after.length));
    if (!Buffer.isBuffer(current)) return current.reason === "io" ? failed(current.message) : edited();
    if (current.equals(before)) return { outcome: "unchanged", message: "is as it was before the run" };
    const isOurs = current.equals(after) || (entry.inPlace && isMixture(current, before, after));
    if (!isOurs) return edited();
    const how = howToReplace(path);
    if ("written" in how) return failed(how.message);
    const refusal = await replaceFile({ path, before: current, after: before, inPlace: how.inPlace });
    if (refusal === undefined) return { outcome: "restored", message: "is restored" };
    return refusal.reason === "stale" ? edited() : failed(refusal.message);
  } catch (error) {
    const code = errorCode(error);
    if (code === "ENOENT" || code === "ENOTDIR") return { outcome: "missing", message: "is gone" };
    return failed(asRefusal(error).message);
  }
}

/** Whether kills in the middle of in-place writes, of the run or of an undo, can have left these bytes. */
function isMixture(current: Buffer, before: Buffer, after: Buffer): boolean {
  const isOneOfBoth = current.every((byte, at) => byte === before[at] || byte === after[at]);
  return isOneOfBoth && current.length >= Math.min(before.length, after.length);
}

/** Removes what a killed run left beside the file: it can only be a beginning of what was to be written. */
function removeTemporaries(path: string, before: Buffer, after: Buffer): void {
  for (const name of temporaryNames(path)) {
    if (lstatSync(name, { throwIfNoEntry: false })?.isFile() !== true) continue;
    const left = readBytes(name, Math.max(before.length, after.length));
    if (!Buffer.isBuffer(left)) continue;
    const isOurs = [before, after].some((whole) => left.equals(whole.subarray(0, left.length)));
    if (isOurs) unlinkSync(name);
  }
}

function mark(run: JournalledRun): boolean {
  try {
    markUndone(run);
    return true;
  } catch {
    return false;
  }
}

function edited(message = "was edited since the run"): Outcome {
  return { outcome: "edited", message };
}

function failed(message: string): Outcome {
  return { outcome: "failed", message };
}

function asRun({ id, started, entries, undone }: JournalledRun): Run {
  const files = [...new Set(entries.map(({ path }) => path))];
  return { id, time: started, files, directory: commonDirectory(files), undone };
}

function commonDirectory(files: readonly string[]): string {
  const [first = [], ...others] = files.map((file) => dirname(file).split(sep));
  const differs = first.findIndex((part, at) => others.some((other) => other[at] !== part));
  return (differs < 0 ? first : first.slice(0, differs)).join(sep) || sep;
}
