import type { Region, Syntax } from "../syntax.ts";

/** One JSON document a line. Each line that is not blank is a region. */
export const ndjson: Syntax = {
  read(text) {
    const regions: Region[] = [];
    const lines = /[^\r\n]*[^\s][^\r\n]*/g;
    for (const match of text.matchAll(lines)) {
      regions.push({
        syntax: "json",
        label: "line",
        text: match[0],
        toOuter: (offset) => match.index + offset,
        encode: (inner) => inner,
      });
    }
    return { sites: [], regions, problems: [], comments: [], refused: [] };
  },
  wrap: () => [],
};
