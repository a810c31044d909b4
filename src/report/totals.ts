import { isRefused, type Outcome, type SiteResult, type SourceResult } from "../plan/outcome.ts";

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
  /** The number of findings about code that is no request. */
  findings: number;
}

/** Parts of the totals. */
export interface Among {
  /** Of those that migrated, the ones that stand on the disk now. */
  written: number;
  /** Of those that are no create request, the sources and parts of them that hold none at all. */
  withoutRequest: number;
  /** Of those that need a person, the ones whose file was not safe to write. */
  notWritten: number;
}

/** Tells whether a site needs a person or can't be read. */
export function isFailure({ outcome }: SiteResult): boolean {
  return outcome === "needs-person" || outcome === "unreadable";
}

/** Tells whether a site migrates and is not written yet. */
export function isLeft({ outcome, written }: SiteResult): boolean {
  return outcome === "migrated" && !written;
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

/** Counts parts of the outcomes. */
export function amongTotals(results: readonly SourceResult[]): Among {
  const sites = results.flatMap((result) => result.sites);
  return {
    written: sites.filter(({ written }) => written).length,
    withoutRequest: sites.filter(({ reason }) => reason === "not-a-request").length,
    notWritten: sites.filter(isRefused).length,
  };
}

/** 4 for a defect, 3 where a person is needed, 1 in a check with work left or findings about code, else 0. */
export function exitStatus(results: readonly SourceResult[], check: boolean): 0 | 1 | 3 | 4 {
  const sites = results.flatMap((result) => result.sites);
  const some = (test: (site: SiteResult) => boolean): boolean => sites.some(test);
  if (some((site) => site.reason === "defect")) return 4;
  if (some(isFailure)) return 3;
  return check && (some(isLeft) || totalsOf(results).findings > 0) ? 1 : 0;
}
