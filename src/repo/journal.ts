import { createHash, randomBytes } from "node:crypto";
import {
  appendFileSync,
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { homedir } from "node:os";
import { dirname, isAbsolute, join } from "node:path";
import type { Replacement } from "./replace.ts";
import { errorInWords } from "./words.ts";

/** What identifies the bytes of a file. */
export interface Fingerprint {
  sha256: string;
  bytes: number;
}

/** One file that a run was about to replace. */
export interface Entry {
  /** The name of its bytes in the run's folder: `<number>.before` and `<number>.after`. */
  number: number;
  /** Absolute, and free of links when it was written. */
  path: string;
  /** The permission bits it had, for whoever puts a vanished file back by hand. */
  mode: number;
  before: Fingerprint;
  after: Fingerprint;
  /** Overwritten where it is, so that a kill may have left a mixture of both. */
  inPlace: boolean;
}

/** One run as its folder tells it: the entries in the order of writing, without those that were dropped. */
export interface JournalledRun {
  id: string;
  folder: string;
  started: string;
  undone: boolean;
  entries: Entry[];
}

/** A line of the manifest. `dropped` is the number of an entry whose file was not written after all. */
type Line = { version: 1; started: string } | { entry: Entry } | { dropped: number } | { undone: string };

/** Where runs are kept: `$SIP_DISPATCH_STATE`, else the user's state folder (XDG base directories, 0.8). */
export function stateFolder(): string {
  const { SIP_DISPATCH_STATE: own, XDG_STATE_HOME: shared } = process.env;
  if (own !== undefined && own !== "") return own;
  const states = shared !== undefined && isAbsolute(shared) ? shared : join(homedir(), ".local", "state");
  return join(states, "sip-dispatch");
}

/** The journal of one run. Nothing is created before the first file is kept. */
export function openJournal(): Journal {
  return new Journal();
}

export class Journal {
  #folder: string | undefined;
  #entries = 0;

  /**
   * Puts a file's bytes, old and new, on the disk before it is replaced. Returns the entry's number, or a phrase
   * that says why it can't: then the file must not be written.
   */
  keep(replacement: Replacement, mode: number): number | string {
    const { path, before, after, inPlace } = replacement;
    try {
      this.#folder ??= createRunFolder();
      const number = ++this.#entries;
      for (const [name, bytes] of Object.entries({ before, after })) {
        writeFileSync(join(this.#folder, `${number}.${name}`), bytes, {
          mode: 0o600,
          flag: "wx",
          flush: true,
        });
      }
      syncFolder(this.#folder);
      const entry = { number, path, mode, before: fingerprint(before), after: fingerprint(after), inPlace };
      append(this.#folder, { entry });
      return number;
    } catch (error) {
      return errorInWords(error);
    }
  }

  /** Says that the file of an entry was not written, so that undo does not care what becomes of it. */
  drop(number: number): void {
    try {
      if (this.#folder !== undefined) append(this.#folder, { dropped: number });
    } catch {
      // Then undo looks at the file and finds it unchanged.
    }
  }
}

/** All runs that wrote something, the newest first. A folder that holds no readable manifest is none. */
export function journalledRuns(): JournalledRun[] {
  const root = stateFolder();
  let ids: string[];
  try {
    ids = readdirSync(root);
  } catch {
    return [];
  }
  return ids
    .toSorted()
    .toReversed()
    .flatMap((id) => readRun(join(root, id), id) ?? []);
}

/** Says that every file of the run is back as it was. */
export function markUndone(run: JournalledRun): void {
  append(run.folder, { undone: new Date().toISOString() });
}

/** The bytes that an entry's file had before or after; undefined when the journal has lost them. */
export function keptBytes(run: JournalledRun, entry: Entry, which: "before" | "after"): Buffer | undefined {
  try {
    const bytes = readFileSync(keptAt(run, entry, which));
    return fingerprint(bytes).sha256 === entry[which].sha256 ? bytes : undefined;
  } catch {
    return undefined;
  }
}

/** Where those bytes lie. */
export function keptAt(run: JournalledRun, entry: Entry, which: "before" | "after"): string {
  return join(run.folder, `${entry.number}.${which}`);
}

function fingerprint(bytes: Buffer): Fingerprint {
  return { sha256: createHash("sha256").update(bytes).digest("hex"), bytes: bytes.length };
}

function createRunFolder(): string {
  const started = new Date().toISOString();
  const root = stateFolder();
  makeFolders(root);
  const folder = join(root, `${started.replaceAll(/[:.]/g, "-")}-${randomBytes(4).toString("hex")}`);
  mkdirSync(folder, { mode: 0o700 });
  append(folder, { version: 1, started });
  syncFolder(root);
  return folder;
}

/** One folder at a time: where a folder refuses to hold any, as in /proc, Node's recursive mkdir never ends. */
function makeFolders(folder: string): void {
  if (isFolder(folder)) return;
  if (!existsSync(folder)) makeFolders(dirname(folder));
  try {
    mkdirSync(folder, { mode: 0o700 });
  } catch (error) {
    if (!isFolder(folder)) throw error; // else another run was faster
  }
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
}

/** The line break comes first too: a line that a full disk or a kill has cut off must not spoil the next one. */
function append(folder: string, line: Line): void {
  appendFileSync(join(folder, "manifest"), `\n${JSON.stringify(line)}\n`, { mode: 0o600, flush: true });
}

/** Makes the names in a folder durable, where the operating system lets a folder be opened. */
function syncFolder(folder: string): void {
  if (process.platform === "win32") return;
  const opened = openSync(folder, "r");
  try {
    fsyncSync(opened);
  } finally {
    closeSync(opened);
  }
}

function readRun(folder: string, id: string): JournalledRun | undefined {
  const run: JournalledRun = { id, folder, started: "", undone: false, entries: [] };
  for (const line of readManifest(folder)) {
    if ("started" in line) run.started = line.started;
    else if ("entry" in line) run.entries.push(line.entry);
    else if ("undone" in line) run.undone = true;
    else run.entries = run.entries.filter((entry) => entry.number !== line.dropped);
  }
  return run.entries.length === 0 ? undefined : run;
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
