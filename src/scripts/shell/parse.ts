import type { Body, Frame } from "./frames.ts";
import { endWord, inCommands } from "./parse-commands.ts";
import { inText } from "./parse-quotes.ts";
import { ParserState } from "./parser-state.ts";
import type { Heredoc, Script } from "../../sources/script.ts";
import { addSubstitution, endRun } from "./word-parts.ts";

/**
 * Divides a text into commands, words and heredocs as bash does (measured on bash 5.2), without running or expanding
 * anything. Reads any text, in linear time: what nothing closes is told in `broken`.
 */
export function readScript(text: string): Script {
  const notArithmetic = new Set<number>();
  for (;;) {
    const { script, misread } = readAll(text, notArithmetic);
    if (misread === undefined) return script;
    if (notArithmetic.size >= MISREADINGS) return readBefore(text, misread, notArithmetic);
    notArithmetic.add(misread);
  }
}

/** Returns what stands before brackets that are one too many to start anew for. */
function readBefore(text: string, misread: number, notArithmetic: ReadonlySet<number>): Script {
  const before = readAll(text.slice(0, misread), notArithmetic);
  const start = before.misread === undefined ? misread : 0;
  return { ...before.script, broken: { start, end: text.length, opening: "((" } };
}

/** How often reading starts anew because `((` were two brackets, not arithmetic. Each time costs the whole text. */
const MISREADINGS = 50;

function readAll(text: string, notArithmetic: ReadonlySet<number>): ParserState {
  const state = new ParserState(text, notArithmetic);
  state.at = text.startsWith("\uFEFF") ? 1 : 0;
  state.openCommands("", state.at);
  readRange(state);
  noteBroken(state);
  for (const { heredoc, depth } of state.bodies) {
    if (state.misread !== undefined) break;
    state.text = text.slice(0, heredoc.body.end);
    state.depth = depth;
    readBody(state, heredoc);
  }
  for (const { start, end } of state.backticks) {
    if (state.misread !== undefined) break;
    state.text = text.slice(0, end);
    state.at = start + 1;
    state.frames = [];
    state.openCommands("`", start);
    readRange(state);
  }
  return state;
}

/** Bodies end where their tag stands, whatever is open in them. So they are read when that is known, each for itself. */
function readBody(state: ParserState, { body, parts }: Heredoc): void {
  const frame: Body = { kind: "body", start: body.start, shell: undefined, parts, runStart: body.start };
  state.at = body.start;
  state.frames = [frame];
  readRange(state);
  const open = state.frames[1];
  if (open) addSubstitution(state, frame, open.start);
  else endRun(frame, state.at);
}

function readRange(state: ParserState): void {
  while (state.at < state.text.length && state.misread === undefined) {
    const frame = state.frames.at(-1);
    if (!frame) return;
    if (frame.kind === "commands") inCommands(state, frame);
    else inText(state, frame);
  }
  state.at = Math.min(state.at, state.text.length);
  for (const frame of state.frames.slice()) if (frame.kind === "commands") endWord(state, frame);
}

function noteBroken({ text, frames, script, unclosed }: ParserState): void {
  const open = frames.find(
    (frame) => frame.kind !== "commands" || frame.opening === "$(" || frame.opening === "<(",
  );
  const first = open ? { start: open.start, opening: openingOf(open, text) } : unclosed;
  if (first) script.broken = { ...first, end: text.length };
}

function openingOf({ kind, start }: Frame, text: string): string {
  return kind === "quotes" ? '"' : text.slice(start, start + 2);
}
