import { jsonLines } from "../json-lines.ts";
import { lookThrough } from "../../sources/sites.ts";
import type { Region, Site, Syntax } from "../../sources/syntax.ts";
import { readJson } from "./read.ts";
import { stringRegions } from "./string-regions.ts";
import { mayHoldRequest } from "../../sources/trigger.ts";
import { wrapJson } from "./wrap.ts";

/**
 * JSON, with comments, trailing commas and unquoted placeholders. Sites: the value, or the items of a list, or what
 * stands deeper. Regions: strings that are documents, outside of requests. A text of several documents, one a line,
 * is read as NDJSON, whatever its file is called.
 */
export const json: Syntax = {
  read(text, isWorth = mayHoldRequest) {
    const read = readJson(text);
    if (!("value" in read)) {
      const lines = isOneALine(text) ? jsonLines(text) : undefined;
      const problems = lines ? [] : [read];
      return { sites: [], regions: lines ?? [], problems, comments: [], refused: [] };
    }
    const { value, comments, refused } = read;
    const looked = lookThrough(value);
    const none = { regions: [], facts: [] };
    const { regions, facts } = looked.rest.length > 0 ? stringRegions(text, looked, isWorth) : none;
    const sites = regions.length > 0 ? withoutHolders(looked.sites, regions) : looked.sites;
    return { sites, regions, problems: [], comments, refused, ...(facts.length > 0 && { facts }) };
  },
  wrap(text, site, rewrite, reading) {
    return wrapJson(text, site.request, rewrite, reading.comments);
  },
};

/** The sites that hold no region: others are no requests, and accounted for by it. Both are in the order of the text. */
function withoutHolders(sites: Site[], regions: readonly Region[]): Site[] {
  const starts = regions.map((region) => region.toOuter(0));
  let next = 0;
  return sites.filter(({ at }) => {
    while ((starts[next] ?? Infinity) < at.start) next++;
    return (starts[next] ?? Infinity) >= at.end;
  });
}

/** Tells whether the first two lines that are not blank are each a document. */
function isOneALine(text: string): boolean {
  const lines = text.matchAll(/^[^\r\n]*\S[^\r\n]*/gm);
  return isDocument(lines.next().value?.[0]) && isDocument(lines.next().value?.[0]);
}

function isDocument(line = ""): boolean {
  return /^\s*[{[]/.test(line) && "value" in readJson(line);
}
