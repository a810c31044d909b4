import { randomBytes } from "node:crypto";
import {
  accessSync,
  closeSync,
  constants,
  existsSync,
  fsyncSync,
  ftruncateSync,
  linkSync,
  openSync,
  renameSync,
  rmSync,
  statSync,
  writeSync,
  type Stats,
} from "node:fs";
import { dirname, join } from "node:path";
import { readBytes } from "../read.ts";
import type { NewFile, NewFiles } from "./new-files.ts";
import { errorCode, errorInWords } from "../error-words.ts";

/** Why a file was left as it was. */
export interface NotWritten {
  written: false;
  /** The codes are stable. */
  reason: "stale" | "read-only" | "uncommitted" | "exists" | "io";
  /** One plain phrase without the path. */
  message: string;
  /** One sentence that says what to do next. */
  next: string;
}

/** A file's bytes, what shall stand in their place, and how it gets there. */
export interface Replacement extends HowToReplace {
  /** A real path: absolute and free of links. */
  path: string;
  before: Buffer;
  after: Buffer;
}

/** How a file is replaced. */
export interface HowToReplace {
  /** Overwritten where it is, because a new file in its place would break its hard links or take it from its owner. */
  inPlace: boolean;
  /** The permission bits it has. */
  mode: number;
}

/**
 * How the file at a real path has to be replaced, or why it must not be written at all. A mode without a write bit
 * counts for root too.
 */
export function howToReplace(path: string): HowToReplace | NotWritten {
  const stats = statSync(path);
  const inPlace = stats.nlink > 1 || !canKeepOwner(stats);
  if (!isWritable(path, stats.mode)) return readOnly("is read-only");
  const folder = dirname(path);
  if (!inPlace && !isWritable(folder, statSync(folder).mode)) return readOnly("is in a read-only directory");
  return { inPlace, mode: stats.mode & 0o7777 };
}

/** That a file was written. It is `narrowed` where not all of its rights and attributes could be kept. */
export interface Written {
  written: true;
  narrowed?: true;
}

/**
 * Replaces the bytes of a file if they are still the expected ones. A reader sees the old file or the new one,
 * which has the old one's rights and owner; only in place can a kill leave a beginning of the new bytes on top of
 * the old ones. The new bytes stand on the disk when it returns.
 */
export function replaceFile(replacement: Replacement, files: NewFiles): Written | NotWritten {
  const { path, before, after, inPlace } = replacement;
  try {
    if (inPlace) {
      if (!holds(path, before)) return stale;
      overwrite(path, before, after);
      return { written: true };
    }
    const made = files.open(path);
    if (!made) return stale;
    try {
      fillAndClose(made.file, after);
      if (!takePlace(made, path, before)) return stale;
    } finally {
      rmSync(made.path, { force: true });
    }
    return made.isNarrowed ? { written: true, narrowed: true } : { written: true };
  } catch (error) {
    return asRefusal(error);
  }
}

/**
 * Gives a new file the name of the old one if that has the expected bytes, and tells whether it has. What others write
 * into the old one until then is found in it afterwards, and gets its name back. Node can't exchange two files in one
 * step: a file that others rename to that name between the last look and our own rename is lost.
 */
function takePlace(made: NewFile, path: string, before: Buffer): boolean {
  const isHeld = isLinked(path, made.aside);
  const isExpected = holds(path, before);
  if (isExpected) renameSync(made.path, path);
  if (isExpected && isHeld && !holds(made.aside, before)) {
    renameSync(made.aside, path);
    return false;
  }
  rmSync(made.aside, { force: true });
  return isExpected;
}

/** Some file systems have no hard links. */
function isLinked(path: string, other: string): boolean {
  try {
    linkSync(path, other);
    return true;
  } catch {
    return false;
  }
}

/**
 * Writes a file where none stands, in one step: beside it first. Returns false where one stands there by now. Throws an
 * error of the operating system when it fails; no temporary file is left then.
 *
 * Our own, because what packages do is not enough: their temporary names can be foreseen, and are the same in two
 * containers that share a folder; they follow a link that stands there, and take a short write for success.
 */
export function writeWhole(path: string, bytes: Buffer): boolean {
  const temporary = join(dirname(path), `.sip-dispatch-${randomBytes(4).toString("hex")}`);
  // With this flag nothing that stands there already is opened, whether file or link.
  const file = openSync(temporary, "wx", 0o666);
  try {
    fillAndClose(file, bytes);
    if (isLinked(temporary, path)) return true;
    if (existsSync(path)) return false;
    renameSync(temporary, path);
    return true;
  } finally {
    rmSync(temporary, { force: true });
  }
}

/** Tells whether the file has exactly these bytes. */
export function holds(path: string, bytes: Buffer): boolean {
  const found = readBytes(path, bytes.length);
  return Buffer.isBuffer(found) && found.equals(bytes);
}

/** A mode without any write bit is a wish that even root should heed. */
function isWritable(path: string, mode: number): boolean {
  try {
    accessSync(path, constants.W_OK);
    return (mode & 0o222) !== 0;
  } catch {
    return false;
  }
}

export function readOnly(message: string): NotWritten {
  return { written: false, reason: "read-only", message, next: "Make it writable, then run again." };
}

export const stale: NotWritten = {
  written: false,
  reason: "stale",
  message: "has changed since it was read",
  next: "Run again, so that the file is read as it is now.",
};

/** An error from writing, as a value. What is no error of the operating system is thrown again. */
export function asRefusal(error: unknown): NotWritten {
  const code = errorCode(error);
  if (code === "EACCES" || code === "EPERM" || code === "EROFS") return readOnly(errorInWords(error));
  const next =
    code === "ENOSPC" || code === "EDQUOT"
      ? "Free some space, then run again."
      : "Fix that, then run it again.";
  return { written: false, reason: "io", message: errorInWords(error), next };
}

/** The words for a file that is narrowed, as a clause. */
export const NARROWED =
  "an access control list and extended attributes, if it had any, could not be kept, so its group has no rights to it now";

function canKeepOwner(stats: Stats): boolean {
  const user = process.geteuid?.();
  if (user === undefined || user === 0) return true;
  return (
    stats.uid === user &&
    (stats.gid === process.getegid?.() || process.getgroups?.().includes(stats.gid) === true)
  );
}

/**
 * Overwrites from the start and cuts off last, so that a kill leaves only old and new bytes, each where it belongs,
 * which undo recognises. After a failure the old bytes are put back, which needs no more space than they had.
 */
function overwrite(path: string, before: Buffer, after: Buffer): void {
  const file = openSync(path, constants.O_RDWR | constants.O_NOFOLLOW);
  try {
    try {
      fill(file, after);
    } catch (error) {
      fill(file, before);
      throw error;
    }
  } finally {
    closeSync(file);
  }
}

function fillAndClose(file: number, bytes: Buffer): void {
  try {
    fill(file, bytes);
  } finally {
    closeSync(file);
  }
}

function fill(file: number, bytes: Buffer): void {
  for (let at = 0; at < bytes.length;) at += writeSync(file, bytes, at, bytes.length - at, at);
  ftruncateSync(file, bytes.length);
  fsyncSync(file);
}
