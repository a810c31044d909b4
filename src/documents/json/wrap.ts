import { requestField } from "../../rule/fields.ts";
import type { Member, ObjectValue, Span, Value } from "../../rule/value.ts";
import { type Edit, emptyTrunks, filledList, type KeyPath, type Rewrite } from "../../sources/syntax.ts";
import { type Layout, layoutOf, lineStarts, type Piece, spansIn } from "./layout.ts";

/**
 * The edits that put the moved members into a wrapper, in place:
 *
 *     { "_comment": …, "name": …, "rule": … }  →  { "_comment": …, "dispatch_rule": { "name": …, "rule": … } }
 *
 * What stands between the first and the last moved member goes with them. Two things don't: annotations move
 * directly before the wrapper, and a wrapper that is null is dropped.
 */
export function wrapJson(
  text: string,
  request: ObjectValue,
  rewrite: Rewrite,
  allComments: readonly Span[],
  spelling: Spelling = JSON_SPELLING,
): Edit[] {
  const comments = spansIn(allComments, request);
  const layout = layoutOf(text, request, comments);
  const parts = partsOf(request, layout, rewrite);
  const first = parts.findIndex((part) => part.kind === "field");
  const last = parts.findLastIndex((part) => part.kind === "field");
  const opening = parts[first];
  const closing = parts[last];
  if (!opening || !closing) return [];

  const leaving = parts.slice(first, last).filter((part) => part.kind === "annotation");
  const dropped = parts.filter((part) => part.kind === "null-wrapper");
  const removals = [
    ...leaving.map((part) => departure(text, part, parts)),
    ...dropped.map((part) => droppedMember(text, part, parts, comments)),
  ];

  const followers = parts.slice(last + 1).filter((part) => part.kind === "annotation");
  const followed = followers.length > 0;
  const trailingComma = parts.at(-1)?.piece.comma !== undefined;
  // The comma after the last field separates it from what follows. Inside the wrapper nothing follows, so it
  // goes, except in a file that writes commas after last members. The same holds for a last annotation.
  const lastOnes = followed
    ? [closing, ...(trailingComma ? [] : followers.slice(-1))]
    : trailingComma
      ? []
      : [closing];
  for (const { piece } of lastOnes) {
    if (piece.comma !== undefined) removals.push({ start: piece.comma, end: piece.comma + 1 });
  }
  const closeLead = spaceBefore(text, layout, request, followed ? parts[last + 1] : undefined);
  const inside = { start: closing.piece.end, end: followed ? closing.piece.end : request.end - 1 };
  const closeAt = contentEnd(text, inside, removals, comments, /[\r\n]/.test(closeLead));
  // What a placeholder says over several lines may depend on its white space.
  const expressions = codeIn(request).filter(({ start, end }) => /[\r\n]/.test(text.slice(start, end)));

  return [
    ...openingEdits(text, layout, rewrite, opening, leaving, parts, spelling),
    ...removals.map((span) => ({ ...span, text: "" })),
    ...rewrite.moves.flatMap(({ member, to }) => renaming(member, to, spelling)),
    ...filledTrunks(text, rewrite, spelling),
    ...outside(lineStarts(text, { start: opening.piece.start, end: closeAt }), [
      ...removals,
      ...expressions,
    ]).map((at) => insertion(at, layout.unit)),
    insertion(closeAt, `${closeLead}}${followed || trailingComma ? "," : ""}`),
  ];
}

/** How new keys and lists are written. What stands in brackets in YAML differs from JSON in that alone. */
export interface Spelling {
  /** A key that stands beside the key of `like`. */
  key(name: string, like: Member): string;
  /** A list of strings in place of this value, or as a new one. */
  list(items: readonly string[], inPlaceOf?: Value): string;
}

const JSON_SPELLING: Spelling = {
  key: (name) => JSON.stringify(name),
  list: (items) => `[${items.map((item) => JSON.stringify(item)).join(", ")}]`,
};

interface Part {
  member: Member;
  kind: "field" | "annotation" | "null-wrapper";
  piece: Piece;
  /** Which one it is, from 0. */
  index: number;
}

