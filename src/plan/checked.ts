import { findingsOfRule } from "../checks/ask.ts";
import type { RuleFacts, SetRule } from "../checks/facts.ts";
import { type Finding, findingOf } from "../checks/finding.ts";
import { flatForm } from "../checks/flat-form.ts";
import { ALL_CHECKS, checkNamed, checkOf } from "../checks/index.ts";
import { saidOfProblem } from "../checks/said-of.ts";
import { ruleName, type Silences } from "../config/silence.ts";
import type { Document } from "../sources/document.ts";
import type { Plan } from "./plan.ts";

/**
 * The plan with all that is to be known of the rules at its site, and without what is about the migration alone: what
 * `check` says of it.
 */
export function checked(plan: Plan, rules: readonly RuleFacts[]): Plan {
  const { result } = plan;
  const isFlat = result.outcome === "migrated";
  const findings = [
    ...(isFlat ? [findingOf(flatForm, flatForm.say(result), result)] : []),
    ...result.findings.filter(({ id }) => checkNamed(id)?.isAboutMigration !== true),
    ...rules.flatMap((rule) => [...problemsOf(rule), ...findingsOfRule(rule)]),
  ];
  return { ...plan, result: { ...result, findings } };
}

function problemsOf({ document, problems }: RuleFacts): Finding[] {
  return problems.map((problem) =>
    findingOf(checkOf(problem.code), saidOfProblem(problem), document.place(problem.at.start)),
  );
}

/** The rules as others need to know them, with the ids of the findings that are silenced there. */
export function asSet(
  { site, result }: Plan,
  rules: readonly RuleFacts[],
  document: Document,
  silences: Silences,
): SetRule[] {
  const ids = ALL_CHECKS.flatMap(({ id, ofRules }) => (ofRules ? [id] : []));
  const silent = silences.ofFindings(document, site.at, ids, ruleName(site.request));
  const silenced = result.outcome === "silenced" ? ids : [...silent.keys()];
  return rules.flatMap(({ path, place, form, info }) =>
    info ? [{ path, ...place, form, info, silenced }] : [],
  );
}
