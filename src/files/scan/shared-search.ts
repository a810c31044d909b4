import type { SearchPattern } from "./search-pattern.ts";

/** The state that two threads share that search the same files, one from the first file on and one from the last. */
export interface SharedSearch {
  /** Where the files are opened; `""` for one that only the first thread can open. */
  paths: readonly string[];
  wanted: SearchPattern;
  /** A mark for each file, 0 while no thread was there, in memory that both see. */
  marks: Uint8Array;
}

/** The first thread was there. */
export const MET = 1;
/** The second thread found nothing. A file that both search at once may lose its mark: the answers are the same. */
export const WITHOUT = 2;
/** The second thread found something, or could not search the file: the first has to. */
export const WORTH_A_LOOK = 3;
