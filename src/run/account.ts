import type { Skipped } from "../files/scan/skipped-names.ts";
import type { UnusedSilence } from "../config/silence.ts";

/** The account of the files of the folders that were looked at. */
export interface Account {
  /** Regular files that were looked at. All the others below are among them. */
  looked: number;
  /** Files that hold trigger words, so that they were read; and those that could not be read. */
  read: number;
  /** Files without trigger words, in no order. */
  without: readonly string[];
  /** Files, and folders as a whole, that were left out. */
  skipped: readonly Skipped[];
  /** Data files that hold trigger words and that git ignores. */
  ignored: readonly string[];
  /** Of those that were read, the ones in languages that requests are not looked for in. */
  unread: readonly string[];
  /** Why git did not help in a work tree: a phrase. Nothing is lost by it but time. */
  withoutGit?: string;
  /** Where a config or a comment silences nothing. */
  unusedSilences: readonly (UnusedSilence & { path: string })[];
}
