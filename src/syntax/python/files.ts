import type { Mention, Site } from "../syntax.ts";

/**
 * `CreateSIPDispatchRuleRequest(**json.load(f))`: where the fields stand is known, if not which. The remark on such a site
 * says it, and the site has the files if nothing else is done with it.
 */
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
