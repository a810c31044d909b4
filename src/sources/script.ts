import type { Span } from "../rule/value.ts";

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
  /** True if the body is like text in double quotes, because no part of the tag is quoted. */
  expands: boolean;
  /** True if it is a `<<-`, which takes the tabs from the front of each line. */
  stripsTabs: boolean;
  body: Span;
  parts: Part[];
}

/** A simple command, or what stands behind a compound one: `done > rule.json`. */
export interface Command {
  words: Word[];
  /** `redirected` is the number of what is read or written by it: 1 is what the command prints. */
  redirections: { operator: string; target: Word; redirected: string }[];
  heredocs: Heredoc[];
  /** The words before it that only build scripts out of commands: `if`, `do`, `{`. */
  keywords: string[];
  /** The operator behind it: `|`, `&&`, `;`; empty where a line or a bracket ends. */
  ends: string;
  /** The function whose name it is, and whose body comes next. */
  defines?: string;
  /** The commands of the brackets that it stands for: `(cd sip && ls) > list`. */
  inner?: readonly Command[];
  /** It stands behind a pattern of a `case`. */
  inCase?: true;
}

/** A shell script as bash divides it. */
export interface Script {
  /** All commands, in no order; those in substitutions are among them, and so are patterns and the words of lists. */
  commands: Command[];
  /** The commands of the script itself, one after the other. */
  main: Command[];
  /** Those of each substitution, and the words of each list as one command, by where it opens: at `$`, `<`, `` ` ``. */
  lists: Map<number, Command[]>;
  /** Where backticks stand in which something is escaped once more. It is read as if it stood elsewhere. */
  escaped: Span[];
  /** Where the first line ends that leaves nothing open, with the heredocs that belong to it. */
  firstEnd?: number;
  /** From a quote or bracket that nothing closes to the end of the text; what is said of it may be wrong. */
  broken?: Span & { opening: string };
}

/** From the first to the last word of a command. */
export function spanOf({ words, redirections, heredocs }: Command): Span {
  const all = [...words, ...redirections.map(({ target }) => target), ...heredocs.map(({ body }) => body)];
  const start = Math.min(...all.slice(0, 1000).map((word) => word.start));
  const end = Math.max(...all.slice(0, 1000).map((word) => word.end));
  return Number.isFinite(start) ? { start, end } : { start: 0, end: 0 };
}
