import { closeSync, constants, createReadStream, fstatSync, openSync, readSync, statSync } from "node:fs";
import { positions } from "../sources/position.ts";
import type { Unreadable } from "../sources/unreadable.ts";
import { errorCode, errorInWords, kindInWords, sizeInWords } from "./error-words.ts";

/** A file's text as it was read. `path` is as the user named it. */
export interface Source {
  path: string;
  /** Decoded byte for byte: a byte order mark stays as the first character, U+FEFF. */
  text: string;
}

/**
 * Reads a named file of at most `limit` bytes. Nothing but a regular file is ever waited for: a pipe, a socket
 * or a device is refused, as is what is not UTF-8 or holds a NUL byte.
 */
export function readSource(path: string, limit: number): Source | Unreadable {
  const bytes = readBytes(path, limit);
  return Buffer.isBuffer(bytes) ? decode(path, bytes) : bytes;
}

/** Reads standard input to its end, at most `limit` bytes. The path of what it gives is `-`. */
export function readStandardInput(limit: number): Source | Unreadable {
  return decode("-", readStandardInputBytes(limit));
}

/** The bytes of standard input, with the same refusals as `readStandardInput` but for the encoding. */
export function readStandardInputBytes(limit: number): Buffer | Unreadable {
  const path = "-";
  try {
    return readBounded(0, 2 ** 16, limit) ?? tooLarge(path, `is over ${sizeInWords(limit)}, the limit`);
  } catch (error) {
    return { path, reason: "io", message: errorInWords(error), next: "Pipe the text in, or name a file." };
  }
}

/** The bytes of a regular file, with the same refusals as `readSource` but for the encoding. */
export function readBytes(path: string, limit: number): Buffer | Unreadable {
  try {
    const kind = kindInWords(statSync(path));
    if (kind !== undefined) return notAFile(path, kind);
    // What stands there may be another thing by now: opening must not wait for a pipe's other end.
    const file = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
    try {
      const stats = fstatSync(file);
      const opened = kindInWords(stats);
      if (opened !== undefined) return notAFile(path, opened);
      if (stats.size > limit) {
        return tooLarge(path, `is ${sizeInWords(stats.size)}; the limit is ${sizeInWords(limit)}`);
      }
      // Some regular files (those of /proc) are longer than they say.
      return (
        readBounded(file, stats.size + 1, limit) ?? tooLarge(path, `is over ${sizeInWords(limit)}, the limit`)
      );
    } finally {
      closeSync(file);
    }
  } catch (error) {
    return { path, reason: "io", message: errorInWords(error), next: nextAfter(errorCode(error)) };
  }
}

/** The bytes of a file of any length, as they come. The first step throws an error of the system where it can't be read. */
export function readChunks(path: string): AsyncIterable<Uint8Array> {
  return createReadStream(path, { highWaterMark: 2 ** 20 });
}

/** Everything up to the end of the file; undefined when that is more than `limit` bytes. */
function readBounded(file: number, firstChunk: number, limit: number): Buffer | undefined {
  const chunks: Buffer[] = [];
  let chunk = Buffer.allocUnsafe(firstChunk);
  let filled = 0;
  for (let total = 0; total <= limit;) {
    const count = readChunk(file, chunk, filled);
    if (count === 0) return Buffer.concat([...chunks, chunk.subarray(0, filled)]);
    filled += count;
    total += count;
    if (filled === chunk.length) {
      chunks.push(chunk);
      chunk = Buffer.allocUnsafe(Math.max(2 ** 16, total));
      filled = 0;
    }
  }
  return undefined;
}

/**
 * Fills a part of the buffer with what comes next in an open file, and returns how many bytes that is; 0 at its end. Standard
 * input may have been set to non-blocking by whoever shares it; then reading has to wait by itself.
 */
export function readChunk(file: number, chunk: Buffer, from: number): number {
  for (;;) {
    try {
      return readSync(file, chunk, from, chunk.length - from, null);
    } catch (error) {
      if (errorCode(error) === "EOF") return 0; // how Windows ends a pipe
      if (errorCode(error) !== "EAGAIN") throw error;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 5);
    }
  }
}

function decode(path: string, bytes: Buffer | Unreadable): Source | Unreadable {
  if (!Buffer.isBuffer(bytes)) return bytes;
  if ((bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff)) {
    return {
      path,
      reason: "encoding",
      message: "is UTF-16, not UTF-8",
      next: "Save it as UTF-8, then run again.",
    };
  }
  const nul = bytes.indexOf(0);
  if (nul >= 0) {
    const next = "Name a text file; this one is binary, or UTF-16 without a byte order mark.";
    return { path, reason: "encoding", message: "holds a NUL byte", next, ...placeOf(bytes, nul) };
  }
  try {
    return { path, text: new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes) };
  } catch {
    const next = "Save it as UTF-8, then run again.";
    return {
      path,
      reason: "encoding",
      message: "is not valid UTF-8",
      next,
      ...placeOf(bytes, firstInvalid(bytes)),
    };
  }
}

/** The first byte that a decoder which replaces what is invalid does not give back. */
function firstInvalid(bytes: Buffer): number {
  const replaced = Buffer.from(bytes.toString("utf8"));
  let at = 0;
  while (at < bytes.length && bytes[at] === replaced[at]) at++;
  return at;
}

function placeOf(bytes: Buffer, at: number): { line: number; column: number } {
  // As a stream, so that a sequence which is cut off by the end is held back instead of counted.
  const before = new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes.subarray(0, at), {
    stream: true,
  });
  return positions(before)(before.length);
}

function tooLarge(path: string, message: string): Unreadable {
  return { path, reason: "too-large", message, next: "Split it into smaller files." };
}

function notAFile(path: string, message: string): Unreadable {
  const next =
    message === "is a directory"
      ? nextAfter("EISDIR")
      : "Name a regular file, or pipe the text in and name it `-`.";
  return { path, reason: "io", message, next };
}

/** Returns what to do when a file could not be opened or read, by the code of the error: a sentence. */
export function nextAfter(code: string | undefined): string {
  if (code === "EISDIR") return "Name the files in it.";
  if (code === "EACCES" || code === "EPERM") return "Get permission to read it, or run as a user who has it.";
  if (code === "ENOENT" || code === "ENOTDIR") return "Check the path; it starts from the working directory.";
  return "Check the path, then run again.";
}
