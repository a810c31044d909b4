import { type Commands, type Frame, shellOf, wordOf } from "./frames.ts";
import type { ParserState } from "./parser-state.ts";
import type { Part } from "../../sources/script.ts";
import { addPart, addSubstitution, endRun, interrupt } from "./word-parts.ts";

const PLAIN_IN: Record<Exclude<Frame["kind"], "commands">, RegExp> = {
  quotes: /[^"\\$`]+/y,
  braces: /[^}'"`$\\]+/y,
  arithmetic: /[^()'"`$\\]+/y,
  body: /[^\\$`]+/y,
};
const VARIABLE = /\$(?:\w+|[@*#?$!-])/y;
const OLD_ARITHMETIC = /\$\[[^\]\r\n]*\]/y;

/** Reads the next step in double quotes, `${…}`, arithmetic or the body of a heredoc. */
export function inText(state: ParserState, frame: Exclude<Frame, Commands>): void {
  if (state.skip(PLAIN_IN[frame.kind])) return;
  const { at } = state;
  const char = state.text[at];
  switch (char) {
    case "\\":
      state.at += 2;
      return;
    case "$":
      return dollar(state, frame);
    case "`":
      return backticks(state, frame);
    case "'":
      return singleQuoted(state, frame, "single");
    case '"':
      if (frame.kind !== "quotes") return openQuotes(state, undefined);
      endRun(frame, at);
      state.frames.pop();
      state.at++;
      return;
    case "(":
      if (frame.kind === "arithmetic") frame.depth++;
      state.at++;
      return;
    case ")":
      return closeArithmetic(state, frame);
    default:
      state.at++;
      if (char === "}") close(state, frame);
  }
}

/** Goes behind a double quote. The parts of what stands in it go to `parts`, where they are a word's own. */
export function openQuotes(state: ParserState, parts: Part[] | undefined): void {
  const shell = shellOf(state.frames.at(-1));
  state.frames.push({ kind: "quotes", start: state.at, shell, parts, runStart: state.at + 1 });
  state.at++;
}

/** Goes behind `'…'`, or the quoted part of `$'…'`. Where nothing closes it, to the end of the text. */
export function singleQuoted(state: ParserState, frame: Frame, quoting: "single" | "ansi"): void {
  const start = state.at;
  const end = quoting === "single" ? state.text.indexOf("'", start + 1) : unescaped(state, "'", start + 1);
  state.at = end < 0 ? state.text.length : end + 1;
  if (end < 0) state.unclosed = { start, opening: "'" };
  if (frame.kind !== "commands") return;
  const parts = wordOf(frame, start).parts;
  if (end > start + 1) parts.push({ start: start + 1, end, quoting });
}

/** Reads what `$` begins: a variable, a substitution, `$'…'`, `$"…"`. Else it stands for itself. */
export function dollar(state: ParserState, frame: Frame): void {
  const { text, at } = state;
  const next = text[at + 1];
  const inCommands = frame.kind === "commands";
  if (next === "(" || next === "{") return openSubstitution(state, frame);
  if (state.skip(OLD_ARITHMETIC) || (inCommands && state.skip(VARIABLE))) {
    interrupt(frame, at);
    addSubstitution(state, frame, at);
  } else if (next === "'" && frame.kind !== "quotes" && frame.kind !== "body") {
    state.at++;
    singleQuoted(state, frame, "ansi");
  } else if (next === '"' && inCommands) {
    state.at++;
    openQuotes(state, wordOf(frame, at).parts);
  } else {
    state.at++;
    if (inCommands) addPart(state, frame, "bare", at);
  }
}

function openSubstitution(state: ParserState, frame: Frame): void {
  const { text, at } = state;
  const shell = shellOf(frame);
  interrupt(frame, at);
  if (text[at + 1] === "{") {
    state.frames.push({ kind: "braces", start: at, shell });
    state.at += 2;
  } else if (text[at + 2] === "(" && !state.notArithmetic.has(at)) {
    state.frames.push({ kind: "arithmetic", start: at, shell, depth: 0 });
    state.at += 3;
  } else {
    state.openCommands("$(", at);
    state.at += 2;
  }
}

/** Goes behind a substitution in backticks. Where nothing closes it, to the end of the text. */
export function backticks(state: ParserState, frame: Frame): void {
  const start = state.at;
  interrupt(frame, start);
  const end = unescaped(state, "`", start + 1);
  state.at = end < 0 ? state.text.length : end + 1;
  if (end < 0) state.unclosed = { start, opening: "`" };
  else state.backticks.push({ start, end });
  const escapes = frame.kind === "quotes" ? /\\[`$\\"]/ : /\\[`$\\]/;
  if (escapes.test(state.text.slice(start + 1, end))) state.script.escaped.push({ start, end: state.at });
  addSubstitution(state, frame, start);
}

function closeArithmetic(state: ParserState, frame: Frame): void {
  state.at++;
  if (frame.kind !== "arithmetic" || frame.depth-- > 0) return;
  if (state.text[state.at] !== ")") {
    state.misread = frame.start;
    return;
  }
  state.at++;
  close(state, frame);
}

/** Closes a substitution that is not a list of commands, or an arithmetic command. */
function close(state: ParserState, { start }: Frame): void {
  state.frames.pop();
  const outer = state.frames.at(-1);
  if (outer && state.text[start] === "$") addSubstitution(state, outer, start);
  else if (outer?.kind === "commands") outer.atCommand = true;
}

/** Where the character next stands without a backslash before it; -1 where it doesn't. */
function unescaped(state: ParserState, char: string, from: number): number {
  const search = char === "'" ? /['\\]/g : /[`\\]/g;
  search.lastIndex = from;
  for (let match = search.exec(state.text); match; match = search.exec(state.text)) {
    if (match[0] === char) return match.index;
    search.lastIndex++;
  }
  return -1;
}
