import { requestField } from "../../rule/fields.ts";
import type { Site } from "../../sources/syntax.ts";

/** A use that stands inside another request would change what that one is compared with. */
export function markUsesInside(sites: readonly Site[]): void {
  for (const { uses = [], remarks, at } of sites) {
    const inside = uses.find((use) =>
      sites.some((other) => other.at !== at && other.at.start <= use.at.start && use.at.end <= other.at.end),
    );
    if (!inside) continue;
    remarks?.push({ code: "unfollowed-use", is: "inside-request", at: inside.at, weighs: "manual" });
  }
}

/** Says of requests that stand inside others that they would change these with them. All are in order. */
export function markNested(sites: readonly Site[]): void {
  let outer: Site | undefined;
  for (const site of sites) {
    if (outer && site.at.end <= outer.at.end) {
      site.remarks?.push({ code: "unfollowed-use", is: "in-request", at: site.at, weighs: "manual" });
    } else outer = site;
  }
}

/** Trunks are written beside the other fields, or where the request itself has an empty list. */
export function barTrunks(site: Site, isMadeEmpty: boolean): void {
  const { at, request } = site;
  const written = request.members.find(({ key }) => requestField(key) === "trunk_ids");
  const isElsewhere = written && (written.value.start < at.start || at.end < written.value.end);
  if (isMadeEmpty) site.takesNoTrunks = "the request is made empty, and filled later";
  else if (isElsewhere) site.takesNoTrunks = `the value of \`${written.key}\` stands elsewhere`;
}
