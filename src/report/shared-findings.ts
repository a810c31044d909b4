import type { SiteResult } from "../plan/outcome.ts";
import { indented, saysRouting, paragraph } from "./finding.ts";
import { type Style, visible } from "./style.ts";
import { counted } from "../rule/count-words.ts";
import type { Finding } from "../checks/finding.ts";

/** A site with what is only to be said of it; `marks` are the ids of what matters and is said elsewhere. */
export interface OwnSite {
  site: SiteResult;
  marks: string[];
}

/** A finding of several requests. */
export interface SharedFinding {
  id: string;
  severity: Finding["severity"];
  message: string;
  /** How many requests it concerns. */
  sites: number;
  /** The next step for all of them, or, where that differs, for one of them. */
  next?: { text: string; isExample: boolean };
}

/**
 * Takes out of the sites what would be repeated. A note or a warning that is the same at several, or what to do about
 * it, is said once of all. What speaks against touching a request stays with it, and what to do about that with the
 * first of its kind.
 */
export function shareFindings(sites: readonly SiteResult[]): { own: OwnSite[]; shared: SharedFinding[] } {
  const groups = new Map<string, Group>();
  for (const site of sites) {
    for (const finding of site.findings) {
      for (const key of keysOf(finding, site)) {
        const group = groups.get(key) ?? { finding, sites: new Set(), nexts: new Set() };
        groups.set(key, group);
        group.sites.add(site);
        if (finding.next !== undefined) group.nexts.add(finding.next);
      }
    }
  }
  const isShared = (key: string): boolean => (groups.get(key)?.sites.size ?? 0) > 1;
  const told = new Set<string>();
  const own = sites.map((site): OwnSite => {
    const marks = new Set<string>();
    const findings = site.findings.flatMap((finding): Finding[] => {
      const { next: _, ...withoutNext } = finding;
      if (isBarring(finding, site)) {
        const key = nextKey(finding);
        if (told.has(key)) return [withoutNext];
        told.add(key);
        return [finding];
      }
      if (!keysOf(finding, site).some(isShared)) return [finding];
      if (isShared(messageKey(finding)) && !saysRouting(finding)) {
        if (finding.severity !== "note") marks.add(finding.id);
        return [];
      }
      return [withoutNext];
    });
    return { site: { ...site, findings }, marks: [...marks] };
  });
  const shared = [...groups].filter(([key]) => isShared(key)).map(([key, group]) => sharedOf(key, group));
  return { own, shared };
}

interface Group {
  finding: Finding;
  sites: Set<SiteResult>;
  nexts: Set<string>;
}

function messageKey({ id, message }: Finding): string {
  return `${id}\0${message}`;
}

function nextKey({ id, next }: Finding): string {
  return `${id}\0\0${next}`;
}

/** Tells whether a finding speaks against touching its request. */
function isBarring({ severity }: Finding, { outcome }: SiteResult): boolean {
  return severity === "error" && outcome !== "migrated" && outcome !== "already-wrapped";
}

/** By what it may be the same as others. What changes for calls is said of each rule, but not what to do about it. */
function keysOf(finding: Finding, site: SiteResult): string[] {
  if (isBarring(finding, site)) return [];
  if (!saysRouting(finding)) return [messageKey(finding)];
  return finding.next === undefined ? [] : [nextKey(finding)];
}

function sharedOf(key: string, { finding, sites, nexts }: Group): SharedFinding {
  const { id, severity, message } = finding;
  const [next] = [...nexts].toSorted((a, b) => a.length - b.length);
  const shared = { id, severity, message, sites: sites.size };
  if (next === undefined) return shared;
  if (key === nextKey(finding)) return { ...shared, message: next };
  return { ...shared, next: { text: next, isExample: nexts.size > 1 } };
}

/** Returns what is said once of several requests, a paragraph each. */
export function sharedLines(shared: readonly SharedFinding[], style: Style): string[] {
  const lines = [style.paint("bold", "About several requests:")];
  for (const { id, severity, message, sites, next } of shared) {
    const label = `${severity} (${id}, ${counted(sites, "request")}):`;
    lines.push(...paragraph(severity, label, `${visible(message).replace(/\.$/, "")}.`, style));
    if (next?.isExample) lines.push(...indented("For one of them:", style));
    if (next) lines.push(...indented(visible(next.text), style));
  }
  return lines;
}
