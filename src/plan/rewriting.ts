import { outerEdit } from "../sources/region.ts";
import { applyEdits, type Edit } from "../sources/syntax.ts";
import { allDocuments, type Document } from "../sources/document.ts";
import type { Plan, Plans } from "./plan.ts";
import { stopped } from "./results.ts";
import { verifyText } from "./verify.ts";
import { defect } from "../checks/defect.ts";

/** The text of a document with all that is planned. */
export function textAfter(document: Document, plans: Plans): string {
  return applyEdits(document.text, editsOf(document, plans));
}

/** The edits in a document's own text: at its sites, and those of its regions as they have to be written in it. */
function editsOf(document: Document, plans: Plans): Edit[] {
  const { syntax, text, reading } = document;
  const own = (plans.get(document) ?? []).flatMap(({ site, rewrite }) =>
    rewrite ? syntax.wrap(text, site, rewrite, reading) : [],
  );
  const inner = document.inner.flatMap(({ region, document: part }) =>
    editsOf(part, plans).map((edit) => outerEdit(edit, region)),
  );
  return [...own, ...inner];
}

/** Takes back every plan whose result is not what was planned. Each round takes back one at least, so it ends. */
export function dropWhatFails(root: Document, plans: Plans): void {
  for (let wrong = failing(root, plans); wrong.length > 0; wrong = failing(root, plans)) {
    for (const plan of wrong) {
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
    return (plans.get(part) ?? []).filter((plan) => plan.rewrite);
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
  return [...result.wrongPlans.filter((plan) => plan.rewrite), ...below];
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
