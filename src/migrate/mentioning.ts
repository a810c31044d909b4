import type { Mention } from "../syntax/syntax.ts";
import type { Place } from "./evidence.ts";

/** The mentions of one source. */
export interface MentioningSource {
  path: string;
  /** One for each document of the source. */
  documents: readonly MentioningDocument[];
}

export interface MentioningDocument {
  /** Its own name, as `documentIds` gives it. */
  id: string;
  mentions: readonly PlacedMention[];
  /** The names of its regions, as `documentIds` gives them. */
  regions: readonly string[];
}

/** A mention on its line. */
export interface PlacedMention extends Mention {
  line: number;
  /** The line that gave the source the words by which its files are named, if one did. */
  given?: Place;
  /** The source in which the name is written, where it is another. */
  from?: string;
}

/** A document of a source, by the source's path and the document's name in it. */
export interface DocumentName {
  path: string;
  document: string;
}
