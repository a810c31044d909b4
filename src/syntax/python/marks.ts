import { requestField } from "../../rule/fields.ts";
import type { Mention, Site } from "../syntax.ts";

/** A use that stands inside another request would change what that one is compared with. */
export function markUsesInside(sites: readonly Site[]): void {
  for (const { uses = [], remarks, at } of sites) {
    const inside = uses.find((use) =>
      sites.some((other) => other.at !== at && other.at.start <= use.at.start && use.at.end <= other.at.end),
    );
    if (!inside) continue;
    const message = "the request is reached into inside another request here";
    remarks?.push({ code: "unfollowed-use", at: inside.at, message, weighs: "manual" });
  }
}

/** What becomes of a request that stands inside another one would change that one's value. Both are in order. */
export function markNested(sites: readonly Site[]): void {
  let outer: Site | undefined;
  for (const site of sites) {
    if (outer && site.at.end <= outer.at.end) {
      const message = "this request stands inside another one";
      site.remarks?.push({ code: "unfollowed-use", at: site.at, message, weighs: "manual" });
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

/** `CreateSIPDispatchRuleRequest(**json.load(f))`: where the fields stand is known, if not which. */
export function markFiles(site: Site, mentions: readonly Mention[]): void {
  const made = mentions.filter(({ does, at }) => does === "create" && at.start === site.at.start);
  const files = [...new Set(made.flatMap(({ file }) => file ?? []))];
  const index = site.remarks?.findIndex(({ code }) => code === "unknown-fields") ?? -1;
  const remark = site.remarks?.[index];
  if (!remark || files.length === 0) return;
  const names = files.map((file) => `\`${shown(file)}\``).join(", ");
  const uses = site.uses ?? [];
  const isMixed = site.request.members.length > 0;
  const message = isMixed ? `some of its fields stand in ${names}` : `its fields stand in ${names}`;
  const next = isMixed
    ? "Migrate that file, and put what stands here beside its fields into `dispatch_rule`, too."
    : uses.length > 0
      ? "Migrate that file, and reach into `dispatch_rule` where this code reaches into the request."
      : "Migrate that file. This call stays as it is: it takes the wrapped form as well.";
  const also = uses.map(({ at }) => at);
  site.remarks?.splice(index, 1, { ...remark, message, next, ...(also.length > 0 && { also }) });
  const isAll = site.remarks?.every(({ weighs }, other) => other === index || weighs === "safe");
  if (isAll && uses.length === 0 && !isMixed) site.files = files;
}

/** A file's name as it is written in a mention, for a person. */
function shown(file: string): string {
  return file.replace(/^\$\{[./]\}\//, "").replaceAll(/\$\{[^}]*\}/g, "…");
}
