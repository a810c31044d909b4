import { type Body, type Commands, type Frame, type Quotes, wordOf } from "./frames.ts";
import type { ParserState } from "./parser-state.ts";
import type { Quoting } from "../../sources/script.ts";

/** Adds the text from `start` to here to the word, as one part with what stands before it in the same quoting. */
export function addPart(state: ParserState, frame: Commands, quoting: Quoting, start: number): void {
  const { parts } = wordOf(frame, start);
  const last = parts.at(-1);
  if (last && last.end === start && last.quoting === quoting && !last.substitution) last.end = state.at;
  else parts.push({ start, end: state.at, quoting });
}

/** Adds what ends here to the word, or to the text, that it stands in. */
export function addSubstitution(state: ParserState, frame: Frame, start: number): void {
  const end = state.at;
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

/** Prepares the text or the word that a substitution at this offset stands in. */
export function interrupt(frame: Frame, at: number): void {
  if (frame.kind === "commands") wordOf(frame, at);
  else if (frame.kind === "quotes" || frame.kind === "body") endRun(frame, at);
}

/** Adds the plain text that ends here, in quotes or a body, as a part. */
export function endRun(frame: Quotes | Body, end: number): void {
  const quoting = frame.kind === "quotes" ? "double" : "heredoc";
  if (end > frame.runStart) frame.parts?.push({ start: frame.runStart, end, quoting });
  frame.runStart = end;
}
