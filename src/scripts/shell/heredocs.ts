import type { ParserState } from "./parser-state.ts";
import { unitsOf } from "./quoting.ts";
import type { Heredoc, Word } from "../../sources/script.ts";

/** How deep heredocs are followed that stand in substitutions in the bodies of others. */
const DEEPEST_BODY = 10;

/** The heredoc of a tag, whose body is not yet found. */
export function heredocOf(text: string, word: Word, stripsTabs: boolean): Heredoc {
  const raw = text.slice(word.start, word.end).replaceAll(/\\\r?\n/g, "");
  return {
    tag: word.parts.flatMap((part) => unitsOf(text, part).map((unit) => unit.text)).join(""),
    expands: !/["'\\]/.test(raw),
    stripsTabs,
    body: { start: word.end, end: word.end },
    parts: [],
  };
}

/** Finds the body that begins here and goes behind it. What is expanded in it is read later. */
export function passBody(state: ParserState, heredoc: Heredoc, inSubstitution: boolean): void {
  const { expands, body, parts } = heredoc;
  const { end, next } = bodyEnd(state.text, state.at, heredoc, inSubstitution);
  body.start = state.at;
  body.end = end;
  state.at = next;
  if (!expands) parts.push({ ...body, quoting: "verbatim" });
  else if (state.depth < DEEPEST_BODY) state.bodies.push({ heredoc, depth: state.depth + 1 });
  else parts.push({ ...body, quoting: "heredoc", substitution: true });
}

/**
 * Where the body of a heredoc ends that begins at `from`, and where the script goes on: behind the line of its tag.
 * Without one the body goes on to the end of the text, as bash has it, which warns. Lines that a backslash joins are
 * one where the body expands. In a substitution the tag may be followed by the bracket that closes it (bash 5.2).
 */
function bodyEnd(
  text: string,
  from: number,
  { tag, expands, stripsTabs }: Heredoc,
  inSubstitution: boolean,
): { end: number; next: number } {
  const joinsNext = (start: number, end: number): boolean =>
    expands && end < text.length && isContinued(text, start, end);
  let next = from;
  while (next < text.length) {
    const lineStart = next;
    let start = lineStart;
    if (stripsTabs) while (text[start] === "\t") start++;
    let end = lineEnd(text, start);
    const mayBeTag = text.startsWith(tag.slice(0, 1), start) || text[start] === "\\";
    let line = mayBeTag ? text.slice(start, end) : undefined;
    while (joinsNext(start, end)) {
      start = end + lineBreakLength(text, end);
      end = lineEnd(text, start);
      // What is longer than the tag can't become it.
      const mayStillBeTag = line !== undefined && line.length <= tag.length + 1;
      line = mayStillBeTag ? line?.slice(0, -1) + text.slice(start, end) : undefined;
    }
    next = end + lineBreakLength(text, end);
    if (line === tag) return { end: lineStart, next };
    if (inSubstitution && line?.startsWith(tag) && /^[ \t]*\)/.test(line.slice(tag.length))) {
      return { end: lineStart, next: end - (line.length - tag.length) };
    }
  }
  return { end: text.length, next: text.length };
}

/** The length of the line break at an offset; 0 where there is none. */
export function lineBreakLength(text: string, at: number): number {
  if (text[at] === "\n") return 1;
  return text[at] === "\r" && text[at + 1] === "\n" ? 2 : 0;
}

/** Where the line ends that an offset stands on, before its line break. */
export function lineEnd(text: string, from: number): number {
  const end = text.indexOf("\n", from);
  if (end < 0) return text.length;
  return end > from && text[end - 1] === "\r" ? end - 1 : end;
}

/** Tells whether the line ends with a backslash that no other escapes. */
function isContinued(text: string, start: number, end: number): boolean {
  let at = end;
  while (at > start && text[at - 1] === "\\") at--;
  return (end - at) % 2 === 1;
}
