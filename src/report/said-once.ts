import type { Finding } from "../checks/finding.ts";
import type { SiteResult } from "../plan/outcome.ts";
import { saysRouting } from "./finding.ts";

/** A site with what was not said before; `marks` are the ids of what matters and was said at another one. */
export interface OwnSite {
  site: SiteResult;
  marks: readonly string[];
}

/**
 * Takes out of the sites, in their order, what would be repeated: a note or a warning that was said in the same words, and
 * what to do about findings of one kind. What speaks against touching a request stays with it.
 */
export function sayOnce(sites: readonly SiteResult[]): OwnSite[] {
  const told = new Set<string>();
  const isTold = (...words: readonly string[]): boolean => {
    const before = told.size;
    return told.add(words.join("\0")).size === before;
  };
  return sites.map((site) => {
    const marks = new Set<string>();
    const findings = site.findings.flatMap(({ next, ...finding }): Finding[] => {
      const { id, message, severity } = finding;
      const isRepeated = !isBarring(finding, site) && isTold(id, message);
      if (isRepeated && !saysRouting(finding)) {
        if (severity !== "note") marks.add(id);
        return [];
      }
      return [next === undefined || isTold(id, "next", next) ? finding : { ...finding, next }];
    });
    return { site: { ...site, findings }, marks: [...marks] };
  });
}

/** Tells whether a finding speaks against touching its request. */
function isBarring({ severity }: Finding, { outcome }: SiteResult): boolean {
  return severity === "error" && outcome !== "migrated" && outcome !== "already-wrapped";
}
