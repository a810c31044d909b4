import { jsonLines } from "../json-lines.ts";
import type { Syntax } from "../../sources/syntax.ts";

/** JSON documents, one a line: each is a region. */
export const ndjson: Syntax = {
  read: (text) => ({ sites: [], regions: jsonLines(text), problems: [], comments: [], refused: [] }),
  wrap: () => [],
};
