import type { Span } from "../../rule/value.ts";
import { lineStart } from "../../sources/lines.ts";
import type { Edit } from "../../sources/syntax.ts";

/** A list in brackets: the arguments of a call, the members of a literal. */
export interface Bracketed {
  /** From the opening bracket to behind the closing one, each one character long. */
  list: Span;
  /** The items in it, without commas and comments; one at least. */
  items: readonly Span[];
  /** The comments of the text, in order. */
  comments: readonly Span[];
  /** Strings over several lines, whose inside is never indented. */
  strings: readonly Span[];
}

/** The text around the items: `dispatch_rule=SIPDispatchRuleInfo(` and `)`, and an item to put before them. */
export interface Enclosure {
  open: string;
  close: string;
  first?: string | undefined;
}

/**
 * The edits that put everything in a bracketed list into another bracket, in the layout that is there:
 *
 *     Request(name="a", rule=r)  →  Request(dispatch_rule=Info(name="a", rule=r))
 *
 * Items on lines of their own stay so, a step further in; items aligned to the first one stay aligned. A comment that
 * ends the line of the opening bracket stays there.
 */
export function enclose(text: string, bracketed: Bracketed, { open, close, first }: Enclosure): Edit[] {
  const { list, items, comments } = bracketed;
  const inside = { start: list.start + 1, end: list.end - 1 };
  const contentStart = startOfContent(text, inside, comments);
  const contentEnd = endOfContent(text, inside, comments);
  const opensLine = /[\r\n]/.test(text.slice(inside.start, contentStart));
  const closesLine = /[\r\n]/.test(text.slice(contentEnd, inside.end));
  const newline = /\r\n|\n|\r/.exec(text.slice(list.start, list.end))?.[0] ?? "\n";

  if (!opensLine) {
    const closeAt = closesLine ? inside.end : contentEnd;
    const isAligned = items.some(
      (item) => columnIfFirst(text, item.start) === contentStart - lineStart(text, contentStart),
    );
    const lead = open + (first === undefined ? "" : `${first}, `);
    return [
      insertion(contentStart, lead),
      ...indentation(
        text,
        { start: contentStart, end: contentEnd },
        isAligned ? " ".repeat(open.length) : "",
        bracketed,
      ),
      insertion(closeAt, close),
    ];
  }
  const indent = leadingSpace(text, contentStart);
  const unit = step(leadingSpace(text, list.start), indent);
  const before = `${open}${newline}${indent}${unit}`;
  const trailingComma = hasTrailingComma(text, bracketed) ? "," : "";
  return [
    insertion(contentStart, before + (first === undefined ? "" : `${first},${newline}${indent}${unit}`)),
    ...indentation(text, { start: contentStart, end: contentEnd }, unit, bracketed),
    insertion(contentEnd, closesLine ? newline + indent + close + trailingComma : close),
  ];
}

/** One step of indentation, from the space before a line and that before what it holds. */
function step(outer: string, inner: string): string {
  if (inner.length > outer.length && inner.startsWith(outer)) return inner.slice(outer.length);
  return inner.includes("\t") || outer.includes("\t") ? "\t" : "    ";
}

/** Where the first item stands, or the first comment on a line of its own. */
function startOfContent(text: string, inside: Span, comments: readonly Span[]): number {
  const at = afterSpace(text, inside.start, " \t\f");
  const comment = comments.find(({ start }) => start === at);
  return afterSpace(text, comment ? comment.end : at, " \t\f\r\n\\");
}

/** Where the last thing ends: an item, its comma, a comment. */
function endOfContent(text: string, inside: Span, comments: readonly Span[]): number {
  let at = inside.end;
  while (at > inside.start && " \t\f\r\n\\".includes(text[at - 1] ?? "")) {
    at--;
    const comment = comments.find(({ end }) => end === at);
    if (comment) return comment.end;
  }
  return at;
}

function hasTrailingComma(text: string, { list, items, comments }: Bracketed): boolean {
  let at = afterSpace(text, items.at(-1)?.end ?? list.end, " \t\f\r\n\\");
  for (let next = commentAt(comments, at); next; next = commentAt(comments, at)) {
    at = afterSpace(text, next.end, " \t\f\r\n\\");
  }
  return text[at] === ",";
}

function commentAt(comments: readonly Span[], offset: number): Span | undefined {
  return comments.find(({ start }) => start === offset);
}

/** Insertions of a step of indentation at all lines that begin in the span, but for blank ones and in strings. */
function indentation(text: string, span: Span, unit: string, { strings }: Bracketed): Edit[] {
  if (unit === "") return [];
  const edits: Edit[] = [];
  const lines = /(?:\r\n|\n|\r)(?=[ \t\f]*[^\s])/g;
  lines.lastIndex = span.start;
  for (let match = lines.exec(text); match && lines.lastIndex <= span.end; match = lines.exec(text)) {
    const at = lines.lastIndex;
    if (!strings.some(({ start, end }) => start < at && at <= end)) edits.push(insertion(at, unit));
  }
  return edits;
}

function columnIfFirst(text: string, offset: number): number | undefined {
  const start = lineStart(text, offset);
  return text.slice(start, offset).trim() === "" ? offset - start : undefined;
}

/** The white space with which the line of this offset begins. */
export function leadingSpace(text: string, offset: number): string {
  return /[ \t\f]*/y.exec(text.slice(lineStart(text, offset), offset))?.[0] ?? "";
}

function afterSpace(text: string, from: number, among: string): number {
  let at = from;
  while (at < text.length && among.includes(text[at] ?? "")) at++;
  return at;
}

/** An edit that takes nothing away. */
export function insertion(at: number, text: string): Edit {
  return { start: at, end: at, text };
}
