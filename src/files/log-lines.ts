import { closeSync, openSync, statSync } from "node:fs";
import { createGunzip } from "node:zlib";
import type { WhyUnreadable } from "../sources/unreadable.ts";
import { errorCode, errorInWords, kindInWords } from "./error-words.ts";
import { nextAfter, readChunk } from "./read.ts";

/** In bytes. What is longer is no line of a log; it is passed by, so that memory stays bounded. */
const LONGEST_LINE = 16 * 1024 * 1024;
/** In bytes: what a person pipes in who asks about one message. */
const HEAD = 64 * 1024;

const [LINE_FEED, GZIP] = [0x0a, [0x1f, 0x8b]];

/** What a log is read from: the path of a file or of a pipe, or standard input. */
export type LogSource = { path: string } | { descriptor: 0 };

/** In bytes. */
const CHUNK = 2 ** 20;

/** The bytes as they come; each piece is overwritten by the next one, because gigabytes of new ones would cost time. */
async function* bytesOf(source: LogSource): AsyncGenerator<Buffer> {
  if ("path" in source) {
    const stats = statSync(source.path);
    if (!stats.isFile() && !stats.isFIFO()) throw new NoLog(kindInWords(stats));
  }
  const file = "path" in source ? openSync(source.path, "r") : source.descriptor;
  try {
    const chunk = Buffer.allocUnsafeSlow(CHUNK);
    for (let size = readChunk(file, chunk, 0); size > 0; size = readChunk(file, chunk, 0)) {
      yield chunk.subarray(0, size);
    }
  } finally {
    if ("path" in source) closeSync(file);
  }
}

/** What is named is nothing that can hold a log; `message` says what it is. */
class NoLog extends Error {}

/**
 * The lines of a log that hold one of the marks, as they come: plain or compressed by gzip, in UTF-8 or in UTF-16 with a
 * byte order mark. All others cost as much as looking for the marks. What is no valid UTF-8 is replaced.
 */
export class LogLines {
  /** How much was read, in bytes, before it was decompressed. */
  bytes = 0;
  /** The begin of the text. */
  head = "";
  /** Why it can't be read, or not to its end. */
  problem: WhyUnreadable | undefined;
  readonly #source: LogSource;
  readonly #marks: readonly Buffer[];

  constructor(source: LogSource, marks: readonly string[]) {
    this.#source = source;
    this.#marks = marks.map((mark) => Buffer.from(mark));
  }

  /** Gives the lines of a piece of the text at a time. Never throws for what the input is. */
  async *lines(): AsyncGenerator<string[]> {
    try {
      yield* this.#marked(decoded(this.#counted()));
    } catch (error) {
      this.problem = problemOf(error);
    }
  }

  async *#counted(): AsyncGenerator<Buffer> {
    for await (const chunk of bytesOf(this.#source)) {
      this.bytes += chunk.length;
      yield chunk;
    }
  }

