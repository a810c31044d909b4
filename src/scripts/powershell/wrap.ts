import type { Member, Span } from "../../rule/value.ts";
import { layoutOf, lineStarts, spansIn } from "../../documents/json/layout.ts";
import {
  type Edit,
  emptyTrunks,
  filledList,
  type Reading,
  type Rewrite,
  type Site,
} from "../../sources/syntax.ts";

/**
 * The edits that put all members of a hashtable literal into a wrapper:
 *
 *     @{ rule = …; name = … }  →  @{ dispatch_rule = @{ rule = …; name = … } }
 *
 * Lines inside are indented by one step more, but for those that a string goes on with.
 */
export function wrapHashtable(text: string, site: Site, rewrite: Rewrite, reading: Reading): Edit[] {
  const { request } = site;
  const comments = spansIn(reading.comments, request);
  const strings = spansIn(reading.strings ?? [], request);
  const { pieces, unit, indent, newline } = layoutOf(text, request, comments);
  const [first] = pieces;
  if (!first) return [];

  const lead = { start: first.start, end: first.leadEnd };
  const at = { start: first.start, end: first.start };
  const breaks = /[\r\n]/.test(text.slice(lead.start, lead.end));
  const ordered =
    /\[ordered\]\s*$/i.exec(text.slice(Math.max(site.at.start - 20, 0), site.at.start))?.[0] ?? "";
  const inside = text.slice(request.start + 1, request.end - 1);
  const closing = inside.slice(inside.trimEnd().length);
  const closes = /[\r\n]/.test(closing);
  const content = request.end - 1 - closing.length;
  const closeAt = content + (closes ? (/^[ \t]*/.exec(closing)?.[0].length ?? 0) : 0);
  return [
    { ...at, copy: lead },
    { ...at, text: `${rewrite.wrapper} = ${ordered}@{` },
    ...boundTrunks(text, rewrite, at, lead, breaks ? unit : ""),
    ...rewrite.moves.flatMap(({ member, to }) => renaming(text, member, to.at(-1) ?? member.key)),
    ...outsideStrings(lineStarts(text, { start: first.start, end: closeAt }), strings).map((offset) => ({
      start: offset,
      end: offset,
      text: unit,
    })),
    { start: closeAt, end: closeAt, text: `${closes ? newline + indent : closing}}` },
  ];
}

/** The offsets, which ascend, that are not inside a string. */
function outsideStrings(offsets: readonly number[], strings: readonly Span[]): number[] {
  let next = 0;
  return offsets.filter((offset) => {
    while ((strings[next]?.end ?? Infinity) <= offset) next++;
    return (strings[next]?.start ?? Infinity) >= offset;
  });
}

function renaming(text: string, { key, at }: Member, to: string): Edit[] {
  if (to === key) return [];
  const quote = /^\w/.test(text.slice(at.start, at.end)) ? "" : (text[at.start] ?? "");
  return [{ ...at, text: quote + to + quote }];
}

/** Trunks in the place of an empty list, or as the first member. */
function boundTrunks(text: string, rewrite: Rewrite, at: Span, lead: Span, unit: string): Edit[] {
  const { trunks } = rewrite;
  if (!trunks) return [];
  const list = `@(${trunks.ids.map((id) => `'${id.replaceAll("'", "''")}'`).join(", ")})`;
  const empty = emptyTrunks(rewrite);
  if (empty) return [filledList(text, empty.value, list, "@(")];
  return [
    { ...at, copy: lead },
    { ...at, text: `${unit}${trunks.to.at(-1)} = ${list}${unit === "" ? ";" : ""}` },
  ];
}
