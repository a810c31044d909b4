import { lstatSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, sep } from "node:path";
import { setImmediate } from "node:timers/promises";
import { type Entry, stateFolder } from "./journal.ts";
import { readBytes } from "../read.ts";
import { asRefusal, NARROWED, howToReplace, replaceFile } from "../write/replace.ts";
import { folderOfRun, NewFiles } from "../write/new-files.ts";
import { journalledRuns, type JournalledRun, keptBytes, markUndone } from "./runs.ts";
import { errorCode } from "../error-words.ts";

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

/** The result of undo for one file. Only `restored` files were written. */
export interface UndoneFile {
  path: string;
  outcome: "restored" | "unchanged" | "edited" | "missing" | "failed";
  /** One plain phrase without the path. */
  message: string;
  /** Where the bytes lie that the file had before the run, if they could not be put back and are not lost. */
  kept?: string;
}

/** `run.undone` says whether every file is back as it was; `files` lacks those that it was stopped before. */
export type UndoResult =
  | { found: true; run: Run; files: UndoneFile[] }
  | { found: false; message: string; next: string };

/** All runs that wrote something, the newest first, each read when it is asked for. */
export function* listRuns(): Generator<Run> {
  for (const run of journalledRuns()) yield asRun(run);
}

/**
 * Puts back every byte of the named run, or of the last one that is not undone. A file that was edited since is
 * left alone, and so is one that the run, killed, had not replaced yet. May be called again after it failed in
 * part, was stopped, or was killed itself.
 */
export async function undoRun(id?: string, stop?: AbortSignal): Promise<UndoResult> {
  const run = firstRun((each) => (id === undefined ? !each.undone : each.id === id));
  if (run === undefined) {
    const message =
      id === undefined ? `no run to undo in ${stateFolder()}` : `no run ${id} in ${stateFolder()}`;
    return { found: false, message, next: "`sip-dispatch undo --list` shows all runs." };
  }
  if (run.undone) {
    return { found: false, message: `run ${run.id} is already undone`, next: "Nothing is left to do." };
  }
  removeTemporaries(run);
  const files: UndoneFile[] = [];
  const paths = new Set(run.entries.flatMap(({ path, inPlace }) => (inPlace ? [] : path)));
  const newFiles = new NewFiles(run.id, [...paths]);
  try {
    // Backwards, because a run may have written a file twice.
    for (const entry of run.entries.toReversed()) {
      await setImmediate(); // a signal that came meanwhile is heard now
      if (stop?.aborted) break;
      files.unshift({ path: entry.path, ...restore(run, entry, newFiles) });
    }
  } finally {
    newFiles.remove();
  }
  const isBack = files.every(({ outcome }) => outcome === "restored" || outcome === "unchanged");
  if (isBack && files.length === run.entries.length) run.undone = mark(run);
  return { found: true, run: asRun(run), files };
}

function firstRun(isWanted: (run: JournalledRun) => boolean): JournalledRun | undefined {
  for (const run of journalledRuns()) if (isWanted(run)) return run;
  return undefined;
}

type Outcome = Pick<UndoneFile, "outcome" | "message" | "kept">;

function restore(run: JournalledRun, entry: Entry, newFiles: NewFiles): Outcome {
  const before = keptBytes(run, entry, "before");
  const after = keptBytes(run, entry, "after");
  if (before === undefined || after === undefined) return failed("its copy in the journal is damaged");
  const done = putBack(newFiles, entry, before, after);
  if (done.outcome === "restored" || done.outcome === "unchanged") return done;
  try {
    const kept = join(run.folder, `${entry.number}.before`);
    writeFileSync(kept, before, { mode: 0o600 });
    return { ...done, kept };
  } catch {
    return done;
  }
}

function putBack(newFiles: NewFiles, { path, inPlace }: Entry, before: Buffer, after: Buffer): Outcome {
  try {
    if (realpathSync(path) !== path) return edited("is reached through a link now");
    const current = readBytes(path, Math.max(before.length, after.length));
    if (!Buffer.isBuffer(current)) return current.reason === "io" ? failed(current.message) : edited();
    if (current.equals(before)) return { outcome: "unchanged", message: "is as it was before the run" };
    const isOurs = current.equals(after) || (inPlace && isMixture(current, before, after));
    if (!isOurs) return edited();
    const how = howToReplace(path);
    if ("written" in how) return failed(how.message);
    const done = replaceFile({ path, before: current, after: before, ...how }, newFiles);
    if (!done.written) return done.reason === "stale" ? edited() : failed(done.message);
    const rights = done.narrowed ? `, but ${NARROWED}` : "";
    return { outcome: "restored", message: `is restored${rights}` };
  } catch (error) {
    const code = errorCode(error);
    if (code === "ENOENT" || code === "ENOTDIR") return { outcome: "missing", message: "is gone" };
    return failed(asRefusal(error).message);
  }
}

/** Tells whether kills in the middle of in-place writes, of the run or of an undo, can have left these bytes. */
function isMixture(current: Buffer, before: Buffer, after: Buffer): boolean {
  const isOneOfBoth = current.every((byte, at) => byte === before[at] || byte === after[at]);
  return isOneOfBoth && current.length >= Math.min(before.length, after.length);
}

/** Removes what the run, or an undo of it, left beside its files when it was killed. */
function removeTemporaries({ id, entries }: JournalledRun): void {
  for (const folder of new Set(entries.map(({ path }) => dirname(path)))) {
    const ours = folderOfRun(folder, id);
    try {
      if (realpathSync(folder) === folder && lstatSync(ours).isDirectory()) rmSync(ours, { recursive: true });
    } catch {
      // Most folders have none.
    }
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
