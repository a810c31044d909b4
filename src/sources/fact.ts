import type { Span } from "../rule/value.ts";
import type { Flags } from "../rule/lk-command.ts";
import { type PartlyKnown, type Path, pathOf } from "./partly-known.ts";

/**
 * Something that a line does with requests: a command of a shell's pipeline, a statement of code, or what a page or a
 * file of data says of a file. Offsets are UTF-16 code units of its document. A name is that of a variable, a parameter
 * or a field, without its signs: `RULE` in `$RULE`, `${RULE:-x}` and `{{ RULE }}`.
 */
export interface Fact {
  at: Span;
  role: Role;
  /** The names whose values it uses. */
  uses: readonly string[];
  /** The names that it gives what it has. */
  binds: readonly string[];
  /** Those of them that it gives what it makes of their own values, in code. */
  again?: readonly string[];
  /** The files that it reads or names. */
  paths: readonly Path[];
  /** The files that it writes. */
  writes: readonly Path[];
  /** The requests that are written in it: regions of its document, by index, and sites, by where they begin. */
  holds: readonly HeldPlace[];
  /** Which keys, lines or patterns of what it is given it looks at, as they are said to a person. */
  keys: readonly string[];
  /** Where what it puts into a request that is written in it, or sends, comes to stand there. */
  inside?: "wrapper" | "part";
  /** True if all that it gives is a wrapper, and what it is given stands in that. */
  wraps?: true;
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
  /**
   * Where it looks at the `inbound_numbers` of something alone, with the names that this goes by, if it has some, and
   * whether it copies them into a rule.
   */
  callers?:
    | { places: readonly (Span & { of?: readonly string[] })[]; isBoth: boolean; isCopy: boolean }
    | undefined;
  /** True if it makes a rule that may take the place of another. */
  isInfo?: true;
  /** Things that it does in a way that is wrong, as far as the line itself tells. */
  notices?: readonly Notice[];
  /** True if what it is given ends here: on a terminal, in a test. */
  ends: boolean;
}

/** A request that is written in a source: a region of its reading, by index, or a site, by where it begins. */
export type HeldPlace = { region: number } | { site: number };

/** The subject of a fact that a reader knows by itself: a region of its reading, by index, or a file. */
type About = { region: number } | { file: PartlyKnown };

/** A fact of which nothing is known but that what it is given ends there. */
const PLAIN = {
  role: "read",
  uses: [],
  binds: [],
  paths: [],
  writes: [],
  holds: [],
  keys: [],
  replaces: [],
  sends: [],
  ends: true,
} as const;

/** The fact that something is sent to LiveKit. */
export function sendFact(at: Span, does: Sending["does"], about: About): Fact {
  return { ...PLAIN, at, role: "send", sends: [{ does }], ...ofAbout(about) };
}

/** The fact that something is written to the file `to` as it is. */
export function copyFact(at: Span, to: PartlyKnown, about: About): Fact {
  return { ...PLAIN, at, writes: [pathOf(to)], ...ofAbout(about) };
}

/** The fact that these names stand for something that is written here. */
export function bindingFact(at: Span, names: readonly string[], about: { region: number }): Fact {
  return { ...PLAIN, at, binds: names, holds: [about], ends: false };
}

function ofAbout(about: About): Pick<Fact, "paths" | "holds"> {
  return "file" in about ? { paths: [pathOf(about.file)], holds: [] } : { paths: [], holds: [about] };
}

/**
 * The use that a step makes of a file that it names. `name`: it hands on the name. `read`: it reads the file. `copy`:
 * it makes the same file elsewhere. `none`: it looks at no content. `send`: it gives the file to LiveKit.
 */
export type Role = "name" | "read" | "copy" | "none" | "send";

/** A command or call that creates or updates rules. */
export interface Sending {
  does: "create" | "update";
  /** `lk` reads it, and refuses what LiveKit's HTTP interface ignores. */
  byLk?: true;
  /** The line's own settings of the rule, besides the file. */
  flags?: Flags<PartlyKnown>;
}

/**
 * A line that does something with rules in a way that is wrong: in any case, or once their numbers stand in `numbers`. Of
 * ids that `lk` refuses it is known where they stand, if they stand there as they are given.
 */
export type Notice = { at: Span } & (
  | { code: "reads-inbound-numbers" | "update-drops-numbers" }
  | { code: "delete-refuses-id"; ids: readonly Span[] }
  /** The command as `lk` calls it, and the flags without their signs. */
  | { code: "unknown-lk-flag"; command: string; flags: readonly string[] }
  | { code: "flags-drop-file"; flag: string }
);
