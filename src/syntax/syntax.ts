import type { InfoField } from "../rule/fields.ts";
import type { Member, ObjectValue, Span } from "../rule/value.ts";
import type { NumberFilter } from "../rule/wrap.ts";
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
  /** Whether it stands deeper than where requests stand: at the top, in a list there, or on a line of its own. */
  nested?: true;
  /** What the code around it says that the request is for: the name of a class, a method, a URL. */
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
  /** Names that the migrated request needs from imports of the text. */
  needs?: { from: Import; name: string }[];
  /** The files that hold all its fields, named as in a mention, where code only makes a message of what they hold. */
  files?: readonly string[];
  /** The library whose message the request is made as, and which so has to know the wrapper. */
  library?: "livekit-protocol";
  /** The names by which other files may import what gives the request. */
  exported?: readonly Exported[];
  /** What a person should know about the code around the request. */
  remarks?: Remark[];
  /** Why trunks can't be written into it: a sentence. Asked of requests alone that have none. */
  takesNoTrunks?: string;
}

/** A place that reaches into a request, or into the fields of one: `.name` in `request.name`. */
export interface Use {
  at: Span;
  /** The fields that it names, from outside to inside: `["name"]`, and `["dispatch_rule", "name"]` once migrated. */
  path: string[];
  /** How it is written, so that one way is never taken for another: `attribute`, `HasField`. */
  how: string;
  /** Whether it reaches into something that only holds the fields, so that no wrapper comes between. */
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

/** Stable: they are reasons of an outcome, or ids of findings. */
export type RemarkCode =
  | "unfollowed-use"
  | "unknown-fields"
  | "unknown-import"
  | "version-sniffing"
  | "mixed-form"
  | "wrong-nesting"
  | "wrong-type"
  | "unknown-destination"
  | "unsupported-language"
  | "deprecated-create-method";

/** Something about the code around a request. */
export interface Remark {
  code: RemarkCode;
  at: Span;
  /** One sentence, without the place. */
  message: string;
  /** Further places of which it is true. */
  also?: readonly Span[];
  next?: string;
  /** The function of another module that gets the request. */
  given?: { module: string; name: string };
  /**
   * What follows for the request: it can be migrated all the same, only when a person has said so, or not at all.
   */
  weighs: "safe" | "review" | "manual";
}

/** A piece of a text that is a document of its own, in another language or the same. Regions nest. */
export interface Region {
  /** The id of the language in which `text` is to be read. */
  syntax: string;
  /** What the region is, for a person: "json fence", "line". */
  label: string;
  /** Where the text around it says that it shows what was, or what is not to be done. */
  old?: Span;
  /** Whether it is a command that is only shown to a person: printed, or told in a docstring. */
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
  /** What the outer text says that names in it, and in its own regions, stand for. */
  names?: Names | undefined;
}

/**
 * What names stand for that others set before a text is run: a variable by its name, an expression by what stands in
 * it, as `matrix.rule`. Several texts where it may be one of several; of what is not known they say `${name}`. Behind
 * `HELD` stands the file whose text it is.
 */
export type Names = ReadonlyMap<string, readonly string[]>;

export const HELD = "<";

/** Why a text, or a piece of it, could not be read. */
export interface Problem {
  at: Span;
  /** One sentence, without the place. */
  message: string;
  /** Whether only this part is lost, and the rest of the text can be read. */
  part?: true;
  /** What it is where the text may well be right, and is not read or not rewritten all the same. */
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

/**
 * A line that handles rules which exist in a way that is wrong: in any case, or once their numbers stand in `numbers`.
 * Of ids that `lk` refuses it is known where they stand, if they stand there as they are given.
 */
export type Notice = { at: Span } & (
  | { code: "reads-inbound-numbers" | "update-drops-numbers" }
  | { code: "delete-refuses-id"; ids: readonly Span[] }
);

/**
 * A program inside a text that looks at its input by paths of keys alone: `.name` in `jq '.name' rule.json`. It does
 * so with nothing but what the mentions name that it has.
 */
export interface PathProgram {
  /** Without its quotes. It is written there as it is run. */
  at: Span;
  /** In the order of the text; none stands in another. */
  paths: readonly KeyPath[];
}

/** A path from the top of a program's input. `first` is where its first key stands, with the brackets around it. */
export interface KeyPath {
  at: Span;
  first: Span;
  keys: readonly string[];
}

/**
 * What a line does with a request. The request is a region of this reading, by its index, `made` in it, or in a file. A
 * file's path is as written, with `${name}` for what is not known of it and `*` and `**` as in a shell: `"$DIR/$f.json"`
 * is `${DIR}/${f}.json`. What is known is put in: of a variable that is set once, of the words of a loop, of a `cd`. The
 * folder of the source is `${.}`, the top of its repository `${/}`. `${@1}` is the first word that the source is given as
 * a program, `${@}` any of them.
 */
export interface Mention {
  /**
   * `create` and `update`: it is sent to LiveKit for that; `update` also where it has to be a bare rule because code
   * puts it into a wrapper. `copy`: it is written, changed or not, to the file `to`. `read`: its keys are read or set.
   * `write`: the file is made anew from what the code puts together. `run`: the file is a program, and is given `words`.
   * `call`: a function is called that the source `file` may define.
   */
  does: "create" | "update" | "copy" | "read" | "write" | "run" | "call";
  at: Span;
  region?: number;
  file?: string;
  to?: string;
  /** What each word that a program is given may say; the name of a file also where it is the text of that. */
  words?: readonly (readonly string[])[];
  /** Which keys are read or written, where that can be told; a deeper one as `rule.dispatch_rule_direct`. */
  keys?: readonly string[];
  /** Whether what is read is changed at these keys, or at some that can't be told. */
  sets?: true;
  /** The program that reads it and that can be rewritten, by its index in the reading. */
  program?: number;
  /** Where what is written, copied or sent is put together, if that is an object of this text, which so may be a site. */
  made?: Span;
  /** Whether it is the file only up to the next such line about that: a page shows one version after the other. */
  inTurn?: true;
  /** Whether `to` is only the name of the file, in whatever folder somebody puts it. */
  mounted?: true;
  /** The function that is called, and what it is given. */
  call?: { name: string; args: readonly string[] };
  /** The function that does it when another source calls it. What that is given is `${1}`, `${2}`. */
  within?: string;
  /** Whether the copy has the keys that the original has. */
  alike?: true;
  /** Whether the copy holds the original in a wrapper that the code puts around it. */
  wraps?: true;
}

/** How `words` say that one is the text of a region of this reading. */
export function givenRegion(index: number): string {
  return `\${#${index}}`;
}

/** The region that a word is the text of; undefined for other words. */
export function regionGiven(word: string): number | undefined {
  const [, index] = /^\$\{#(\d+)\}$/.exec(word) ?? [];
  return index === undefined ? undefined : Number(index);
}

/** What stands in a text. Everything is in the order of the text. */
export interface Reading {
  sites: Site[];
  regions: Region[];
  /** Where the text could not be read: all of it, but for a problem that is said to be about a part. */
  problems: Problem[];
  comments: Span[];
  refused: Refused[];
  /** None in a language that only holds data. */
  mentions?: Mention[];
  /** Those that some mention has. */
  programs?: PathProgram[];
  /** What a person should know about code that is no request. */
  notices?: Notice[];
  /** The imports that a migration may add names to. */
  imports?: Import[];
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
  /** What `inbound_numbers` become, where a use names them. */
  filter: NumberFilter;
  /** Trunks to bind the rule to, because it has none. */
  trunkIds?: readonly string[] | undefined;
}

/**
 * A language in which requests are written: text in, edits out. Loading one may be asynchronous, reading is not.
 * Neither function throws on any text.
 */
export interface Syntax {
  /**
   * `isWorth` tells which pieces are regions: those that may hold a request, unless it is given. `names` are those of
   * the region that the text is; undefined for a whole source.
   */
  read(text: string, isWorth?: IsWorth, names?: Names): Reading;
  /** The edits that move the fields of a site into the wrapper; `reading` is what `read` gave for this text. */
  wrap(text: string, site: Site, rewrite: Rewrite, reading: Reading): Edit[];
  /** The edits that make a program look into the wrapper. Every language has it whose readings have programs. */
  wrapPaths?(text: string, program: PathProgram, rewrite: Pick<Rewrite, "wrapper" | "filter">): Edit[];
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
