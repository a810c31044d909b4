import type { Span } from "../../rule/value.ts";

/** How the characters of a part are quoted; `verbatim` is the body of a heredoc in which nothing expands. */
export type Quoting = "bare" | "single" | "double" | "ansi" | "heredoc" | "verbatim";

/** A run of characters that are quoted alike, without its quotes. */
export interface Part extends Span {
  quoting: Quoting;
  /** A substitution, as it is written: `$X` outside quotes, `${X}`, `$(list)`, `` `list` ``. */
  substitution?: true;
}

/** A word of a command. Its parts follow each other; what stands between them are quotes. */
export interface Word extends Span {
  parts: Part[];
}

/** A heredoc. The body is what stands between the line of its command and the line of the tag. */
export interface Heredoc {
  tag: string;
  /** Whether the body is like text in double quotes, because no part of the tag is quoted. */
  expands: boolean;
  /** Whether it is a `<<-`, which takes the tabs from the front of each line. */
  stripsTabs: boolean;
  body: Span;
  parts: Part[];
}

/** A simple command, or what stands behind a compound one: `done > rule.json`. Words that only build scripts are left out. */
export interface Command {
  words: Word[];
  redirections: { operator: string; target: Word }[];
  heredocs: Heredoc[];
}

/** A shell script as bash divides it. Commands come in no order; those in substitutions are among them. */
export interface Script {
  commands: Command[];
  /** Where backticks stand, and whether between double quotes. What they hold is a script that is escaped once. */
  backticks: (Span & { quoted: boolean })[];
  /** Where the first line ends that leaves nothing open, with the heredocs that belong to it. */
  firstEnd?: number;
  /** From a quote or bracket that nothing closes to the end of the text; what is said of it may be wrong. */
  broken?: Span & { opening: string };
}
