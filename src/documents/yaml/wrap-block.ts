import { requestField } from "../../rule/fields.ts";
import { lineStart } from "../../sources/lines.ts";
import type { Member, Span } from "../../rule/value.ts";
import { filledTrunks, renaming, type Spelling } from "../json/wrap.ts";
import { type Edit, emptyTrunks, type Rewrite } from "../../sources/syntax.ts";
import {
  afterBlankLines,
  afterComments,
  contentEnd,
  keepsBlankLines,
  lineEnd,
  type Mapping,
} from "./mapping.ts";

/** A block mapping that is to be wrapped. */
interface Task {
  text: string;
  members: readonly Member[];
  layout: Extract<Mapping["layout"], { style: "block" }>;
  rewrite: Rewrite;
  /** The comments of the whole text, in order. */
  comments: readonly Span[];
  spelling: Spelling;
}

/** A member with its lines: blank ones and comments before it, and the comments that stand deeper behind it. */
interface Part extends Span {
  kind: "field" | "annotation" | "null-wrapper";
  member: Member;
  index: number;
  head: number;
  /** Where its first comment, or else its head, stands. */
  body: number;
}

/**
 * The edits that put the moved members below a wrapper, in place:
 *
 *     _comment: …                 _comment: …
 *     name: …             →       dispatch_rule:
 *     rule: …                       name: …
 *                                   rule: …
 *
 * All lines from the first to the last moved member are indented by a step more, with all that stands between them. Two
 * things are not: annotations move directly before the wrapper, and a wrapper that is null is dropped.
 */
export function wrapBlock(task: Task): Edit[] {
  const { text, rewrite, spelling } = task;
  const parts = partsOf(task);
  const first = parts.findIndex(({ kind }) => kind === "field");
  const last = parts.findLastIndex(({ kind }) => kind === "field");
  const opening = parts[first];
  const closing = parts[last];
  if (!opening || !closing) return [];

  const leaving = parts.slice(first, last).filter(({ kind }) => kind === "annotation");
  const dropped = droppedWrapper(task, parts);
  const removals = [
    ...leaving.map(({ start, end }) => ({ start, end })),
    ...(dropped ? [dropped] : []),
  ].toSorted((a, b) => a.start - b.start);
  // The first member may stand behind something else on its line: `- name: …`.
  const begin = parts[0]?.start ?? 0;
  const isAtBegin = first === 0 || (dropped?.start === begin && dropped.end === opening.body);
  const at = isAtBegin ? begin : lineStart(task.text, opening.body);

  return [
    ...openingEdits(task, { parts, opening, leaving, at, isAtBegin }),
    ...removals.map((span) => ({ ...span, text: "" })),
    ...rewrite.moves.flatMap(({ member, to }) => renaming(member, to, spelling)),
    ...filledTrunks(text, rewrite, spelling),
    ...linesIn(task, isAtBegin ? opening.body : at, closing.end, removals).map((line) =>
      insertion(line, " ".repeat(unitOf(task))),
    ),
  ];
}

function partsOf({ text, members, layout, rewrite, comments }: Task): Part[] {
  const moved = new Set(rewrite.moves.map(({ member }) => member));
  let start = layout.heads[0] ?? 0;
  return members.map((member, index) => {
    const kind = moved.has(member) ? "field" : requestField(member.key) ? "null-wrapper" : "annotation";
    const head = layout.heads[index] ?? member.at.start;
    const body = start + (text.slice(start, head).length - text.slice(start, head).trimStart().length);
    const content = contentEnd(member.value);
    const onLine = afterComments(text, content, Number.POSITIVE_INFINITY, comments);
    const end = lineEnd(text, afterComments(text, onLine, layout.column + 1, comments));
    const part: Part = { kind, member, index, head, body, start, end };
    start = end;
    return part;
  });
}

interface Opening {
  parts: readonly Part[];
  opening: Part;
  leaving: readonly Part[];
  /** Where the wrapper is put: at the begin of the mapping, or of a line. */
  at: number;
  isAtBegin: boolean;
}

