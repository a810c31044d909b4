import { outerEdit } from "../sources/region.ts";
import { applyEdits, type Edit } from "../sources/syntax.ts";
import { allDocuments, type Document } from "../sources/document.ts";
import type { Plan, Plans } from "./plan.ts";
import { renamingEdits } from "./repair.ts";
import { stopped } from "./results.ts";
import { verifyText } from "./verify.ts";
import { defect } from "../checks/defect.ts";

/** The text of a document with all that is planned. */
export function textAfter(document: Document, plans: Plans): string {
  return applyEdits(
    document.text,
    editsByPlan(document, plans).flatMap(({ edits }) => edits),
  );
}

/** The edits of each plan in a document's own text: at its sites, and those of its regions as they have to be written. */
export function editsByPlan(document: Document, plans: Plans): { plan: Plan; edits: Edit[] }[] {
  const { syntax, text, reading } = document;
  const own = (plans.get(document) ?? []).flatMap((plan) => {
    const { site, rewrite, repair } = plan;
    if (rewrite) return [{ plan, edits: syntax.wrap(text, site, rewrite, reading) }];
    return repair ? [{ plan, edits: renamingEdits(text, repair.moves) }] : [];
  });
  const inner = document.inner.flatMap(({ region, document: part }) =>
    editsByPlan(part, plans).map(({ plan, edits }) => ({
      plan,
      edits: edits.map((edit) => outerEdit(edit, region)),
    })),
  );
  return [...own, ...inner];
}

/**
 * Takes back every plan whose result is not what was planned. Each round takes back one at least, so it ends. What can't be
 * repaired is no defect: it is left to a person.
 */
export function dropWhatFails(root: Document, plans: Plans): void {
  for (let wrong = failing(root, plans); wrong.length > 0; wrong = failing(root, plans)) {
    for (const plan of wrong) {
      delete plan.repair;
      if (!plan.rewrite) continue;
      delete plan.rewrite;
      plan.result = { ...stopped(plan.result, "defect", defect.say()), moves: [], after: null };
    }
  }
}

/** The plans of a document and its regions that fail when the edited text is read again. */
function failing(document: Document, plans: Plans): Plan[] {
  if (allRewriting(document, plans).length === 0) return [];
  const failed = failingTogether(document, plans);
  if (failed.length < 2) return failed;
  const alone = failed.filter((plan) => failingTogether(document, only(plan, plans)).length > 0);
  return alone.length > 0 ? alone : failed;
}

/** The plans of a document and its regions that change something. */
function allRewriting(document: Document, plans: Plans): Plan[] {
  return allDocuments(document).flatMap((part) => {
    return (plans.get(part) ?? []).filter(isEdited);
  });
}

function failingTogether(document: Document, plans: Plans): Plan[] {
  const sites = plans.get(document) ?? [];
  const inner = document.inner.map(({ document: part }) => ({ part, text: textAfter(part, plans) }));
  const newText = textAfter(document, plans);
  const result = verifyText(
    document,
    newText,
    sites,
    inner.map(({ text }) => text),
  );
  const below = inner.flatMap(({ part }, index) =>
    result.wrongRegions.has(index) ? allRewriting(part, plans) : failingTogether(part, plans),
  );
  return [...result.wrongPlans.filter(isEdited), ...below];
}

/** The plans with every rewrite left out but one. */
function only(kept: Plan, plans: Plans): Plans {
  return new Map(
    [...plans].map(([document, sites]) => [
      document,
      sites.map((plan) => (plan === kept ? plan : { site: plan.site, result: plan.result })),
    ]),
  );
}

function isEdited({ rewrite, repair }: Plan): boolean {
  return rewrite !== undefined || repair !== undefined;
}
