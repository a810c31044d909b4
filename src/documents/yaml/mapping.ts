import type { ObjectValue, Span, Value } from "../../rule/value.ts";
import { lineStart } from "../../sources/lines.ts";
import { firstFrom } from "../../sources/search.ts";

/** The layout that all mappings of a document share. */
export interface DocumentLayout {
  /** The first step of indentation that is seen in the document, in spaces. */
  unit: number | undefined;
  /** The lines of its block scalars, in which a blank line may say something. */
  blocks: Span[];
}

/** A mapping and how it is laid out. Its span ends after the comments that stand in it, be they behind its last member. */
export interface Mapping extends ObjectValue {
  layout:
    | { style: "flow" }
    | {
        style: "block";
        document: DocumentLayout;
        /** Where each member begins: with its key, the key's tag or anchor, or a `?`. */
        heads: number[];
        /** The column in which the members stand, 0-based. */
        column: number;
        /** The first step of indentation inside, in spaces. */
        unit: number | undefined;
        /** Where the last thing ends that a member says; comments don't count. */
        contentEnd: number;
      };
}

/** A mapping of this document. */
export function isMapping(value: Value): value is Mapping {
  return value.kind === "object" && "layout" in value;
}

/** Where the last thing ends that a value says; comments don't count. */
export function contentEnd(value: Value): number {
  return isMapping(value) && value.layout.style === "block" ? value.layout.contentEnd : value.end;
}

/** The end of the comments that follow an offset: on its line, then on lines of their own from `column` on. */
export function afterComments(
  text: string,
  offset: number,
  column: number,
  comments: readonly Span[],
): number {
  let end = offset;
  for (let index = firstFrom(comments, offset); index < comments.length; index++) {
    const comment = comments[index];
    if (!comment || text.slice(end, comment.start).trim() !== "") break;
    const onOwnLine = text.slice(end, comment.start).includes("\n");
    if (onOwnLine && comment.start - lineStart(text, comment.start) < column) break;
    end = comment.end;
  }
  return end;
}

/** Tells whether what ends here is a block scalar like `|+`, to which all blank lines belong that follow. */
export function keepsBlankLines(text: string, { blocks }: DocumentLayout, end: number): boolean {
  const block = blocks.findLast((one) => one.end <= end);
  return block?.end === end && /^[|>]\d?\+/.test(text.slice(block.start, block.start + 3));
}

/** Where the first line starts that says something behind an offset; or where the text ends. */
export function afterBlankLines(text: string, offset: number): number {
  let at = offset;
  while (" \t\r\n".includes(text[at] ?? "x")) at++;
  return at < text.length ? Math.max(offset, lineStart(text, at)) : at;
}

/** Where the next line starts, or the text ends. */
export function lineEnd(text: string, offset: number): number {
  const end = text.indexOf("\n", offset);
  return end < 0 ? text.length : end + 1;
}
