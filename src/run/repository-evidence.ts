import type { Evidence } from "../evidence/evidence.ts";
import type { PlacedNotice } from "../evidence/existing-rules.ts";
import type { MadeHere } from "../evidence/made.ts";

/** All that the sources of a run, and the rest of their repositories, say of its requests. */
export interface Gathered {
  /**
   * Returns what is done with the request that a document of a source is, or that stands in one: by the document's id, and by
   * where a site in code begins.
   */
  evidenceOf: (path: string, document: string) => Evidence;
  /** The lines of a source that create rules with requests of other files. */
  madeBy: (path: string) => MadeHere[];
  /** Returns what the lines of a source do in a way that is wrong. */
  noticesIn: (path: string) => readonly PlacedNotice[];
}