  async *#marked(text: AsyncIterable<Buffer>): AsyncGenerator<string[]> {
    let rest: Buffer = Buffer.alloc(0);
    let isTooLong = false;
    const head: Buffer[] = [];
    let headSize = 0;
    for await (const chunk of text) {
      if (headSize < HEAD) {
        head.push(Buffer.from(chunk.subarray(0, HEAD - headSize)));
        headSize += chunk.length;
        this.head = Buffer.concat(head).toString();
      }
      const end = chunk.lastIndexOf(LINE_FEED) + 1;
      if (end === 0) {
        if (!isTooLong) rest = Buffer.concat([rest, chunk]);
        isTooLong ||= rest.length > LONGEST_LINE;
        if (isTooLong) rest = Buffer.alloc(0);
        continue;
      }
      // The line that began in the last piece is copied, and none of the others.
      const first = chunk.indexOf(LINE_FEED) + 1;
      const begun = isTooLong ? [] : linesWith(this.#marks, Buffer.concat([rest, chunk.subarray(0, first)]));
      yield [...begun, ...linesWith(this.#marks, chunk.subarray(first, end))];
      isTooLong = false;
      rest = Buffer.from(chunk.subarray(end));
    }
    yield linesWith(this.#marks, rest);
  }
}

function linesWith(marks: readonly Buffer[], text: Buffer): string[] {
  const found: string[] = [];
  const next = marks.map((mark) => text.indexOf(mark));
  for (;;) {
    const at = Math.min(...next.filter((place) => place >= 0));
    if (at === Infinity) return found;
    const start = at === 0 ? 0 : text.lastIndexOf(LINE_FEED, at - 1) + 1;
    const feed = text.indexOf(LINE_FEED, at);
    const end = feed < 0 ? text.length : feed;
    found.push(text.toString("utf8", start, end));
    for (const [index, mark] of marks.entries()) {
      const place = next[index] ?? -1;
      if (place >= 0 && place < end) next[index] = text.indexOf(mark, end);
    }
  }
}

/** A compressed text may stand in a compressed file. */
const DEEPEST = 2;

/** The text in UTF-8, by its first bytes. */
async function* decoded(input: AsyncIterable<Buffer>, depth = 0): AsyncGenerator<Buffer> {
  const chunks = input[Symbol.asyncIterator]();
  let first: Buffer = Buffer.alloc(0);
  while (first.length < 2) {
    const { value, done } = await chunks.next();
    if (done) break;
    first = Buffer.concat([first, value]);
  }
  const all = from(first, chunks);
  if (first[0] === GZIP[0] && first[1] === GZIP[1] && depth < DEEPEST) {
    yield* decoded(unpacked(all), depth + 1);
  } else if (first[0] === 0xff && first[1] === 0xfe) yield* recoded(all, "utf-16le");
  else if (first[0] === 0xfe && first[1] === 0xff) yield* recoded(all, "utf-16be");
  else yield* all;
}

async function* from(first: Buffer, rest: AsyncIterator<Buffer>): AsyncGenerator<Buffer> {
  yield first;
  for (;;) {
    const { value, done } = await rest.next();
    if (done) return;
    yield value;
  }
}

/** In bytes: of so many compressed ones come at most 16 MB (RFC 1951). */
const PACKED = 2 ** 14;

/** What was compressed by gzip, up to where it breaks. Then it throws. */
async function* unpacked(input: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  const gunzip = createGunzip({ chunkSize: 2 ** 18 });
  const ready: Buffer[] = [];
  let failure: unknown;
  gunzip.on("data", (piece: Buffer) => ready.push(piece));
  let goOn = (): void => {};
  // After an error no write is answered.
  gunzip.on("error", (error) => {
    failure = error;
    goOn();
  });
  for await (const chunk of input) {
    for (let at = 0; at < chunk.length; at += PACKED) {
      // A copy: the piece is overwritten by the next one.
      const piece = Buffer.from(chunk.subarray(at, at + PACKED));
      await new Promise<void>((resolve) => {
        goOn = resolve;
        gunzip.write(piece, () => resolve());
      });
      yield* ready.splice(0);
      if (failure !== undefined) throw failure;
    }
  }
  await new Promise((resolve) => gunzip.on("close", resolve).end());
  yield* ready;
  if (failure !== undefined) throw failure;
}

async function* recoded(input: AsyncIterable<Buffer>, encoding: string): AsyncGenerator<Buffer> {
  const decoder = new TextDecoder(encoding);
  for await (const chunk of input) yield Buffer.from(decoder.decode(chunk, { stream: true }));
}

function problemOf(error: unknown): WhyUnreadable {
  if (error instanceof NoLog) return { reason: "io", message: error.message, next: nextAfter("EISDIR") };
  const code = errorCode(error);
  if (code?.startsWith("Z_")) {
    return {
      reason: "encoding",
      message: code === "Z_BUF_ERROR" ? "is compressed by gzip, and cut off" : "is broken gzip",
      next: "What stands before that was used. Get the whole file.",
    };
  }
  return { reason: "io", message: errorInWords(error), next: nextAfter(code) };
}
