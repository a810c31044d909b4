import type { Span } from "../rule/value.ts";
import type { SiteResult } from "./outcome.ts";
import type { Reader } from "./readers.ts";

/** What the lines of a repository say of one request, and where they stand. */
export interface Said {
  verdict: SiteResult["evidence"]["verdict"];
  /** The lines that decide; where none does, those that may update rules with it. */
  places: Place[];
  /** Where no line decides: whether some name it that speak of updates, or update with files that are not known. */
  mayUpdate?: "named" | "any";
  /** The lines that read it by its keys, or make it anew. */
  readers?: readonly Reader[];
  /** What the lines say of objects in its text that are sent, or written to files. */
  objects?: readonly ObjectEvidence[];
  /** The lines of the source that create rules with requests of other files of the repository, and these. */
  makes?: readonly Made[];
  /** Whether nothing but the name of its file says so. */
  byName?: true;
}

/** What is known of a request: what is done with it, and what its user said. */
export interface Evidence extends Said {
  /** Whether somebody named the source, and so said that its requests are to be migrated. */
  named: boolean;
}

export interface Place {
  path: string;
  line: number;
}

/** What the lines say of an object that code makes, by where it stands. */
export interface ObjectEvidence extends Pick<Said, "verdict" | "places" | "readers"> {
  at: Span;
}

/** A line that creates a rule with the request of a file. */
export interface Made {
  line: number;
  of: string;
}

/** Nothing is known but that somebody named it. */
export const NAMED: Evidence = { verdict: "none", places: [], named: true };
