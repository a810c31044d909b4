import type { Span } from "../rule/value.ts";
import type { Flags } from "../rule/lk-command.ts";
import type { Notice } from "../sources/syntax.ts";

/**
 * What a piece of a program does with requests. A statement is a pipeline of a shell, or one statement of code; its
 * steps hand on what they have from left to right. A name is that of a variable, a parameter or a field, without its
 * signs: `RULE` in `$RULE`, `${RULE:-x}` and `{{ RULE }}`. All names of one source count as the same, wherever they
 * stand in it; the words that a program or a function of a shell is given are called `@`.
 */
export interface Statement {
  steps: readonly Step[];
  /** The names that get what the last step prints. */
  captured: readonly string[];
}

/** One command of a pipeline, or a statement of code. Offsets are UTF-16 code units of its document. */
export interface Step {
  at: Span;
  role: Role;
  /** The names whose values it uses. */
  uses: readonly string[];
  /** The names that it gives what it has. */
  binds: readonly string[];
  /** The files that it reads or names; what is not known of a path is `${name}`. */
  paths: readonly string[];
  /** The files that it writes. */
  writes: readonly string[];
  /** The requests that are written in it: regions of its document, by index, and sites, by where they begin. */
  holds: readonly Held[];
  /** Which keys, lines or patterns of what it is given it looks at, as they are said to a person. */
  keys: readonly string[];
  /** The same of what comes to stand in a request that is written in it, by one of these names. */
  inside: readonly string[];
  /** The names whose values come to stand in a request that is written in it. */
  put?: readonly string[];
  /** The plain texts that it replaces in its input. Of a request they must stand in string values alone. */
  replaces: readonly string[];
  /** The names of whose text it takes a part, or replaces something in it. */
  cuts?: readonly string[];
  /** True if it sets keys, and so changes what it is given. */
  sets?: true;
  /** The functions that it calls. */
  calls?: readonly string[];
  /** The creates and updates that it sends to LiveKit. */
  sends: readonly Sending[];
  /** True if the key of the wrapper stands in it, or in a request that is written in it. */
  opens?: true;
  /** True if it takes the annotations out of a request: keys that begin with `_` or `$`. */
  strips?: true;
  /** True if what it gives is a message made of what it is given, which is not sent yet. */
  makes?: true;
  /** True if it gives what LiveKit lists, or answers. */
  answers?: true;
  /** Where it looks at the `inbound_numbers` of something alone, and whether it copies them into a rule. */
  callers?: { places: readonly Span[]; isBoth: boolean; isCopy: boolean } | undefined;
  /** True if it makes a rule that may take the place of another. */
  isInfo?: true;
  /** What it does in a way that is wrong, as far as the line itself tells. */
  notices?: readonly Notice[];
  /** True if what it is given ends here: on a terminal, in a test. */
  ends: boolean;
}

/** A request that is written in a program. */
export type Held = { region: number } | { site: number };

/**
 * What a step makes of a file that it names. `name`: it hands on the name. `read`: it reads the file. `copy`: it makes
 * the same file elsewhere. `none`: it looks at no content. `send`: it gives the file to LiveKit.
 */
export type Role = "name" | "read" | "copy" | "none" | "send";

/** A command or call that creates or updates rules. */
export interface Sending {
  does: "create" | "update";
  /** The request is put into `dispatch_rule` right here, so that it is used as a bare rule. */
  wraps?: true;
  /** `lk` reads it, and refuses what LiveKit's HTTP interface ignores. */
  byLk?: true;
  /** The line's own settings of the rule, besides the file. */
  flags?: Flags;
}

/** A statement, and the document of its source in which it stands, by its id. */
export interface Placed extends Statement {
  document: string;
  isShell: boolean;
  /** The line of an offset of that document in the source, 1-based. */
  lineOf: (offset: number) => number;
  /** The ids of the document's regions, by index. */
  regions: readonly string[];
}

/** The words for a line that makes something a part of another request. */
export const PART = "a part of another request";
