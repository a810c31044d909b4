import { type Commands, type Frame, shellOf, wordOf } from "./frames.ts";
import { heredocOf, lineBreakLength, lineEnd, passBody } from "./heredocs.ts";
import { backticks, dollar, openQuotes, singleQuoted } from "./parse-quotes.ts";
import type { ParserState } from "./parser-state.ts";
import type { Command } from "../../sources/script.ts";
import { addPart, addSubstitution } from "./word-parts.ts";

const PLAIN = /[^ \t\r\n"'`$\\;&|<>()]+/y;
/** The rest of a template's `{{ name }}`, which is filled in before a shell sees it. */
const IN_TEMPLATE = /(?<=\{\{)[ \t][^{}\r\n]{1,100}\}\}/y;
const REDIRECTION = /<<<|<<-|<<|<&|<>|<|>>|>&|>\||>|&>>|&>/y;
const ENDS_A_WORD = new Set(" \t;|&<>)");
const SEPARATOR = /;;&|;;|;&|;|&&|&|\|\||\|&|\|/y;

/** Words after which a command's name may stand. */
const BEFORE_A_COMMAND = new Set(["if", "then", "else", "elif", "do", "while", "until", "!", "{", "time"]);

/** Reads the next step among commands: a piece of a word, a separator, a redirection, a bracket, the end of a line. */
export function inCommands(state: ParserState, frame: Commands): void {
  const { text, at } = state;
  const char = text[at] ?? "";
  if (char === "#" && !frame.word) {
    state.at = lineEnd(text, at);
    return;
  }
  if (state.skip(PLAIN) || state.skip(IN_TEMPLATE)) return addPart(state, frame, "bare", at);
  const lineBreak = lineBreakLength(text, at);
  const process = (char === "<" || char === ">") && text[at + 1] === "(";
  if (frame.word && !process && (lineBreak > 0 || ENDS_A_WORD.has(char))) return endWord(state, frame);
  if (lineBreak > 0) return endLine(state, frame, lineBreak);
  switch (char) {
    case " ":
    case "\t":
      state.at++;
      return;
    case "\\":
      return backslash(state, frame);
    case "'":
      return singleQuoted(state, frame, "single");
    case '"':
      return openQuotes(state, wordOf(frame, at).parts);
    case "$":
      return dollar(state, frame);
    case "`":
      return backticks(state, frame);
    case "(":
      return openBracket(state, frame);
    case ")":
      return closeBracket(state, frame);
    case ";":
    case "|":
      return separator(state, frame);
    case "&":
      return text[at + 1] === ">" ? redirect(state, frame) : separator(state, frame);
    case "<":
    case ">":
      return process ? processSubstitution(state, frame) : redirect(state, frame);
    default:
      state.at++;
      addPart(state, frame, "bare", at);
  }
}

function backslash(state: ParserState, frame: Commands): void {
  const { at } = state;
  const lineBreak = lineBreakLength(state.text, at + 1);
  state.at = at + 1 + Math.max(lineBreak, 1);
  if (lineBreak === 0 || frame.word) addPart(state, frame, "bare", at);
}

function openBracket(state: ParserState, frame: Commands): void {
  const { text, at } = state;
  if (frame.opening === "case" && frame.phase === "pattern" && !frame.word) {
    state.at++;
    return;
  }
  const behindWord = frame.word !== undefined;
  const first = frame.command?.words[0];
  const mayCount =
    frame.opening !== "list" &&
    (frame.atCommand || (first !== undefined && text.slice(first.start, first.end) === "for"));
  if (!behindWord && mayCount && text[at + 1] === "(" && !state.notArithmetic.has(at)) {
    state.frames.push({ kind: "arithmetic", start: at, shell: frame, depth: 0 });
    state.at += 2;
    return;
  }
  endWord(state, frame);
  state.openCommands(behindWord || frame.opening === "list" ? "list" : "(", at);
  state.at++;
}

function closeBracket(state: ParserState, frame: Commands): void {
  state.at++;
  const inner = state.frames[frame.bracket];
  if (frame.opening === "case" && frame.phase === "pattern") {
    endCommand(frame);
    frame.phase = "commands";
  } else if (inner?.kind !== "commands" || inner.opening === "") {
    endCommand(frame);
  } else {
    state.frames.length = frame.bracket;
    const outer = state.frames.at(-1);
    if (outer) closeCommands(state, inner, outer);
  }
}

function closeCommands(state: ParserState, inner: Commands, outer: Frame): void {
  if (inner.opening === "$(" || inner.opening === "<(") {
    // bash takes the bodies that a substitution leaves open from the lines behind it.
    if (inner.pending.length > 0) shellOf(outer)?.pending.push(...inner.pending);
    addSubstitution(state, outer, inner.start);
  } else if (outer.kind === "commands" && inner.list.length === 0 && outer.command?.words.length) {
    // A function's name and its brackets.
    const name = outer.command.words.at(-1);
    outer.command.defines = state.text.slice(name?.start, name?.end);
    outer.command = undefined;
    outer.atCommand = true;
  } else if (outer.kind === "commands" && inner.opening === "(") {
    outer.command ??= newCommand(state, outer);
    outer.command.inner = inner.list;
  }
}

function separator(state: ParserState, frame: Commands): void {
  const { at } = state;
  state.skip(SEPARATOR);
  if (frame.command) frame.command.ends = state.text.slice(at, state.at);
  endCommand(frame);
  const ends = state.text[at] === ";" && state.at > at + 1;
  if (ends && frame.opening === "case") frame.phase = "pattern";
}

function redirect(state: ParserState, frame: Commands): void {
  const { at } = state;
  state.skip(REDIRECTION);
  frame.redirection = state.text.slice(at, state.at);
  frame.redirected = /(?:^|[\s;&|()])(\d{1,3})$/.exec(state.text.slice(Math.max(0, at - 4), at))?.[1];
}

function processSubstitution(state: ParserState, frame: Commands): void {
  wordOf(frame, state.at);
  state.openCommands("<(", state.at);
  state.at += 2;
}

function endLine(state: ParserState, frame: Commands, lineBreak: number): void {
  state.at += lineBreak;
  if (frame.opening === "list") return;
  if (frame.phase !== "subject") endCommand(frame);
  for (const heredoc of frame.pending.splice(0)) passBody(state, heredoc, frame.inSubstitution);
  if (frame.opening === "") state.script.firstEnd ??= state.at;
}

/** Ends the word that is read, if one is, and gives it to its command, or to the redirection that stands before it. */
export function endWord(state: ParserState, frame: Commands): void {
  const { word } = frame;
  if (!word) return;
  word.end = state.at;
  frame.word = undefined;
  const written = state.text.slice(word.start, Math.min(word.end, word.start + 9));
  // The number of a file before its redirection: `2> log`.
  if (/^(\d+|\{\w+\})$/.test(written) && /[<>]/.test(state.text[state.at] ?? "")) return;
  frame.command ??= newCommand(state, frame);
  const { command, redirection } = frame;
  frame.redirection = undefined;
  if (redirection === "<<" || redirection === "<<-") {
    const heredoc = heredocOf(state.text, word, redirection === "<<-");
    command.heredocs.push(heredoc);
    frame.pending.push(heredoc);
  } else if (redirection !== undefined) {
    const { redirected = redirection.includes("<") ? "0" : "1" } = frame;
    command.redirections.push({ operator: redirection, target: word, redirected });
  } else {
    command.words.push(word);
    followKeyword(state, frame, command, written);
  }
}

/** Follows the words that build scripts out of commands, where they change what comes next. */
function followKeyword(state: ParserState, frame: Commands, command: Command, written: string): void {
  if (frame.opening === "case" && frame.phase !== "commands") {
    if (frame.phase === "pattern" && written === "esac") state.frames.pop();
    else if (frame.phase === "subject" && written === "in" && command.words.length > 2) {
      endCommand(frame);
      frame.phase = "pattern";
    }
    return;
  }
  const [first] = command.words;
  const named = first && state.text.slice(first.start, first.end) === "function" && written === "{";
  if (!named && (!frame.atCommand || frame.opening === "list")) return;
  if (named || BEFORE_A_COMMAND.has(written)) {
    const [, name] = command.words;
    if (named && name) command.defines = state.text.slice(name.start, name.end);
    command.words.length = 0;
    command.keywords.push(written);
    frame.atCommand = true;
    return;
  }
  frame.atCommand = false;
  if (written === "case") {
    state.openCommands("case", state.at);
  } else if (written === "esac" && frame.opening === "case") {
    state.frames.pop();
  }
}

function newCommand(state: ParserState, { opening, phase, list }: Commands): Command {
  const command: Command = { words: [], redirections: [], heredocs: [], keywords: [], ends: "" };
  state.script.commands.push(command);
  if (opening === "case" && phase === "commands") command.inCase = true;
  if (phase === "commands") list.push(command);
  return command;
}

function endCommand(frame: Commands): void {
  frame.command = undefined;
  frame.redirection = undefined;
  frame.atCommand = true;
}
