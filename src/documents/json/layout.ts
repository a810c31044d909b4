import type { ObjectValue, Span } from "../../rule/value.ts";
import { lineStart } from "../../sources/lines.ts";
import { firstFrom } from "../../sources/search.ts";

/**
 * The inside of an object, cut into one piece a member: what leads up to it, its comments, its comma, and a
 * comment that ends its line. The pieces follow each other without a gap.
 */
export interface Layout {
  pieces: Piece[];
  /** One step of indentation; empty where the object stands on one line. */
  unit: string;
  /** The indentation of the object's members; empty where the object stands on one line. */
  indent: string;
  newline: string;
}

export interface Piece extends Span {
  /** Where the white space ends with which the piece begins. */
  leadEnd: number;
  /** Where the member's comma stands. */
  comma: number | undefined;
}

/** Finds the pieces and the indentation of an object in its text. `comments` are those of the whole text, in order. */
export function layoutOf(text: string, object: ObjectValue, comments: readonly Span[]): Layout {
  const skip = trivia(text, comments);
  const pieces: Piece[] = [];
  let start = skip.restOfLine(object.start + 1);
  for (const member of object.members) {
    const next = skip.all(member.value.end);
    const comma = text[next] === "," ? next : undefined;
    const end = skip.restOfLine(comma === undefined ? member.value.end : comma + 1);
    pieces.push({ start, end, leadEnd: skip.space(start), comma });
    start = end;
  }
  const newline = /\r\n|\n|\r/.exec(text.slice(object.start, object.end))?.[0];
  return {
    pieces,
    // The line of an object that stands on one may be as long as the text.
    ...(newline === undefined ? { unit: "", indent: "" } : indentation(text, object)),
    newline: newline ?? "\n",
  };
}

/** Those of ordered spans that don't overlap which begin within another one. */
export function spansIn<S extends Span>(spans: readonly S[], { start, end }: Span): readonly S[] {
  return spans.slice(firstFrom(spans, start), firstFrom(spans, end));
}

/** The offsets at which the lines begin that start within the span and are not blank. */
export function lineStarts(text: string, span: Span): number[] {
  const starts: number[] = [];
  const isFilled = /[ \t]*[^\s]/y;
  for (const { 0: newline, index } of text.slice(span.start, span.end).matchAll(/\r\n|\n|\r/g)) {
    isFilled.lastIndex = span.start + index + newline.length;
    const at = isFilled.lastIndex;
    if (isFilled.test(text)) starts.push(at);
  }
  return starts;
}

function indentation(text: string, object: ObjectValue): { unit: string; indent: string } {
  const own = leadingSpace(text, object.start);
  const closing = indentAt(text, object.end - 1);
  const outer = closing ?? own;
  for (const member of object.members) {
    const indent = indentAt(text, member.at.start);
    if (indent === undefined) continue;
    return { indent, unit: indent.startsWith(outer) ? indent.slice(outer.length) : indent };
  }
  // Members that all follow something on their line: only a closing bracket of its own can tell the style.
  return { indent: outer, unit: closing === undefined ? "" : "  " };
}

/** The indentation of an offset that is the first on its line. */
function indentAt(text: string, offset: number): string | undefined {
  let at = offset;
  while (text[at - 1] === " " || text[at - 1] === "\t") at--;
  return at === 0 || "\n\r\uFEFF".includes(text[at - 1] ?? "") ? text.slice(at, offset) : undefined;
}

function leadingSpace(text: string, offset: number): string {
  return /[ \t]*/y.exec(text.slice(lineStart(text, offset), offset))?.[0] ?? "";
}

function trivia(text: string, comments: readonly Span[]) {
  const commentEnd = new Map(comments.map(({ start, end }) => [start, end]));
  const space = (from: number, among = " \t\r\n"): number => {
    let at = from;
    while (at < text.length && among.includes(text[at] ?? "")) at++;
    return at;
  };
  const all = (from: number): number => {
    let at = space(from);
    for (let end = commentEnd.get(at); end !== undefined; end = commentEnd.get(at)) at = space(end);
    return at;
  };
  /** After the comments that end the line; unmoved where something else follows on it. */
  const restOfLine = (from: number): number => {
    let after = from;
    let at = space(from, " \t");
    for (let end = commentEnd.get(at); end !== undefined; end = commentEnd.get(at)) {
      after = end;
      at = space(end, " \t");
    }
    return at >= text.length || "\r\n}".includes(text[at] ?? "") ? after : from;
  };
  return { space, all, restOfLine };
}
