import type { Sending } from "../sources/fact.ts";

/** A line of a file. The path goes from the top of the repository; lines are 1-based. */
export interface Place {
  path: string;
  line: number;
}

/** The uses of one request by the lines of a repository. */
export interface Evidence {
  /** The lines that create rules with it as it is. */
  creates: Creation[];
  /** The lines that update rules with it, or put it into a wrapper themselves. */
  updates: Use[];
  /** The lines that update rules with files of which it may be one. */
  unclear: (Place & Doubt)[];
  /** The lines that look at keys, lines or patterns of it before it goes on; `isSure` unless it may be another file. */
  changes: Look[];
  /** The lines that only read its keys. */
  reads: Look[];
  /** The functions that get its content, by their names. */
  calls: Set<string>;
  /** The programs that name it. */
  seen: Set<string>;
  /** Nothing but the name of its file says that a rule is updated with it. */
  isByName?: true;
}

/** Why a line may mean a file, or may not. */
export interface Doubt {
  /** True if nothing is known of the files that it means. */
  isAny: boolean;
  /** How many files it may mean, if that is known. */
  among?: number;
}

/** A line that creates or updates rules with a request. */
export interface Use extends Place {
  /** True if the annotations of the request were taken out before. */
  isStripped: boolean;
  /** True if `lk` reads it there. */
  byLk?: true;
}

/** A line that creates a rule, with the last one of its statement. */
export interface Creation extends Use {
  lastLine: number;
  /** Set where it is `lk sip dispatch create`, also without such options. */
  flags?: NonNullable<Sending["flags"]>;
}

export interface Look extends Place {
  /** Keys as they are written there, or what else is said of what the line looks for. */
  keys: string[];
  isSure: boolean;
}

/** Nothing is known. */
export const NO_EVIDENCE: Evidence = {
  creates: [],
  updates: [],
  unclear: [],
  changes: [],
  reads: [],
  calls: new Set(),
  seen: new Set(),
};

/** What evidence is found by: the path of a source and the id of a document in it, with a NUL between. */
export function key(path: string, document: string): string {
  return `${path}\0${document}`;
}
