import { type Commands, type Frame, shellOf } from "./frames.ts";
import type { Span } from "../../rule/value.ts";
import type { Heredoc, Script } from "../../sources/script.ts";

/** How far a text is read, and what was found so far. Offsets are UTF-16 code units. */
export class ParserState {
  readonly script: Script = { commands: [], main: [], lists: new Map(), escaped: [] };
  /** Where `((` stood that was no arithmetic: reading has to start anew. */
  misread: number | undefined;
  /** The text up to where reading ends: that of the script, or of a heredoc's body. */
  text: string;
  at = 0;
  /** The open constructs, the innermost last. */
  frames: Frame[] = [];
  /** Where `((` is known to be two brackets. */
  readonly notArithmetic: ReadonlySet<number>;
  /** The bodies that are still to be read, and in how many others each stands. */
  readonly bodies: { heredoc: Heredoc; depth: number }[] = [];
  /** The backticks that are still to be read. */
  readonly backticks: Span[] = [];
  /** In how many heredocs' bodies the text that is read stands. */
  depth = 0;
  /** An opening quote that nothing closes. */
  unclosed: { start: number; opening: string } | undefined;

  constructor(text: string, notArithmetic: ReadonlySet<number>) {
    this.text = text;
    this.notArithmetic = notArithmetic;
  }

  /** Goes behind what the sticky pattern finds here; false where it finds nothing. */
  skip(pattern: RegExp): boolean {
    pattern.lastIndex = this.at;
    if (!pattern.test(this.text)) return false;
    this.at = pattern.lastIndex;
    return true;
  }

  /** Goes into commands that begin at `start`. */
  openCommands(opening: Commands["opening"], start: number): void {
    const outer = shellOf(this.frames.at(-1));
    const shares = opening === "(" || opening === "case";
    const inSubstitution = outer?.inSubstitution === true || opening === "$(" || opening === "<(";
    const list = opening === "" ? this.script.main : opening === "case" && outer ? outer.list : [];
    if (["`", "$(", "<(", "list"].includes(opening)) this.script.lists.set(start, list);
    this.frames.push({
      kind: "commands",
      start,
      opening,
      list,
      command: opening === "case" ? outer?.command : undefined,
      word: undefined,
      redirection: undefined,
      redirected: undefined,
      atCommand: true,
      pending: shares && outer ? outer.pending : [],
      inSubstitution,
      bracket: opening === "case" && outer ? outer.bracket : this.frames.length,
      phase: opening === "case" ? "subject" : "commands",
    });
  }
}
