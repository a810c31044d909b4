import { type Evidence, NO_EVIDENCE, type Place } from "./evidence.ts";
import type { MadeHere } from "./made.ts";

export type { Place };

/** The evidence about a request, and what its user said. */
export interface Known extends Evidence {
  /** True if somebody named the source, and so said that its requests are to be migrated. */
  named: boolean;
  /** The lines of the source that create rules with requests of other files of the repository, and these. */
  makes: readonly MadeHere[];
}

/** Nothing is known but that somebody named it. */
export const NAMED: Known = { ...NO_EVIDENCE, named: true, makes: [] };

/** The verdict of the lines that create with a request and update with it. */
export interface Verdict {
  verdict: "create" | "update" | "both" | "none";
  places: { path: string; line: number }[];
}

/** Returns what the lines that create and update say together, and which they are: each once. */
export function verdictOf({ creates, updates }: Evidence): Verdict {
  const places = distinct([...creates, ...updates]);
  if (creates.length > 0) return { verdict: updates.length > 0 ? "both" : "create", places };
  return { verdict: updates.length > 0 ? "update" : "none", places };
}

/** Each line once. */
export function distinct(places: readonly Place[]): Place[] {
  return [...new Map(places.map(({ path, line }) => [`${path}:${line}`, { path, line }])).values()];
}
