import type { Member, ObjectValue, Span } from "../rule/value.ts";
import type { Fact } from "./fact.ts";
import type { Remark } from "./remark.ts";
import type { Script } from "./script.ts";
import type { IsWorth } from "./trigger.ts";

/**
 * A replacement of a piece of a text; an insertion where `start` equals `end`. What is put there is new text, or a
 * copy of another piece of the same text: a piece that moves keeps the very characters that it was written with,
 * whatever quotes and escapes it stands in. What is marked `once` is made once, however many sites ask for it.
 */
export type Edit = Span & ({ text: string; once?: true } | { copy: Span });

/** One place where a request may be written. What form it has is decided in rule/form.ts. */
export interface Site {
  at: Span;
  /** The request's fields and annotations, as they were written. */
  request: ObjectValue;
  /** True if it stands deeper than where requests stand: at the top, in a list there, or on a line of its own. */
  nested?: true;
  /** The purpose of the request by the code around it: the name of a class, a method, a URL. */
  evidence?: "create" | "update";
  /** How the wrapper has to be spelled here; either of its JSON spellings where it is open. */
  wrapper?: string;
  /**
   * Fields that code sets or changes after the request was written; their values are expressions. An object says that
   * only these of its members are set or changed.
   */
  changed?: Member[];
  /** Where code outside `at` reaches into the request, in the order of the text. They move with its fields. */
  uses?: Use[];
  /** Names that the migrated request needs from imports of the text, with the edits that add them. */
  needs?: { from: Import; name: string; edits: readonly Edit[] }[];
  /** How its fields are written, where the wrapper is put around them as they are. */
  brackets?: Brackets;
  /** The library whose message the request is made as, and which so has to know the wrapper. */
  library?: "livekit-protocol";
  /** The names by which other files may import what gives the request. */
  exported?: readonly Exported[];
  /** The remarks about the code around the request. */
  remarks?: Remark[];
  /** Why trunks can't be written into it: a sentence. Asked of requests alone that have none. */
  takesNoTrunks?: string;
}

/** Fields in the brackets of a call or a literal, and what a wrapper is written with there. */
export interface Brackets {
  /** From the opening bracket to behind the closing one, each one character long. */
  list: Span;
  /** The items in it, without commas and comments. */
  items: readonly Span[];
  /** The text before and behind a key: `"` and `": `, or nothing and `=`. */
  before: string;
  after: string;
  /** The text that opens and closes the wrapper's value. */
  open: string;
  close: string;
}

/** A place that reaches into a request, or into the fields of one: `.name` in `request.name`. */
export interface Use {
  at: Span;
  /** The fields that it names, from outside to inside: `["name"]`, and `["dispatch_rule", "name"]` once migrated. */
  path: string[];
  /** How it is written, so that one way is never taken for another: `attribute`, `HasField`. */
  how: string;
  /** True if it reaches into something that only holds the fields, so that no wrapper comes between. */
  bare?: true;
}

/** A name by which other files may get a request: of a function, a method or a variable; `top` is what they import. */
export interface Exported {
  top: string;
  name: string;
  at: Span;
}

/** An import that names may be added to, with those that it has. */
export interface Import {
  at: Span;
  names: string[];
}

/** A piece of a text that is a document of its own, in another language or the same. Regions nest. */
export interface Region {
  /** The id of the language in which `text` is to be read. */
  syntax: string;
  /** Its name for a person: "json fence", "line". */
  label: string;
  /** Where the text around it says that it shows what was, or what is not to be done. */
  old?: Span;
  /** True if it is a command that is only shown to a person: printed, or told in a docstring. */
  shown?: true;
  /** The document itself, without what surrounds, indents or escapes it. */
  text: string;
  /**
   * How the placeholders begin that are filled in before anybody gets the document, because the outer text is read by
   * a shell or a template's program; unset where all stay.
   */
  filled?: RegExp;
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
  /** True if only this part is lost, and the rest of the text can be read. */
  part?: true;
  /** Its code where the text may well be right, and is not read or not rewritten all the same. */
  code?: "unsupported-yaml" | "too-deep";
  /** One sentence that says what to do, where that is not to mend it. */
  next?: string;
}

/** The problem of a text that is nested deeper than it is read. */
export function tooDeep(at: Span, message: string): Problem {
  const next = "Write it in smaller parts, or leave the file out with `--exclude`.";
  return { at, message, code: "too-deep", next };
}