function partsOf(request: ObjectValue, layout: Layout, rewrite: Rewrite): Part[] {
  const moved = new Set(rewrite.moves.map((move) => move.member));
  return layout.pieces.flatMap((piece, index) => {
    const member = request.members[index];
    if (!member) return [];
    const kind = moved.has(member) ? "field" : requestField(member.key) ? "null-wrapper" : "annotation";
    return [{ member, kind, piece, index }];
  });
}

/** Those of the offsets, which ascend, that stand in no span and at the end of none. */
function outside(offsets: readonly number[], spans: readonly Span[]): number[] {
  const sorted = spans.toSorted((a, b) => a.start - b.start);
  let passed = 0;
  let end = -1;
  return offsets.filter((at) => {
    for (let next = sorted[passed]; next && next.start < at; next = sorted[++passed]) {
      end = Math.max(end, next.end);
    }
    return end < at;
  });
}

function insertion(at: number, text: string): Edit {
  return { start: at, end: at, text };
}

function lead(text: string, part: Part | undefined): string {
  return part ? text.slice(part.piece.start, part.piece.leadEnd) : "";
}

/** The expressions in a value. Survives any nesting. */
function codeIn(value: Value): Span[] {
  const found: Span[] = [];
  const open = [value];
  for (let next = open.pop(); next; next = open.pop()) {
    if (next.kind === "code") found.push(next);
    if (next.kind === "array") for (const item of next.items) open.push(item);
    if (next.kind === "object") for (const member of next.members) open.push(member.value);
  }
  return found;
}

/** The white space that a part begins with. */
function leadOf(part: Part): Span {
  return { start: part.piece.start, end: part.piece.leadEnd };
}

/** The annotations that leave, each with the white space that followed it, then the wrapper's key and bracket. */
function openingEdits(
  text: string,
  layout: Layout,
  rewrite: Rewrite,
  opening: Part,
  leaving: Part[],
  parts: Part[],
  spelling: Spelling,
): Edit[] {
  const at = { start: opening.piece.start, end: opening.piece.start };
  let before = leadOf(opening);
  const annotations: Edit[] = [];
  for (const part of leaving) {
    annotations.push(
      { ...at, copy: before },
      { ...at, copy: { start: part.piece.leadEnd, end: part.piece.end } },
    );
    before = leadOf(parts[part.index + 1] ?? part);
  }
  const between = text.slice(opening.member.at.end, opening.member.value.start);
  const colon = /^ ?: ?$/.test(between) ? between : ": ";
  const wrapper: Edit[] = [
    ...annotations,
    leadEdit(text, before, layout, at),
    {
      ...at,
      text: `${spelling.key(rewrite.wrapper, opening.member)}${bracketOnItsLine(text, parts) ?? colon}{`,
    },
    ...withoutBlankLines(text, leadOf(opening)),
  ];
  const { trunks } = rewrite;
  if (!trunks || emptyTrunks(rewrite)) return wrapper;
  const unit = /[\r\n]/.test(text.slice(before.start, before.end)) ? layout.unit : "";
  const inner = unit === "" ? leadOf(opening) : before;
  const key = spelling.key(trunks.to.at(-1) ?? "", opening.member);
  const trunkIds = `${unit}${key}${colon}${spelling.list(trunks.ids)},`;
  return [...wrapper, { ...at, copy: inner }, { ...at, text: trunkIds }];
}

/** Returns what stands between a field's key and its bracket, where that has a line of its own. */
function bracketOnItsLine(text: string, parts: readonly Part[]): string | undefined {
  return parts
    .filter(({ kind, member }) => kind === "field" && member.value.kind === "object")
    .map(({ member }) => text.slice(member.at.end, member.value.start))
    .find((between) => /^ ?:[ \t]*(?:\r\n|\n|\r)[ \t]*$/.test(between));
}

/** The white space before the wrapper: as before the first field, or the comment on it, but never further out than fields. */
function leadEdit(text: string, before: Span, { indent }: Layout, at: Span): Edit {
  const space = text.slice(before.start, before.end);
  const own = /[\r\n]([ \t]*)$/.exec(space)?.[1];
  return own === undefined || own.length >= indent.length
    ? { ...at, copy: before }
    : { ...at, text: space.slice(0, space.length - own.length) + indent };
}

