import type { findingsOfRule } from "../checks/ask.ts";
import type { Check } from "../checks/check.ts";
import type { RuleFacts, SetRule } from "../checks/facts.ts";
import { type Finding, findingOf } from "../checks/finding.ts";
import { flatForm } from "../checks/flat-form.ts";
import { oldExample } from "../checks/old-example.ts";
import { ALL_CHECKS, checkNamed } from "../checks/index.ts";
import { nameOfFields } from "../checks/rule-name.ts";
import { newsOf } from "../checks/unknown-field.ts";
import { toldByTrunks } from "../checks/told-by-trunks.ts";
import type { Silences } from "../config/silence.ts";
import { metadataIn } from "../rule/metadata.ts";
import type { Document } from "../sources/document.ts";
import type { Plan } from "./plan.ts";
import { isStored, repairOf, replacementOf } from "./repair.ts";
import { findingOfProblem } from "./results.ts";

/** A rule, with what the checks say of it. */
export type CheckedRule = { rule: RuleFacts } & ReturnType<typeof findingsOfRule>;

/**
 * The plan with all that is to be known of the rules at its site, and without what is about the migration alone: what
 * `check` says of it.
 */
export function checked(plan: Plan, rules: readonly CheckedRule[]): Plan {
  const { result } = plan;
  const name = result.name ?? undefined;
  const barring =
    result.form === "flat" ? result.findings.filter(({ id }) => checkNamed(id)?.onlyBarsMigration) : [];
  const isOld = barring.some(({ id }) => id === oldExample.id);
  const isToSay = result.outcome === "migrated" || (barring.length > 0 && !isOld);
  const doubt = result.findings.find(({ id, severity }) => id === toldByTrunks.id && severity === "warning");
  const findings = [
    ...(isToSay ? [findingOf(flatForm, flatForm.say({ ...result, barring, doubt }), result, name)] : []),
    ...result.findings
      .filter((one) => !barring.includes(one) && !isSaidElsewhere(checkNamed(one.id), result))
      .map((finding) => ({ ...finding, ...(name !== undefined && { rule: name }) })),
    ...rules.flatMap(({ rule }) => problemsOf(rule)),
    ...rules.flatMap((one) => one.findings),
  ];
  const repair = rules[0]?.repair && repairOf(plan, rules[0].repair);
  return { ...plan, result: { ...result, findings }, ...(repair && { repair }) };
}

/** Tells whether a finding is about the migration alone, or is said of every rule, or of the line that does it. */
function isSaidElsewhere(check: Check | undefined, { outcome }: Plan["result"]): boolean {
  if (check?.isAboutMigration) return true;
  // What speaks against touching a request is said there alone.
  return outcome !== "needs-person" && (check?.ofRule !== undefined || check?.ofLine !== undefined);
}

function problemsOf({ document, form, problems, fields }: RuleFacts): Finding[] {
  return problems.map((problem) => {
    const isNews = form === "listed" && problem.code === "unknown-field";
    return findingOfProblem(document, problem, isNews ? newsOf(problem) : undefined, nameOfFields(fields));
  });
}

/** The rules as others need to know them, with the ids of the findings that are silenced there. */
export function asSet(
  { site, result }: Plan,
  rules: readonly CheckedRule[],
  document: Document,
  silences: Silences,
  environment: string | undefined,
): SetRule[] {
  const ids = ALL_CHECKS.flatMap(({ id, ofRules }) => (ofRules ? [id] : []));
  const silent = silences.ofFindings(document, site.at, ids, result.name);
  const silenced = result.outcome === "silenced" ? ids : [...silent.keys()];
  const isWrong = ({ form, problems }: RuleFacts): boolean =>
    (form === "wrapped" && result.outcome === "needs-person") || (form !== "listed" && problems.length > 0);
  return rules.map(({ rule, repair }): SetRule => {
    const { path, place, form, info, routing, known, fields } = rule;
    const isHeard = repair !== undefined && result.findings.includes(repair.finding);
    const replacement = isHeard && isStored(rule) ? replacementOf(repair) : undefined;
    return {
      path,
      ...place,
      form,
      name: nameOfFields(fields),
      info,
      routing,
      creates: known.creates,
      updates: known.updates,
      isChanged: known.changes.length > 0,
      metadata: metadataIn(fields).map(({ field, value }) => ({
        field,
        text: value.value,
        ...document.place(value.start),
      })),
      silenced,
      ...(isWrong(rule) && { isWrong: true as const }),
      ...(replacement && { replacement }),
      ...(environment !== undefined && { environment }),
    };
  });
}