/** The annotations that leave, each with the blank lines that followed it, then the wrapper's key. */
function openingEdits(task: Task, { parts, opening, leaving, at, isAtBegin }: Opening): Edit[] {
  const { text, layout, rewrite, spelling } = task;
  const indent = " ".repeat(layout.column);
  const step = " ".repeat(unitOf(task));
  const copied = leaving.flatMap((part): Edit[] => {
    const next = parts[part.index + 1] ?? part;
    const from = isAtBegin && part === leaving[0] ? part.body : lineStart(text, part.body);
    return [
      { start: at, end: at, copy: { start: from, end: part.end } },
      { start: at, end: at, copy: { start: next.start, end: lineStart(text, next.body) } },
    ];
  });
  const lineBreak = /\r?\n/.exec(text.slice(opening.start))?.[0] ?? /\r?\n/.exec(text)?.[0] ?? "\n";
  const colon = /^[ \t]*:/.exec(text.slice(opening.member.at.end))?.[0] ?? ":";
  const bound = emptyTrunks(rewrite) ? undefined : rewrite.trunks;
  const trunks = bound
    ? `${indent}${step}${spelling.key(bound.to.at(-1) ?? "", opening.member)}${colon} ${spelling.list(bound.ids)}${lineBreak}`
    : "";
  const wrapper = `${spelling.key(rewrite.wrapper, opening.member)}${colon}${lineBreak}${trunks}`;
  const before = isAtBegin && leaving.length === 0 ? "" : indent;
  return [...copied, insertion(at, before + wrapper + (isAtBegin ? indent + step : step))];
}

/**
 * Returns what is taken out with a wrapper that is null: its lines, but for their comments. Blank lines behind it go
 * too where they would become the last ones of a block scalar that keeps these.
 */
function droppedWrapper(task: Task, parts: readonly Part[]): Span | undefined {
  const { text, comments } = task;
  const index = parts.findIndex(({ kind }) => kind === "null-wrapper");
  const part = parts[index];
  if (!part) return undefined;
  const { head, member } = part;
  const content = contentEnd(member.value);
  const next = content + (/^\s*/.exec(text.slice(content))?.[0].length ?? 0);
  if (index === 0) return { start: head, end: next };
  const hasComment =
    comments.some(({ start }) => start === next) && !text.slice(content, next).includes("\n");
  if (hasComment) return { start: head, end: next };
  const said = contentEnd((parts[index - 1] ?? part).member.value);
  if (keepsBlankLines(text, task.layout.document, said)) {
    return { start: lineStart(text, head), end: afterBlankLines(text, content) };
  }
  if (index === parts.length - 1) {
    return { start: Math.max(text.slice(0, head).trimEnd().length, said), end: content };
  }
  return { start: lineStart(text, head), end: lineEnd(text, content) };
}

/** The lines that start in a piece of the text, stay there and say something, if only in a block scalar. */
function linesIn({ text, layout }: Task, start: number, end: number, removals: readonly Span[]): number[] {
  const { blocks } = layout.document;
  const lines: number[] = [];
  let next = 0;
  let block = 0;
  for (let at = lineEnd(text, start); at < end; at = lineEnd(text, at)) {
    while ((removals[next]?.end ?? text.length) <= at) next++;
    if ((removals[next]?.start ?? text.length) <= at) continue;
    const line = text.slice(at, lineEnd(text, at)).replace(/\r?\n$/, "");
    while ((blocks[block]?.end ?? text.length) <= at) block++;
    const says = line.trim() !== "" || (blocks[block]?.start ?? text.length) < at;
    if (line !== "" && says) lines.push(at);
  }
  return lines;
}

function unitOf({ layout }: Task): number {
  return layout.unit ?? layout.document.unit ?? 2;
}

function insertion(at: number, text: string): Edit {
  return { start: at, end: at, text };
}
