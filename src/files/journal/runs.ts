import { closeSync, existsSync, openSync, readdirSync, readFileSync, readSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { sha256, stateFolder, UNDONE, type Entry, type Line } from "./journal.ts";

/** One run as its folder tells it: the entries in the order of writing, without those that were dropped. */
export interface JournalledRun {
  id: string;
  folder: string;
  started: string;
  undone: boolean;
  entries: Entry[];
}

/** All runs that wrote something, the newest first, each read when it is asked for. */
export function* journalledRuns(): Generator<JournalledRun> {
  const root = stateFolder();
  let ids: string[];
  try {
    ids = readdirSync(root);
  } catch {
    return;
  }
  for (const id of ids.toSorted().toReversed()) {
    const run = readRun(join(root, id), id);
    if (run !== undefined) yield run;
  }
}

/** Says that every file of the run is back as it was. */
export function markUndone({ folder }: JournalledRun): void {
  writeFileSync(join(folder, UNDONE), "", { mode: 0o600, flush: true });
}

/** The bytes that an entry's file had before or after; undefined when the journal has lost them. */
export function keptBytes(run: JournalledRun, entry: Entry, which: "before" | "after"): Buffer | undefined {
  const kept = entry[which];
  try {
    const file = openSync(join(run.folder, "bytes"), "r");
    try {
      const bytes = Buffer.alloc(kept.bytes);
      for (let done = 0; done < bytes.length;) {
        const count = readSync(file, bytes, done, bytes.length - done, kept.at + done);
        if (count === 0) return undefined;
        done += count;
      }
      return sha256(bytes) === kept.sha256 ? bytes : undefined;
    } finally {
      closeSync(file);
    }
  } catch {
    return undefined;
  }
}

/** Undefined for a folder that holds no readable manifest, and for a run of which nothing is left. */
function readRun(folder: string, id: string): JournalledRun | undefined {
  let started = "";
  const entries = new Map<number, Entry>();
  for (const line of readManifest(folder)) {
    if ("started" in line) started = line.started;
    else if ("entry" in line) entries.set(line.entry.number, line.entry);
    else if ("dropped" in line) for (const number of line.dropped) entries.delete(number);
  }
  if (entries.size === 0) return undefined;
  return { id, folder, started, undone: existsSync(join(folder, UNDONE)), entries: [...entries.values()] };
}

function readManifest(folder: string): Line[] {
  try {
    const lines = readFileSync(join(folder, "manifest"), "utf8").split("\n");
    return lines.flatMap((line) => parseLine(line) ?? []);
  } catch {
    return [];
  }
}

function parseLine(line: string): Line | undefined {
  try {
    const value: unknown = JSON.parse(line);
    return isLine(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

/** A line that was cut off is no JSON, so a whole object is one that we wrote. */
function isLine(value: unknown): value is Line {
  return typeof value === "object" && value !== null;
}
