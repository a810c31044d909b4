import type { Document } from "../migrate/document.ts";
import type { Said } from "../migrate/evidence.ts";
import type { ProgramName } from "../migrate/readers.ts";
import type { ReadingProgram } from "../migrate/reads.ts";
import type { Source } from "../repo/read.ts";

/** All that the sources say of each other. The paths of programs, and of what they read, are absolute. */
export interface Gathered {
  /** What is done with the requests in a document of a source, by its name there. */
  evidenceOf: (path: string, document: string) => Said;
  programs: readonly ReadingProgram[];
  makers: readonly ProgramName[];
  /** A source that was read once more in the search, with more regions than it has for itself. */
  foundIn(path: string): Found | undefined;
}

/** A source that the search has found. */
export interface Found {
  source: Source;
  document: Document;
}
