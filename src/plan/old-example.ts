import type { Document } from "../sources/document.ts";
import type { Plan } from "./plan.ts";
import { needsPerson } from "./results.ts";
import { findingOf } from "../checks/finding.ts";
import { oldExample } from "../checks/old-example.ts";

/** The plan, or one that leaves a request as it is that a page shows as what was, or as what is not to be done. */
export function unlessOld(plan: Plan, { old }: Document): Plan {
  if (!plan.rewrite || !old) return plan;
  const { site, result } = plan;
  const finding = findingOf(oldExample, oldExample.say(old), old);
  const { line, column } = result;
  const left = { ...needsPerson(result, "old-example", [finding]), line, column, moves: [], after: null };
  return { site, result: left };
}
