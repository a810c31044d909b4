import type { InfoField } from "../rule/fields.ts";
import type { Member, ObjectValue, Span } from "../rule/value.ts";

/**
 * A replacement of a piece of a text; an insertion where `start` equals `end`. What is put there is new text, or a
 * copy of another piece of the same text: a piece that moves keeps the very characters that it was written with,
 * whatever quotes and escapes it stands in.
 */
export type Edit = Span & ({ text: string } | { copy: Span });

/** One place where a request may be written. What form it has is decided in rule/form.ts. */
export interface Site {
  at: Span;
  /** The request's fields and annotations, as they were written. */
  request: ObjectValue;
  /** Whether it stands deeper than where requests stand: at the top, in a list there, or on a line of its own. */
  nested?: true;
  /** What stands against rewriting it although its fields are right: something else depends on its shape. */
  obstacle?: Problem;
}

/** A piece of a text that is a document of its own, in another language or the same. Regions nest. */
export interface Region {
  /** The id of the language in which `text` is to be read. */
  syntax: string;
  /** What the region is, for a person: "json fence", "line". */
  label: string;
  /** The document itself, without what surrounds, indents or escapes it. */
  text: string;
  /** Where an offset of `text` stands in the outer text. */
  toOuter(offset: number): number;
  /** How a text that is put at this offset has to be written in the outer text. */
  encode(text: string, at: number): string;
}

/** Why a text, or a piece of it, could not be read. */
export interface Problem {
  at: Span;
  /** One sentence, without the place. */
  message: string;
}

/** Something that `lk` would refuse although the text can be read. */
export interface Refused extends Span {
  what: "comment" | "trailing-comma" | "byte-order-mark" | "placeholder";
}

/** What stands in a text. Everything is in the order of the text. */
export interface Reading {
  sites: Site[];
  regions: Region[];
  /** Where the text could not be read; with one of these a whole data file counts as unreadable. */
  problems: Problem[];
  comments: Span[];
  refused: Refused[];
}

/** One field of the flat form and where it goes in the wrapper. */
export interface Move {
  member: Member;
  to: InfoField;
}

/** What a plan asks a language to write at one site. */
export interface Rewrite {
  /** The wrapper's key, `dispatch_rule` or `dispatchRule`. */
  wrapper: string;
  moves: Move[];
  /** Trunks to bind the rule to, because it has none. */
  trunkIds?: readonly string[] | undefined;
}

/**
 * A language in which requests are written: text in, edits out. Loading one may be asynchronous, reading is not.
 * Neither function throws on any text.
 */
export interface Syntax {
  read(text: string): Reading;
  /** The edits that move the fields of a site into the wrapper; `reading` is what `read` gave for this text. */
  wrap(text: string, site: Site, rewrite: Rewrite, reading: Reading): Edit[];
}

/** The text with the edits made. The edits must not overlap; insertions at one place keep their order. */
export function applyEdits(text: string, edits: readonly Edit[]): string {
  const pieces: string[] = [];
  let done = 0;
  for (const edit of edits.toSorted((a, b) => a.start - b.start || a.end - b.end)) {
    const put = "text" in edit ? edit.text : text.slice(edit.copy.start, edit.copy.end);
    pieces.push(text.slice(done, edit.start), put);
    done = edit.end;
  }
  pieces.push(text.slice(done));
  return pieces.join("");
}