/** Something that `lk` would refuse although the text can be read. */
export interface Refused extends Span {
  what: "comment" | "trailing-comma" | "byte-order-mark" | "placeholder";
}

/** A call of a method of LiveKit's SDK for Node that handles dispatch rules. */
export interface SdkCall {
  method: string;
  /** Where the method's name stands. */
  at: Span;
  /** True if the text says that the SDK is there; else only the name of what it is called on does. */
  isSure: boolean;
  given: readonly SdkArgument[];
}

/** An argument of a call; of an object its keys, each where it is given. */
export interface SdkArgument extends Span {
  /** Unset for what is no object that can be seen. */
  keys?: readonly { name: string; at: Span }[];
  /** True if it has no other keys. */
  isAll?: boolean;
}

/** The contents of a text. Everything is in the order of the text. */
export interface Reading {
  sites: Site[];
  regions: Region[];
  /** Where the text could not be read: all of it, but for a problem that is said to be about a part. */
  problems: Problem[];
  comments: Span[];
  refused: Refused[];
  /** The strings that may go over several lines, whose inside is never indented. */
  strings?: readonly Span[];
  /** The facts that the reader knows by itself. */
  facts?: Fact[];
  /** The calls of LiveKit's SDK, in languages that have one of which something is known. */
  calls?: readonly SdkCall[];
  /** The imports that a migration may add names to. */
  imports?: Import[];
  /** The script that the text is; in a shell's language alone. */
  script?: Script;
}

/** A place in a request: keys from the outside in, each as it is written there. */
export type KeyPath = readonly string[];

/** A member of a request, and where it stands afterwards. */
export interface Move {
  member: Member;
  to: KeyPath;
}

/** The edits that a plan asks a language to write at one site. */
export interface Rewrite {
  /** The wrapper's key, `dispatch_rule` or `dispatchRule`. */
  wrapper: string;
  moves: readonly Move[];
  /** Trunks to bind the rule to, because it has none: a list of its own, or in the place of the member that goes there. */
  trunks?: { to: KeyPath; ids: readonly string[] } | undefined;
  /** Where each of the site's uses has to reach. */
  uses: readonly KeyPath[];
}

/** The member whose value the bound trunks take the place of; undefined where their list is new, or there are none. */
export function emptyTrunks({ moves, trunks }: Rewrite): Member | undefined {
  const path = trunks?.to.join("\0");
  return moves.find(({ to }) => to.join("\0") === path)?.member;
}

/**
 * A language in which requests are written: text in, edits out. Loading one may be asynchronous, reading is not.
 * Neither function throws on any text.
 */
export interface Syntax {
  /** `isWorth` tells which pieces are regions: those that may hold a request, unless it is given. */
  read(text: string, isWorth?: IsWorth): Reading;
  /** The edits that move the fields of a site into the wrapper; `reading` is what `read` gave for this text. */
  wrap(text: string, site: Site, rewrite: Rewrite, reading: Reading): Edit[];
}

/**
 * The edit that fills an empty list, or what stands in the place of one. Where it has lines or comments inside, these
 * stay. `list` is how the new one is written, from the opening bracket to the closing one, which is one character long.
 */
export function filledList(text: string, empty: Span, list: string, opening = "["): Edit {
  const start = empty.start + opening.length;
  const inside = text.slice(start, empty.end - 1);
  return text.startsWith(opening, empty.start) && /[^ \t]/.test(inside)
    ? { start, end: start, text: list.slice(opening.length, -1) }
    : { start: empty.start, end: empty.end, text: list };
}

/** The text with the edits made. The edits must not overlap; insertions at one place keep their order. */
export function applyEdits(text: string, edits: readonly Edit[]): string {
  const pieces: string[] = [];
  const made = new Set<string>();
  let done = 0;
  for (const edit of edits.toSorted((a, b) => a.start - b.start || a.end - b.end)) {
    const put = "text" in edit ? edit.text : text.slice(edit.copy.start, edit.copy.end);
    if ("once" in edit) {
      const key = `${edit.start} ${edit.end} ${put}`;
      if (made.has(key)) continue;
      made.add(key);
    }
    pieces.push(text.slice(done, edit.start), put);
    done = edit.end;
  }
  pieces.push(text.slice(done));
  return pieces.join("");
}
