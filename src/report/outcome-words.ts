import type { Reason, SiteResult } from "../plan/outcome.ts";
import { grouped } from "../rule/count-words.ts";
import { groupBy } from "../rule/group-by.ts";
import { visible } from "./style.ts";
import { checkNamed } from "../checks/index.ts";

/** Why nothing is done at a site that is no create request, or that is one already. */
const NOTHING_TO_DO: Partial<Record<Reason, string>> = {
  wrapped: "already wrapped: nothing to do",
  "info-field": "a bare SIPDispatchRuleInfo, which `lk sip dispatch update` reads; it is never wrapped",
  "update-evidence": "a bare rule, which is never wrapped",
  "no-evidence": "flat, but nothing creates a rule from it",
  "from-file": "built from what a file holds; it stays as it is",
  trunk: "a trunk, not a dispatch rule",
  "not-a-request": "no dispatch rule in it",
};

/** The outcome of a site in a few words, as they follow its place. */
export function outcomeInWords(site: SiteResult): string {
  switch (site.outcome) {
    case "migrated":
      if (site.reason === "repaired") return "repaired and written";
      if (site.writtenTo !== undefined) return `migrated and written to ${visible(site.writtenTo)}`;
      return site.written ? "migrated and written" : "would migrate";
    case "needs-person":
      return `needs a person (${site.reason})`;
    case "unreadable":
      return `can't be read (${site.reason})`;
    case "silenced":
      return "silenced";
    case "already-wrapped":
      if (site.findings.some(({ id }) => checkNamed(id)?.routing)) return "already wrapped";
      return NOTHING_TO_DO[site.reason] ?? site.reason;
    case "not-create":
      return NOTHING_TO_DO[site.reason] ?? site.reason;
  }
}

/** `Needs` or `Need`, for so many. */
export function needsOf(count: number): "Needs" | "Need" {
  return count === 1 ? "Needs" : "Need";
}

/** `28 unknown-field, 2 mixed-form`: how many there are of each id, the most frequent first. */
export function idsInWords(ids: readonly string[]): string {
  return [...groupBy(ids, (id) => id)]
    .toSorted(([, a], [, b]) => b.length - a.length)
    .map(([id, alike]) => `${grouped(alike.length)} ${id}`)
    .join(", ");
}

/** The same of the reasons of sites. */
export function reasonsInWords(sites: readonly SiteResult[]): string {
  return idsInWords(sites.map(({ reason }) => reason));
}

/** The phrase with the full stop that it needs: none after a question. */
export function sentence(phrase: string): string {
  return phrase.endsWith("?") ? phrase : `${phrase}.`;
}
