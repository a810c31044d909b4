import { createHash, randomBytes } from "node:crypto";
import {
  appendFileSync,
  closeSync,
  existsSync,
  fsyncSync,
  ftruncateSync,
  mkdirSync,
  openSync,
  rmSync,
  statSync,
  writeFileSync,
  writeSync,
} from "node:fs";
import { homedir } from "node:os";
import { basename, dirname, isAbsolute, join } from "node:path";
import type { Replacement } from "../write/replace.ts";
import { errorInWords } from "../error-words.ts";

/** Where bytes of a file are kept, and what they are. */
export interface Kept {
  sha256: string;
  /** Where they begin in the run's file `bytes`. */
  at: number;
  /** How many there are. */
  bytes: number;
}

/** One file that a run was about to replace. */
export interface Entry {
  number: number;
  /** Absolute, and free of links when it was written. */
  path: string;
  /** The permission bits it had, for whoever puts a vanished file back by hand. */
  mode: number;
  before: Kept;
  after: Kept;
  /** Overwritten where it is, so that a kill may have left a mixture of both. */
  inPlace: boolean;
}

/** The file in a run's folder that says it is undone. */
export const UNDONE = "undone";

/** A line of the manifest. `dropped` are the numbers of entries whose files were not written after all. */
export type Line = { version: 1; started: string } | { entry: Entry } | { dropped: number[] };

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
  /** Where the next bytes go: never over some that an entry may name. */
  #end = 0;

  /** The name of the run, once something is kept. */
  get run(): string {
    return basename(this.#folder ?? "");
  }

  /**
   * Puts the bytes of files, old and new, on the disk before the files are replaced; of many at once, because most of
   * the time goes by with waiting for the disk. Gives each one's number in the journal, or a phrase that says why it
   * can't be kept: then the file must not be written.
   */
  keep(replacements: readonly Replacement[]): Map<Replacement, number | string> {
    if (replacements.length === 0) return new Map();
    try {
      return this.#keep(replacements);
    } catch (error) {
      const why = errorInWords(error);
      // What is too much for the disk together may fit in part.
      return new Map(
        replacements.length > 1
          ? replacements.flatMap((each) => [...this.keep([each])])
          : replacements.map((each) => [each, why]),
      );
    }
  }

  #keep(replacements: readonly Replacement[]): Map<Replacement, number> {
    this.#folder ??= createRunFolder();
    let at = this.#end;
    const place = (bytes: Buffer): Kept => {
      const kept = { sha256: sha256(bytes), at, bytes: bytes.length };
      at += bytes.length;
      return kept;
    };
    const entries = replacements.map((replacement): [Replacement, Entry] => {
      const { path, mode, before, after, inPlace } = replacement;
      const number = ++this.#entries;
      return [replacement, { number, path, mode, before: place(before), after: place(after), inPlace }];
    });
    const parts = replacements.flatMap(({ before, after }) => [before, after]);
    writeAt(join(this.#folder, "bytes"), this.#end, parts);
    this.#end = at;
    const lines = entries.map(([, entry]) => ({ entry }));
    append(this.#folder, lines);
    return new Map(entries.map(([replacement, { number }]) => [replacement, number]));
  }

  /** Says that the files of entries were not written, so that undo does not care what becomes of them. */
  drop(numbers: readonly number[]): void {
    try {
      if (this.#folder !== undefined && numbers.length > 0) append(this.#folder, [{ dropped: [...numbers] }]);
    } catch {
      // Then undo looks at the files and finds them unchanged.
    }
  }
}

/** Returns what identifies bytes. */
export function sha256(bytes: Buffer): string {
  return createHash("sha256").update(bytes).digest("hex");
}

function createRunFolder(): string {
  const started = new Date().toISOString();
  const root = stateFolder();
  makeFolders(root);
  const folder = join(root, `${started.replaceAll(/[:.]/g, "-")}-${randomBytes(4).toString("hex")}`);
  mkdirSync(folder, { mode: 0o700 });
  try {
    append(folder, [{ version: 1, started }]);
    writeFileSync(join(folder, "bytes"), "", { mode: 0o600 });
    syncFolder(folder);
    syncFolder(root);
  } catch (error) {
    rmSync(folder, { recursive: true, force: true });
    throw error;
  }
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

/** Writes all of the parts from there on and waits for the disk. After a failure nothing stands there. */
function writeAt(path: string, start: number, parts: readonly Buffer[]): void {
  const file = openSync(path, "r+");
  try {
    let at = start;
    for (const part of parts) {
      for (let done = 0; done < part.length;)
        done += writeSync(file, part, done, part.length - done, at + done);
      at += part.length;
    }
    fsyncSync(file);
  } catch (error) {
    ftruncateSync(file, start);
    throw error;
  } finally {
    closeSync(file);
  }
}

/** The line break comes first too: a line that a full disk or a kill has cut off must not spoil the next one. */
function append(folder: string, lines: readonly Line[]): void {
  const text = lines.map((line) => `\n${JSON.stringify(line)}\n`).join("");
  appendFileSync(join(folder, "manifest"), text, { mode: 0o600, flush: true });
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
