import type { Value } from "../../rule/value.ts";
import type { Reading, Site, Syntax } from "../syntax.ts";
import { readJson } from "./read.ts";
import { wrapJson } from "./wrap.ts";

/** JSON, with comments, trailing commas and unquoted placeholders. Sites: the value, or the items of a list. */
export const json: Syntax = {
  read(text) {
    const read = readJson(text);
    if (!("value" in read)) return { sites: [], regions: [], problems: [read], comments: [], refused: [] };
    const { value, comments, refused } = read;
    return { sites: sitesOf(value), regions: [], problems: [], comments, refused } satisfies Reading;
  },
  wrap(text, site, rewrite, reading) {
    return wrapJson(text, site.request, rewrite, reading.comments);
  },
};

function sitesOf(value: Value): Site[] {
  const objects = value.kind === "array" ? value.items : [value];
  return objects.flatMap((item) =>
    item.kind === "object" ? [{ at: { start: item.start, end: item.end }, request: item }] : [],
  );
}
