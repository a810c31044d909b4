import { isAnnotation } from "../../rule/annotations.ts";
import { requestField } from "../../rule/fields.ts";
import { formOf } from "../../rule/form.ts";
import type { Span } from "../../rule/value.ts";
import { lookThrough, type PlacedString, sitesOf, stringsOutside } from "../../sources/sites.ts";
import type { Problem, Reading, Region, Site, Syntax } from "../../sources/syntax.ts";
import { mayHoldRequest } from "../../sources/trigger.ts";
import { isMapping } from "./mapping.ts";
import { readYaml } from "./read.ts";
import { regionsOf } from "./regions.ts";
import { inTemplate } from "./templates.ts";
import type { Built } from "./values.ts";
import { wrapYaml } from "./wrap.ts";
import { sendFact, type Fact } from "../../sources/fact.ts";

/** YAML: several documents, block and flow, and what stands in its strings. */
export const yaml: Syntax = {
  read(text, isWorth = mayHoldRequest) {
    const none: Reading = { sites: [], regions: [], problems: [], comments: [], refused: [] };
    const read = readYaml(text);
    if ("message" in read) return { ...none, problems: [read] };
    const { documents, comments, isTemplate } = read;
    const found = documents.flatMap((document) =>
      sitesOf(document.value).map((site) => ({ site, hindrance: hindranceOf(site, document, isTemplate) })),
    );
    const sites = found.flatMap(({ site, hindrance }) =>
      hindrance ? [] : [{ ...site, ...barredTrunks(text, site, comments) }],
    );
    const hindrances = found.flatMap(({ hindrance }) => hindrance ?? []);
    const requests = found.map(({ site }) => site).filter(({ request }) => formOf(request).form !== "other");
    const { regions, problems, facts } = regionsOf(text, documents, requests, isWorth);
    const parts = [...hindrances, ...problems].toSorted((a, b) => a.at.start - b.at.start);
    const strings = documents.flatMap(({ value }) => stringsOutside(lookThrough(value)));
    const all = [...facts, ...sentRegions(strings, regions)].toSorted((a, b) => a.at.start - b.at.start);
    return { ...none, sites, regions, problems: parts, comments, ...(all.length > 0 && { facts: all }) };
  },
  wrap: (text, site, rewrite, reading) => wrapYaml(text, site, rewrite, reading.comments),
};

/**
 * Returns what is said of the strings of JSON that are sent to LiveKit's server. Both are in the order of the text.
 */
function sentRegions(strings: readonly PlacedString[], regions: readonly Region[]): Fact[] {
  const given = strings.filter((one) => one.sent);
  let next = 0;
  return regions.flatMap((region, index): Fact[] => {
    const start = region.toOuter(0);
    while ((given[next]?.string.end ?? Infinity) <= start) next++;
    const { string, sent: what } = given[next] ?? {};
    const isIn = string !== undefined && string.start <= start && region.syntax === "json";
    return isIn && what ? [sendFact(what.at, what.does, { region: index })] : [];
  });
}

/** Why a flat request must not be rewritten, although it can be read. */
function hindranceOf(site: Site, document: Built, isTemplate: boolean): Problem | undefined {
  if (formOf(site.request).form !== "flat") return undefined;
  if (isTemplate) return inTemplate(site.at);
  return document.hindrances.get(site.request) ?? movedMark(site, document);
}

/** An empty list with an anchor may be used elsewhere, one with a tag may be no list, and after a `?` is no place. */
function barredTrunks(
  text: string,
  { request }: Site,
  comments: readonly Span[],
): Pick<Site, "takesNoTrunks"> {
  const member = request.members.find(({ key }) => requestField(key) === "trunk_ids");
  if (!member) return {};
  const { at, value } = member;
  const between = comments
    .filter(({ start, end }) => at.end <= start && end <= value.start)
    .reduceRight(
      (rest, { start, end }) => rest.slice(0, start - at.end) + rest.slice(end - at.end),
      text.slice(at.end, value.start),
    );
  const isFlow = isMapping(request) && request.layout.style === "flow";
  if (between.trim() === ":" || (isFlow && between === "")) return {};
  return { takesNoTrunks: `\`${member.key}\` has an anchor, a tag or a \`?\` here` };
}

/** An annotation moves before fields, and what it names or uses of them may then not be known there. */
function movedMark({ request }: Site, { marks }: Built): Problem | undefined {
  const { members } = request;
  const isField = ({ key }: { key: string }) => requestField(key) !== undefined;
  const moving = members
    .slice(members.findIndex(isField), members.findLastIndex(isField))
    .filter(({ key }) => isAnnotation(key));
  let next = 0;
  const marked = moving.find(({ at, value }) => {
    while ((marks[next]?.start ?? value.end) < at.start) next++;
    return (marks[next]?.start ?? value.end) < value.end;
  });
  if (!marked) return undefined;
  const message = `\`${marked.key}\` would have to move, and it holds an anchor or an alias, for which the order counts`;
  const remedy = `Put \`${marked.key}\` before or behind the fields, then run this again.`;
  return { at: marked.at, message, part: true, code: "unsupported-yaml", next: remedy };
}
