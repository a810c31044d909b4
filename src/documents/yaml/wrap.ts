import type { Member, Span, Value } from "../../rule/value.ts";
import { type Spelling, wrapJson } from "../json/wrap.ts";
import type { Edit, Rewrite, Site } from "../../sources/syntax.ts";
import { isMapping } from "./mapping.ts";
import { wrapBlock } from "./wrap-block.ts";

/** The edits that move the fields of a site into the wrapper: a block stays a block, and what is in brackets stays so. */
export function wrapYaml(text: string, site: Site, rewrite: Rewrite, comments: readonly Span[]): Edit[] {
  const { request } = site;
  if (!isMapping(request)) return [];
  const spelling = spellingIn(text);
  const { layout } = request;
  return layout.style === "block"
    ? wrapBlock({ text, members: request.members, layout, rewrite, comments, spelling })
    : wrapJson(text, request, rewrite, comments, spelling);
}

/** New keys have the quotes of the keys beside them. */
function spellingIn(text: string): Spelling {
  return {
    key(name: string, like: Member): string {
      const quote = text[like.at.start];
      return quote === '"' || quote === "'" ? quote + name + quote : name;
    },
    list(items, inPlaceOf?: Value): string {
      const list = `[${items.map((item) => JSON.stringify(item)).join(", ")}]`;
      if (!inPlaceOf || inPlaceOf.start < inPlaceOf.end) return list;
      return text[inPlaceOf.start - 1] === ":" ? ` ${list}` : `: ${list}`;
    },
  };
}
