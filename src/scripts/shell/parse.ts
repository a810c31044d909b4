import { bodyEnd, lineBreakLength, lineEnd } from "./heredoc-body.ts";
import { type Body, type Commands, type Frame, type Quotes, shellOf, wordOf } from "./frames.ts";
import { unitsOf } from "./quoting.ts";
import { type Command, type Heredoc, type Part, type Quoting, type Script, type Word } from "./script.ts";

/**
 * Divides a text into commands, words and heredocs as bash does (measured on bash 5.2), without running or expanding
 * anything. Reads any text, in linear time: what nothing closes is told in `broken`.
 */
export function readScript(text: string): Script {
  const notArithmetic = new Set<number>();
  for (;;) {
    const reader = new Reader(text, notArithmetic);
    reader.readAll();
    const { script, misread } = reader;
    if (misread === undefined) return script;
    if (notArithmetic.size >= MISREADINGS) return readBefore(text, misread, notArithmetic);
    notArithmetic.add(misread);
  }
}

/** What stands before brackets that are one too many to start anew for. */
function readBefore(text: string, misread: number, notArithmetic: ReadonlySet<number>): Script {
  const reader = new Reader(text.slice(0, misread), notArithmetic);
  reader.readAll();
  const start = reader.misread === undefined ? misread : 0;
  return { ...reader.script, broken: { start, end: text.length, opening: "((" } };
}

/** How often reading starts anew because `((` were two brackets, not arithmetic. Each time costs the whole text. */
const MISREADINGS = 50;

/** How deep heredocs are followed that stand in substitutions in the bodies of others. */
const DEEPEST_BODY = 10;

