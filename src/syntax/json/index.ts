import { sitesOf } from "../sites.ts";
import type { Reading, Syntax } from "../syntax.ts";
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
