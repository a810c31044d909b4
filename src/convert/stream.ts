import type { MigrateOptions } from "../config/options.ts";
import { nextAfter } from "../files/read.ts";
import type { WhyUnreadable } from "../sources/unreadable.ts";
import { errorCode, errorInWords } from "../files/error-words.ts";
import {
  asJson,
  type Conversion,
  type Converted,
  convertJson,
  type Refusal,
  type Target,
} from "./convert.ts";

/** A line that could not be converted. `line` is 1-based. */
export interface RefusedLine {
  line: number;
  text: string;
  refused: Refusal[];
}

/** How the lines of a stream came out. They add up to the lines that are not blank. */
export interface StreamTotals {
  converted: number;
  refused: number;
  routingChanges: number;
  /** How many have callers in them whom a migration would take for called numbers. */
  callers: number;
  /** How many converted lines hold what looks like a placeholder. */
  open: number;
}

/** The longest line, in UTF-16 code units. Whatever is longer is refused, so that memory stays bounded. */
const LONGEST_LINE = 64 * 1024 * 1024;

/** Where the parts of a converted stream go. */
export interface StreamOutput {
  /** Takes converted lines, with their line feeds, and returns when they are written. */
  write(text: string): void;
  refuse(line: RefusedLine): void;
  /** Returns what to print instead of a document: itself, or one with its secrets hidden. */
  change(converted: Converted): Converted;
}

/**
 * Converts NDJSON as it comes: one compact document a line, in the order of the input. A line that can't be
 * converted is handed to `refuse` and left out; the others go on. Where the bytes can't be read, the reason.
 */
export async function convertLines(
  chunks: AsyncIterable<Uint8Array>,
  to: Target,
  options: MigrateOptions,
  output: StreamOutput,
): Promise<StreamTotals | WhyUnreadable> {
  const totals: StreamTotals = { converted: 0, refused: 0, routingChanges: 0, callers: 0, open: 0 };
  let number = 0;
  try {
    for await (const lines of linesOf(chunks)) {
      const done: string[] = [];
      for (const text of lines) {
        number++;
        if (text?.trim() === "") continue;
        const result = convertLine(text, to, options);
        if ("refused" in result) {
          totals.refused++;
          output.refuse({ line: number, text: text ?? "", refused: result.refused });
          continue;
        }
        totals.converted++;
        if (result.converted.routingChange !== undefined) totals.routingChanges++;
        if (result.converted.remark !== undefined) totals.callers++;
        if (result.converted.placeholders !== undefined) totals.open++;
        done.push(asJson(output.change(result.converted), 0), "\n");
      }
      if (done.length > 0) output.write(done.join(""));
    }
    return totals;
  } catch (error) {
    if (error instanceof Error && "syscall" in error) {
      return { reason: "io", message: errorInWords(error), next: nextAfter(errorCode(error)) };
    }
    throw error;
  }
}

function convertLine(text: string | undefined, to: Target, options: MigrateOptions): Conversion {
  if (text !== undefined && text.length <= LONGEST_LINE) return convertJson(text, to, options);
  const message = text === undefined ? "this line is not valid UTF-8" : "this line is over 64 MiB";
  const next = text === undefined ? "Save it as UTF-8." : "Write one request a line.";
  return { refused: [{ at: { start: 0, end: 0 }, message, next }] };
}

/**
 * The lines of a stream, those that end in one chunk together; undefined for one that is not UTF-8. A line that is too
 * long is cut, and stays too long.
 */
async function* linesOf(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<(string | undefined)[]> {
  let rest: Uint8Array[] = [];
  for await (const chunk of chunks) {
    const end = chunk.lastIndexOf(LINE_FEED) + 1;
    if (end > 0) {
      yield decodedLines(Buffer.concat([...rest, chunk.subarray(0, end - 1)]));
      rest = [];
    }
    const kept = rest.reduce((sum, { length }) => sum + length, 0);
    if (kept <= LONGEST_LINE * 3) rest.push(chunk.subarray(end));
  }
  yield decodedLines(Buffer.concat(rest));
}

const LINE_FEED = 0x0a;

/** All lines at once, and one by one where something in them is not UTF-8. */
function decodedLines(bytes: Uint8Array): (string | undefined)[] {
  const text = decoded(bytes);
  if (text !== undefined) return text.split(/\r?\n/);
  const lines: (string | undefined)[] = [];
  for (let start = 0; start <= bytes.length;) {
    const found = bytes.indexOf(LINE_FEED, start);
    const end = found < 0 ? bytes.length : found;
    lines.push(decoded(bytes.subarray(start, end))?.replace(/\r$/, ""));
    start = end + 1;
  }
  return lines;
}

/** As a stream, although all of it is there: what comes of it is read a fifth faster than what one call decodes. */
function decoded(bytes: Uint8Array): string | undefined {
  const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
  try {
    return decoder.decode(bytes, { stream: true }) + decoder.decode();
  } catch {
    return undefined;
  }
}