const PLAIN = /[^ \t\r\n"'`$\\;&|<>()]+/y;
/** The rest of a template's `{{ name }}`, which is filled in before a shell sees it. */
const IN_TEMPLATE = /(?<=\{\{)[ \t][^{}\r\n]{1,100}\}\}/y;
const PLAIN_IN: Record<Exclude<Frame["kind"], "commands">, RegExp> = {
  quotes: /[^"\\$`]+/y,
  braces: /[^}'"`$\\]+/y,
  arithmetic: /[^()'"`$\\]+/y,
  body: /[^\\$`]+/y,
};
const REDIRECTION = /<<<|<<-|<<|<&|<>|<|>>|>&|>\||>|&>>|&>/y;
const ENDS_A_WORD = new Set(" \t;|&<>)");
const SEPARATOR = /;;&|;;|;&|;|&&|&|\|\||\|&|\|/y;
const VARIABLE = /\$(?:\w+|[@*#?$!-])/y;
const OLD_ARITHMETIC = /\$\[[^\]\r\n]*\]/y;

/** Words after which a command's name may stand. */
const BEFORE_A_COMMAND = new Set(["if", "then", "else", "elif", "do", "while", "until", "!", "{", "time"]);

class Reader {
  readonly script: Script = { commands: [], main: [], lists: new Map(), backticks: [] };
  /** Where `((` stood that was no arithmetic. */
  misread: number | undefined;
  private text: string;
  private at = 0;
  private frames: Frame[] = [];
  private readonly whole: string;
  private readonly notArithmetic: ReadonlySet<number>;
  private readonly bodies: { heredoc: Heredoc; depth: number }[] = [];
  private depth = 0;
  /** An opening quote that nothing closes. */
  private unclosed: { start: number; opening: string } | undefined;

  constructor(text: string, notArithmetic: ReadonlySet<number>) {
    this.whole = text;
    this.text = text;
    this.notArithmetic = notArithmetic;
  }

  readAll(): void {
    this.at = this.text.startsWith("\uFEFF") ? 1 : 0;
    this.openCommands("", this.at);
    this.readRange();
    this.noteBroken();
    for (const { heredoc, depth } of this.bodies) {
      if (this.misread !== undefined) return;
      this.readBody(heredoc, depth);
    }
  }

  /** Bodies end where their tag stands, whatever is open in them. So they are read when that is known, each for itself. */
  private readBody({ body, parts }: Heredoc, depth: number): void {
    this.text = this.whole.slice(0, body.end);
    this.at = body.start;
    this.depth = depth;
    const frame: Body = { kind: "body", start: body.start, shell: undefined, parts, runStart: body.start };
    this.frames = [frame];
    this.readRange();
    const open = this.frames[1];
    if (open) this.addSubstitution(frame, open.start);
    else this.endRun(frame, this.at);
  }

  private readRange(): void {
    while (this.at < this.text.length && this.misread === undefined) {
      const frame = this.frames.at(-1);
      if (!frame) return;
      if (frame.kind === "commands") this.inCommands(frame);
      else if (!this.skip(PLAIN_IN[frame.kind])) this.inText(frame);
    }
    this.at = Math.min(this.at, this.text.length);
    for (const frame of this.frames.slice()) if (frame.kind === "commands") this.endWord(frame);
  }

  private noteBroken(): void {
    const open = this.frames.find(
      (frame) => frame.kind !== "commands" || frame.opening === "$(" || frame.opening === "<(",
    );
    const first = open ? { start: open.start, opening: this.openingOf(open) } : this.unclosed;
    if (first) this.script.broken = { ...first, end: this.text.length };
  }

  private openingOf({ kind, start }: Frame): string {
    return kind === "quotes" ? '"' : this.text.slice(start, start + 2);
  }

  // Commands

  private inCommands(frame: Commands): void {
    const { text, at } = this;
    const char = text[at] ?? "";
    if (char === "#" && !frame.word) {
      this.at = lineEnd(text, at);
      return;
    }
    if (this.skip(PLAIN) || this.skip(IN_TEMPLATE)) return this.addPart(frame, "bare", at);
    const lineBreak = lineBreakLength(text, at);
    const process = (char === "<" || char === ">") && text[at + 1] === "(";
    if (frame.word && !process && (lineBreak > 0 || ENDS_A_WORD.has(char))) return this.endWord(frame);
    if (lineBreak > 0) return this.endLine(frame, lineBreak);
    switch (char) {
      case " ":
      case "\t":
        this.at++;
        return;
      case "\\":
        return this.backslash(frame);
      case "'":
        return this.singleQuoted(frame, "single");
      case '"':
        return this.openQuotes(wordOf(frame, at).parts);
      case "$":
        return this.dollar(frame);
      case "`":
        return this.backticks(frame);
      case "(":
        return this.openBracket(frame);
      case ")":
        return this.closeBracket(frame);
      case ";":
      case "|":
        return this.separator(frame);
      case "&":
        return text[at + 1] === ">" ? this.redirection(frame) : this.separator(frame);
      case "<":
      case ">":
        return process ? this.processSubstitution(frame) : this.redirection(frame);
      default:
        this.at++;
        this.addPart(frame, "bare", at);
    }
  }

  private backslash(frame: Commands): void {
    const { at } = this;
    const lineBreak = lineBreakLength(this.text, at + 1);
    this.at = at + 1 + Math.max(lineBreak, 1);
    if (lineBreak === 0 || frame.word) this.addPart(frame, "bare", at);
  }

  private openBracket(frame: Commands): void {
    const { text, at } = this;
    if (frame.opening === "case" && frame.phase === "pattern" && !frame.word) {
      this.at++;
      return;
    }
    const behindWord = frame.word !== undefined;
    const first = frame.command?.words[0];
    const mayCount =
      frame.opening !== "list" &&
      (frame.atCommand || (first !== undefined && text.slice(first.start, first.end) === "for"));
    if (!behindWord && mayCount && text[at + 1] === "(" && !this.notArithmetic.has(at)) {
      this.frames.push({ kind: "arithmetic", start: at, shell: frame, depth: 0 });
      this.at += 2;
      return;
    }
    this.endWord(frame);
    this.openCommands(behindWord || frame.opening === "list" ? "list" : "(", at);
    this.at++;
  }

  private closeBracket(frame: Commands): void {
    this.at++;
    const inner = this.frames[frame.bracket];
    if (frame.opening === "case" && frame.phase === "pattern") {
      this.endCommand(frame);
      frame.phase = "commands";
    } else if (inner?.kind !== "commands" || inner.opening === "") {
      this.endCommand(frame);
    } else {
      this.frames.length = frame.bracket;
      const outer = this.frames.at(-1);
      if (outer) this.closeCommands(inner, outer);
    }
  }

  private closeCommands(inner: Commands, outer: Frame): void {
    if (inner.opening === "$(" || inner.opening === "<(") {
      // bash takes the bodies that a substitution leaves open from the lines behind it.
      if (inner.pending.length > 0) shellOf(outer)?.pending.push(...inner.pending);
      this.addSubstitution(outer, inner.start);
    } else if (outer.kind === "commands" && inner.list.length === 0 && outer.command?.words.length) {
      // A function's name and its brackets.
      const name = outer.command.words.at(-1);
      outer.command.defines = this.text.slice(name?.start, name?.end);
      outer.command = undefined;
      outer.atCommand = true;
    } else if (outer.kind === "commands" && inner.opening === "(") {
      outer.command ??= this.newCommand(outer);
      outer.command.inner = inner.list;
    }
  }

  private separator(frame: Commands): void {
    const { at } = this;
    this.skip(SEPARATOR);
    if (frame.command) frame.command.ends = this.text.slice(at, this.at);
    this.endCommand(frame);
    const ends = this.text[at] === ";" && this.at > at + 1;
    if (ends && frame.opening === "case") frame.phase = "pattern";
  }

  private redirection(frame: Commands): void {
    const { at } = this;
    this.skip(REDIRECTION);
    frame.redirection = this.text.slice(at, this.at);
    frame.redirected = /(?:^|[\s;&|()])(\d{1,3})$/.exec(this.text.slice(Math.max(0, at - 4), at))?.[1];
  }

  private processSubstitution(frame: Commands): void {
    wordOf(frame, this.at);
    this.openCommands("<(", this.at);
    this.at += 2;
  }

  private openCommands(opening: Commands["opening"], start: number): void {
    const outer = shellOf(this.frames.at(-1));
    const shares = opening === "(" || opening === "case";
    const inSubstitution = outer?.inSubstitution === true || opening === "$(" || opening === "<(";
    const list = opening === "" ? this.script.main : opening === "case" && outer ? outer.list : [];
    if (opening === "$(" || opening === "<(" || opening === "list") this.script.lists.set(start, list);
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

  private endWord(frame: Commands): void {
    const { word } = frame;
    if (!word) return;
    word.end = this.at;
    frame.word = undefined;
    const written = this.text.slice(word.start, Math.min(word.end, word.start + 9));
    // The number of a file before its redirection: `2> log`.
    if (/^(\d+|\{\w+\})$/.test(written) && /[<>]/.test(this.text[this.at] ?? "")) return;
    frame.command ??= this.newCommand(frame);
    const { command, redirection } = frame;
    frame.redirection = undefined;
    if (redirection === "<<" || redirection === "<<-") {
      const heredoc = this.heredoc(word, redirection === "<<-");
      command.heredocs.push(heredoc);
      frame.pending.push(heredoc);
    } else if (redirection !== undefined) {
      const { redirected = redirection.includes("<") ? "0" : "1" } = frame;
      command.redirections.push({ operator: redirection, target: word, redirected });
    } else {
      command.words.push(word);
      this.structure(frame, command, written);
    }
  }

  /** Follows the words that build scripts out of commands, where they change what comes next. */
  private structure(frame: Commands, command: Command, written: string): void {
    if (frame.opening === "case" && frame.phase !== "commands") {
      if (frame.phase === "pattern" && written === "esac") this.frames.pop();
      else if (frame.phase === "subject" && written === "in" && command.words.length > 2) {
        this.endCommand(frame);
        frame.phase = "pattern";
      }
      return;
    }
    const [first] = command.words;
    const named = first && this.text.slice(first.start, first.end) === "function" && written === "{";
    if (!named && (!frame.atCommand || frame.opening === "list")) return;
    if (named || BEFORE_A_COMMAND.has(written)) {
      const [, name] = command.words;
      if (named && name) command.defines = this.text.slice(name.start, name.end);
      command.words.length = 0;
      command.keywords.push(written);
      frame.atCommand = true;
      return;
    }
    frame.atCommand = false;
    if (written === "case") {
      this.openCommands("case", this.at);
    } else if (written === "esac" && frame.opening === "case") {
      this.frames.pop();
    }
  }

  private newCommand({ opening, phase, list }: Commands): Command {
    const command: Command = { words: [], redirections: [], heredocs: [], keywords: [], ends: "" };
    this.script.commands.push(command);
    if (opening === "case" && phase === "commands") command.inCase = true;
    if (phase === "commands") list.push(command);
    return command;
  }

  private endCommand(frame: Commands): void {
    frame.command = undefined;
    frame.redirection = undefined;
    frame.atCommand = true;
  }

  // Heredocs

  private heredoc(word: Word, stripsTabs: boolean): Heredoc {
    const raw = this.text.slice(word.start, word.end).replaceAll(/\\\r?\n/g, "");
    return {
      tag: word.parts.flatMap((part) => unitsOf(this.text, part).map((unit) => unit.text)).join(""),
      expands: !/["'\\]/.test(raw),
      stripsTabs,
      body: { start: word.end, end: word.end },
      parts: [],
    };
  }

  private endLine(frame: Commands, lineBreak: number): void {
    this.at += lineBreak;
    if (frame.opening === "list") return;
    if (frame.phase !== "subject") this.endCommand(frame);
    for (const heredoc of frame.pending.splice(0)) this.findBody(heredoc, frame.inSubstitution);
    if (frame.opening === "") this.script.firstEnd ??= this.at;
  }

  private findBody(heredoc: Heredoc, inSubstitution: boolean): void {
    const { expands, body, parts } = heredoc;
    const { end, next } = bodyEnd(this.text, this.at, heredoc, inSubstitution);
    body.start = this.at;
    body.end = end;
    this.at = next;
    if (!expands) parts.push({ ...body, quoting: "verbatim" });
    else if (this.depth < DEEPEST_BODY) this.bodies.push({ heredoc, depth: this.depth + 1 });
    else parts.push({ ...body, quoting: "heredoc", substitution: true });
  }

  // Quotes and substitutions

  private inText(frame: Exclude<Frame, Commands>): void {
    const { at } = this;
    const char = this.text[at];
    switch (char) {
      case "\\":
        this.at += 2;
        return;
      case "$":
        return this.dollar(frame);
      case "`":
        return this.backticks(frame);
      case "'":
        return this.singleQuoted(frame, "single");
      case '"':
        if (frame.kind !== "quotes") return this.openQuotes(undefined);
        this.endRun(frame, at);
        this.frames.pop();
        this.at++;
        return;
      case "(":
        if (frame.kind === "arithmetic") frame.depth++;
        this.at++;
        return;
      case ")":
        return this.closeArithmetic(frame);
      default:
        this.at++;
        if (char === "}") this.close(frame);
    }
  }

  private closeArithmetic(frame: Frame): void {
    this.at++;
    if (frame.kind !== "arithmetic" || frame.depth-- > 0) return;
    if (this.text[this.at] !== ")") {
      this.misread = frame.start;
      return;
    }
    this.at++;
    this.close(frame);
  }

  /** Closes a substitution that is not a list of commands, or an arithmetic command. */
  private close({ start }: Frame): void {
    this.frames.pop();
    const outer = this.frames.at(-1);
    if (outer && this.text[start] === "$") this.addSubstitution(outer, start);
    else if (outer?.kind === "commands") outer.atCommand = true;
  }

  private openQuotes(parts: Part[] | undefined): void {
    const shell = shellOf(this.frames.at(-1));
    this.frames.push({ kind: "quotes", start: this.at, shell, parts, runStart: this.at + 1 });
    this.at++;
  }

  private dollar(frame: Frame): void {
    const { text, at } = this;
    const next = text[at + 1];
    const inCommands = frame.kind === "commands";
    if (next === "(" || next === "{") return this.openSubstitution(frame);
    if (this.skip(OLD_ARITHMETIC) || (inCommands && this.skip(VARIABLE))) {
      this.interrupt(frame, at);
      this.addSubstitution(frame, at);
    } else if (next === "'" && frame.kind !== "quotes" && frame.kind !== "body") {
      this.at++;
      this.singleQuoted(frame, "ansi");
    } else if (next === '"' && inCommands) {
      this.at++;
      this.openQuotes(wordOf(frame, at).parts);
    } else {
      this.at++;
      if (inCommands) this.addPart(frame, "bare", at);
    }
  }

  private openSubstitution(frame: Frame): void {
    const { text, at } = this;
    const shell = shellOf(frame);
    this.interrupt(frame, at);
    if (text[at + 1] === "{") {
      this.frames.push({ kind: "braces", start: at, shell });
      this.at += 2;
    } else if (text[at + 2] === "(" && !this.notArithmetic.has(at)) {
      this.frames.push({ kind: "arithmetic", start: at, shell, depth: 0 });
      this.at += 3;
    } else {
      this.openCommands("$(", at);
      this.at += 2;
    }
  }

  private singleQuoted(frame: Frame, quoting: "single" | "ansi"): void {
    const start = this.at;
    const end = quoting === "single" ? this.text.indexOf("'", start + 1) : this.unescaped("'", start + 1);
    this.at = end < 0 ? this.text.length : end + 1;
    if (end < 0) this.unclosed = { start, opening: "'" };
    if (frame.kind !== "commands") return;
    const parts = wordOf(frame, start).parts;
    if (end > start + 1) parts.push({ start: start + 1, end, quoting });
  }

  private backticks(frame: Frame): void {
    const start = this.at;
    this.interrupt(frame, start);
    const end = this.unescaped("`", start + 1);
    this.at = end < 0 ? this.text.length : end + 1;
    if (end < 0) this.unclosed = { start, opening: "`" };
    else this.script.backticks.push({ start, end: end + 1, quoted: frame.kind === "quotes" });
    this.addSubstitution(frame, start);
  }

  /** Where the character next stands without a backslash before it; -1 where it doesn't. */
  private unescaped(char: string, from: number): number {
    const search = char === "'" ? /['\\]/g : /[`\\]/g;
    search.lastIndex = from;
    for (let match = search.exec(this.text); match; match = search.exec(this.text)) {
      if (match[0] === char) return match.index;
      search.lastIndex++;
    }
    return -1;
  }

  /** Adds what ends here to the word, or to the text, that it stands in. */
  private addSubstitution(frame: Frame, start: number): void {
    const end = this.at;
    if (frame.kind === "commands") {
      wordOf(frame, start).parts.push({ start, end, quoting: "bare", substitution: true });
    } else if (frame.kind === "quotes") {
      frame.parts?.push({ start, end, quoting: "double", substitution: true });
      frame.runStart = end;
    } else if (frame.kind === "body") {
      frame.parts.push({ start, end, quoting: "heredoc", substitution: true });
      frame.runStart = end;
    }
  }

  private addPart(frame: Commands, quoting: Quoting, start: number): void {
    const { parts } = wordOf(frame, start);
    const last = parts.at(-1);
    if (last && last.end === start && last.quoting === quoting && !last.substitution) last.end = this.at;
    else parts.push({ start, end: this.at, quoting });
  }

  /** Prepares the text or the word that a substitution at this offset stands in. */
  private interrupt(frame: Frame, at: number): void {
    if (frame.kind === "commands") wordOf(frame, at);
    else if (frame.kind === "quotes" || frame.kind === "body") this.endRun(frame, at);
  }

  private endRun(frame: Quotes | Body, end: number): void {
    const quoting = frame.kind === "quotes" ? "double" : "heredoc";
    if (end > frame.runStart) frame.parts?.push({ start: frame.runStart, end, quoting });
    frame.runStart = end;
  }

  /** Goes behind what the sticky pattern finds here; false where it finds nothing. */
  private skip(pattern: RegExp): boolean {
    pattern.lastIndex = this.at;
    if (!pattern.test(this.text)) return false;
    this.at = pattern.lastIndex;
    return true;
  }
}