/** Blank lines before the first field stand before the wrapper now, and are not to stand in it as well. */
function withoutBlankLines(text: string, space: Span): Edit[] {
  const [, blank = ""] = /^([^]*?)(?:\r\n|\n|\r)[ \t]*$/.exec(text.slice(space.start, space.end)) ?? [];
  return blank === "" ? [] : [{ start: space.start, end: space.start + blank.length, text: "" }];
}

/** trunk_ids that are there but empty take the bound trunks in their place. */
export function filledTrunks(text: string, rewrite: Rewrite, spelling: Spelling): Edit[] {
  const value = emptyTrunks(rewrite)?.value;
  return value && rewrite.trunks ? [filledList(text, value, spelling.list(rewrite.trunks.ids, value))] : [];
}

/** The key of a field that has another name in the wrapper. */
export function renaming(member: Member, to: KeyPath, spelling: Spelling): Edit[] {
  const key = to.at(-1) ?? member.key;
  return member.key === key ? [] : [{ ...member.at, text: spelling.key(key, member) }];
}

/** The piece of an annotation that leaves: what follows it on another line takes the blank lines that were before it. */
function departure(text: string, part: Part, parts: Part[]): Span {
  const next = parts[part.index + 1];
  return next && /[\r\n]/.test(lead(text, part)) && /[\r\n]/.test(lead(text, next))
    ? { start: part.piece.leadEnd, end: next.piece.leadEnd }
    : removal(text, part, parts);
}

/** The piece of a member that is taken out, but for the line break that would leave a comment before it open. */
function removal(text: string, part: Part, parts: Part[]): Span {
  const next = parts[part.index + 1];
  const joinsLines =
    /[\r\n]/.test(lead(text, part)) && next !== undefined && !/[\r\n]/.test(lead(text, next));
  return { start: joinsLines ? part.piece.leadEnd : part.piece.start, end: part.piece.end };
}

/** A member that is taken out, but for its comments. A line that would be empty goes with it. */
function droppedMember(text: string, part: Part, parts: Part[], comments: readonly Span[]): Span {
  const { piece, member } = part;
  if (!comments.some((comment) => piece.start <= comment.start && comment.end <= piece.end)) {
    return removal(text, part, parts);
  }
  const end = piece.comma === undefined ? member.value.end : piece.comma + 1;
  const start = text.slice(0, member.at.start).trimEnd().length;
  const ownLine = /[\r\n]/.test(text.slice(start, member.at.start)) && /^[ \t]*[\r\n]/.test(text.slice(end));
  return ownLine ? { start, end } : { start: member.at.start, end: end + spaces(text, end) };
}

/** Where the last thing ends that stays in the span, with the spaces that end its line where a line break follows. */
function contentEnd(
  text: string,
  span: Span,
  removals: readonly Span[],
  comments: readonly Span[],
  breaks: boolean,
): number {
  let end = span.end;
  for (let moved = true; moved;) {
    // Other white space is part of a value in YAML.
    const trimmed = span.start + withoutSpace(text.slice(span.start, end)).length;
    const removed = removals.find((one) => one.start < trimmed && trimmed <= one.end);
    moved = removed !== undefined && removed.start >= span.start;
    end = moved && removed ? removed.start : trimmed;
  }
  // What follows a comment that ends with its line stands on the next one.
  const isOpen = comments.some((one) => one.end === end && !text.startsWith("/*", one.start));
  if (isOpen && !breaks) return removals.find(({ start }) => start >= end)?.start ?? span.end;
  return breaks && !removals.some(({ start }) => start === end) ? end + spaces(text, end) : end;
}

function spaces(text: string, offset: number): number {
  return /^[ \t]*/.exec(text.slice(offset))?.[0].length ?? 0;
}

function withoutSpace(text: string): string {
  let end = text.length;
  while (end > 0 && " \t\r\n".includes(text[end - 1] ?? "")) end--;
  return text.slice(0, end);
}

/** Returns what to write before the wrapper's closing bracket, after the example of the object's own. */
function spaceBefore(text: string, layout: Layout, request: ObjectValue, next: Part | undefined): string {
  const example = next
    ? lead(text, next)
    : text.slice(
        request.start + 1 + withoutSpace(text.slice(request.start + 1, request.end - 1)).length,
        request.end - 1,
      );
  if (/[\r\n]/.test(example)) return layout.newline + layout.indent;
  return next ? (/^[ \t]*/.exec(text.slice(request.start + 1))?.[0] ?? "") : example;
}
