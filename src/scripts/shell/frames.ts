import type { Command, Heredoc, Part, Word } from "../../sources/script.ts";

/** A construct that is read and not yet closed, the innermost last. `start` is where it opens. */
export type Frame = Commands | Quotes | Braces | Arithmetic | Body;

/** Commands, in the script or in brackets; the words of a list; a `case`. */
export interface Commands {
  kind: "commands";
  start: number;
  opening: "" | "`" | "$(" | "<(" | "(" | "list" | "case";
  /** Its commands, in order. */
  list: Command[];
  command: Command | undefined;
  word: Word | undefined;
  /** The operator whose word comes next. */
  redirection: string | undefined;
  /** The number before that operator: 2 in `2> log`. */
  redirected: string | undefined;
  /** True if the next word is where a command's name, or a word such as `if`, stands. */
  atCommand: boolean;
  /** The heredocs whose bodies begin on the next line. */
  pending: Heredoc[];
  /** True if it stands in `$(` or `<(`. */
  inSubstitution: boolean;
  /** The index of the frame that a `)` closes. */
  bracket: number;
  /** In a `case`: before `in`, in a pattern before its `)`, or in the commands behind it. */
  phase: "subject" | "pattern" | "commands";
}

/** Double quotes. */
export interface Quotes {
  kind: "quotes";
  start: number;
  /** The commands that it stands in; here and below. */
  shell: Commands | undefined;
  /** Where the parts go; undefined inside something that is one part itself. */
  parts: Part[] | undefined;
  runStart: number;
}

/** `${…}`. */
export interface Braces {
  kind: "braces";
  start: number;
  shell: Commands | undefined;
}

/** `((…))` or `$((…))`; `depth` is that of the brackets in it. */
export interface Arithmetic {
  kind: "arithmetic";
  start: number;
  shell: Commands | undefined;
  depth: number;
}

/** The body of a heredoc in which substitutions are made. */
export interface Body {
  kind: "body";
  start: number;
  shell: undefined;
  parts: Part[];
  runStart: number;
}

/** The innermost commands that a frame is, or stands in. */
export function shellOf(frame: Frame | undefined): Commands | undefined {
  return frame?.kind === "commands" ? frame : frame?.shell;
}

/** The word that is being read; a new one if none is. */
export function wordOf(frame: Commands, start: number): Word {
  frame.word ??= { start, end: start, parts: [] };
  return frame.word;
}
