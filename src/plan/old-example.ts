import type { Document } from "../sources/document.ts";
import type { Plan } from "./plan.ts";
import { needsPerson } from "./results.ts";
import type { Finding } from "../checks/finding.ts";

/** The plan, or one that leaves a request as it is that a page shows as what was, or as what is not to be done. */
export function unlessOld(plan: Plan, { old }: Document): Plan {
  if (!plan.rewrite || !old) return plan;
  const { site, result } = plan;
  const { words, ...place } = old;
  const message = `the page says that this is not to be used (${inBrief(words)}), and wrapped it would be no example of that`;
  const next =
    "If it is to stay, write `sip-dispatch-ignore: shows the old form` into a comment before it; else migrate it by hand.";
  const finding: Finding = { id: "old-example", severity: "error", ...place, message, next };
  const { line, column } = result;
  const left = { ...needsPerson(result, "old-example", [finding]), line, column, moves: [], after: null };
  return { site, result: left };
}

/** Words in quotes, cut where they get long. */
function inBrief(words: string): string {
  const plain = words.replaceAll(/\s+/g, " ").trim();
  return `"${plain.length > 60 ? `${plain.slice(0, 57)}…` : plain}"`;
}
