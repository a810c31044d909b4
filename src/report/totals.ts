import type { Outcome, SiteResult, SourceResult } from "../migrate/outcome.ts";

/** How many of each. The outcomes add up to `sites`. */
export interface Totals {
  sources: number;
  sites: number;
  migrated: number;
  alreadyWrapped: number;
  notCreate: number;
  needsPerson: number;
  unreadable: number;
  silenced: number;
  /** What is to be known about code that is no request. */
  findings: number;
}

/** Counts the outcomes of all sites. */
export function totalsOf(results: readonly SourceResult[]): Totals {
  const sites = results.flatMap((result) => result.sites);
  const count = (outcome: Outcome): number => sites.filter((site) => site.outcome === outcome).length;
  return {
    sources: results.length,
    sites: sites.length,
    migrated: count("migrated"),
    alreadyWrapped: count("already-wrapped"),
    notCreate: count("not-create"),
    needsPerson: count("needs-person"),
    unreadable: count("unreadable"),
    silenced: count("silenced"),
    findings: results.reduce((sum, { findings = [] }) => sum + findings.length, 0),
  };
}

/** 4 for a defect, 3 where a person is needed, 1 in a check with work left or findings about code, else 0. */
export function exitStatus(results: readonly SourceResult[], check: boolean): 0 | 1 | 3 | 4 {
  const sites = results.flatMap((result) => result.sites);
  const some = (test: (site: SiteResult) => boolean): boolean => sites.some(test);
  if (some((site) => site.reason === "defect")) return 4;
  if (some((site) => site.outcome === "needs-person" || site.outcome === "unreadable")) return 3;
  const isLeft = some((site) => site.outcome === "migrated" && !site.written);
  return check && (isLeft || totalsOf(results).findings > 0) ? 1 : 0;
}
