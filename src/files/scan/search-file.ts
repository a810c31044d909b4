import { closeSync, constants, fstatSync, openSync, readSync } from "node:fs";
import type { WhyUnreadable } from "../../sources/unreadable.ts";
import type { SearchPattern } from "./search-pattern.ts";
import { errorCode, errorInWords, sizeInWords } from "../error-words.ts";

/** The result of searching a file. `binary` and `generated` files hold what is wanted too. */
export type SearchResult = "found" | "without" | "binary" | "generated" | "too-large" | WhyUnreadable;

/** The largest file that is searched, in bytes. */
const LARGEST = 64 * 1024 * 1024;

/** Nothing that is wanted is longer, not even in UTF-16. */
const OVERLAP = 2048;

const chunk = Buffer.allocUnsafeSlow(64 * 1024);

/**
 * Searches a regular file, a piece at a time. In UTF-16 things are found too, if the file begins with a byte order
 * mark or with two characters of ASCII. A link is not followed, and nothing is waited for.
 */
export function searchFile(path: string | Buffer, wanted: SearchPattern): SearchResult {
  let file: number;
  try {
    file = openSync(path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
  } catch (error) {
    return failure(error);
  }
  try {
    return search(file, wanted);
  } catch (error) {
    return failure(error);
  } finally {
    closeSync(file);
  }
}

function search(file: number, wanted: SearchPattern): SearchResult {
  let head: string | undefined;
  let carried = "";
  for (;;) {
    const count = readSync(file, chunk, 0, chunk.length, null);
    const bytes = chunk.toString("latin1", 0, count);
    const begins = head === undefined;
    head ??= bytes.slice(0, 8192);
    const text = carried + (isUtf16(head) ? bytes.replaceAll("\0", "") : bytes);
    if (wanted.inBytes.test(text)) return kindOf(head) ?? "found";
    if (count < chunk.length) return "without";
    if (begins && fstatSync(file).size > LARGEST) return "too-large";
    carried = text.slice(-OVERLAP);
  }
}

/** Returns what a file must be told to be by its beginning, each byte a character. */
function kindOf(head: string): "binary" | "generated" | undefined {
  if (head.includes("\0") && !isUtf16(head)) return "binary";
  return GENERATED.test(head.slice(0, 2048)) ? "generated" : undefined;
}

/** The head that generators write into their files; the sentence is the one that Go's tools agreed upon. */
const GENERATED = /^(\/\/|#|--|;|\s*\/?\*+)\s*(@generated\b|Code generated .* DO NOT EDIT\.?\s*$)/m;

/** With a byte order mark, or without one where its first two characters are of ASCII. */
function isUtf16(head: string): boolean {
  return /^(?:\u00FF\u00FE|\u00FE\u00FF|[^\0]\0[^\0]\0|\0[^\0]\0[^\0])/.test(head);
}

/** Why a file of a language was not searched. */
export function tooLarge(): WhyUnreadable {
  return {
    reason: "too-large",
    message: `is over ${sizeInWords(LARGEST)}, the limit`,
    next: "Split it into smaller files.",
  };
}

function failure(error: unknown): WhyUnreadable {
  const next =
    errorCode(error) === "EACCES" || errorCode(error) === "EPERM"
      ? "Get permission to read it, or run as a user who has it."
      : "Make sure that nothing changes the files, then run it again.";
  return { reason: "io", message: errorInWords(error), next };
}
