import { fstatSync, statSync, writeSync } from "node:fs";
import { devNull } from "node:os";
import { errorInWords } from "../files/error-words.ts";
import type { ReportText } from "../report/migration-formats.ts";

/** One of the two outputs, by its file descriptor. */
export type Output = 1 | 2;

/** An output that takes nothing more. What was to be done is done; only the report of it is lost. */
export class OutputError extends Error {
  constructor(output: Output, why: string) {
    super(
      `${output === 1 ? "standard output" : "standard error"} can't be written: ${why}; run it again to see which files were written`,
    );
  }
}

/**
 * Writes to standard output (1) or standard error (2), all of it before it returns: node's streams take a while to
 * load, and a process that ends can cut them off. A reader that has seen enough ends the process quietly.
 */
export function print(output: Output, data: string | Uint8Array): void {
  const bytes = typeof data === "string" ? Buffer.from(data) : data;
  for (let done = 0; done < bytes.length;) {
    try {
      done += writeSync(output, bytes, done);
    } catch (error) {
      const code = error instanceof Error && "code" in error ? error.code : undefined;
      if (code === "EPIPE") process.exit();
      if (code !== "EAGAIN") throw new OutputError(output, errorInWords(error));
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 5);
    }
  }
}

/** Writes a report; of one in pieces many at a time. */
export function printReport(output: Output, report: ReportText): void {
  let page = "";
  for (const piece of typeof report === "string" ? [report] : report) {
    page += piece;
    if (page.length < PAGE) continue;
    print(output, page);
    page = "";
  }
  print(output, page);
}

/** So many UTF-16 code units are printed at once. */
const PAGE = 2 ** 16;

/**
 * How many columns an output has: 80 if its terminal doesn't say, undefined if it is no terminal. Only a character
 * device can be one, and not the one that forgets; asking node itself is dear.
 */
export function columnsOf(output: Output): number | undefined {
  try {
    const device = fstatSync(output);
    if (!device.isCharacterDevice() || device.rdev === statSync(devNull).rdev) return undefined;
  } catch {
    return undefined;
  }
  const stream = output === 1 ? process.stdout : process.stderr;
  // The build replaces `process.stdout.columns` for yargs. A terminal that knows no size says 0.
  return stream.isTTY ? stream.columns || 80 : undefined;
}
