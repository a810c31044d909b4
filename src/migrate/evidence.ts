import type { SiteResult } from "./outcome.ts";

/** What a repository does with a request: what the lines that mention it say, and where they stand. */
export interface Evidence {
  verdict: SiteResult["evidence"]["verdict"];
  places: SiteResult["evidence"]["places"];
  /** Whether somebody named the source, and so said that its requests are to be migrated. */
  named: boolean;
}

/** Nothing is known but that somebody named it. */
export const NAMED: Evidence = { verdict: "none", places: [], named: true };

/** Nothing is known. */
export const UNKNOWN: Evidence = { verdict: "none", places: [], named: false };
