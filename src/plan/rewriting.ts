import { outerEdit } from "../sources/region.ts";
import { applyEdits, type Edit } from "../sources/syntax.ts";
import type { Document } from "../sources/document.ts";
import type { Plan, Plans } from "./plan.ts";
import { renamingEdits } from "./repair.ts";
import { stopped } from "./results.ts";
import { verifyText } from "./verify.ts";
import { defect } from "../checks/defect.ts";

/** A document with all that is planned for it and its regions. */
export interface Rewritten {
  document: Document;
  text: string;
  /** The edits of each plan in its own text: at its sites, and those of its regions as they have to be written. */
  edits: { plan: Plan; edits: Edit[] }[];
  inner: Rewritten[];
}

/** Makes all edits that are planned for a document. */
export function rewritten(document: Document, plans: Plans): Rewritten {
  const { syntax, text, reading } = document;
  const own = (plans.get(document) ?? []).flatMap((plan) => {
    const { site, rewrite, repair } = plan;
    if (rewrite) return [{ plan, edits: syntax.wrap(text, site, rewrite, reading) }];
    return repair ? [{ plan, edits: renamingEdits(text, repair.moves) }] : [];
  });
  const parts = document.inner.map(({ region, document: part }) => {
    const now = rewritten(part, plans);
    const outer = now.edits.map((one) => ({
      ...one,
      edits: one.edits.map((edit) => outerEdit(edit, region)),
    }));
    return { now, outer };
  });
  const edits = [...own, ...parts.flatMap(({ outer }) => outer)];
  const newText = applyEdits(
    text,
    edits.flatMap((one) => one.edits),
  );
  return { document, text: newText, edits, inner: parts.map(({ now }) => now) };
}

/**
 * Takes back every plan whose result is not what was planned. Each round takes back one at least, so it ends. What can't be
 * repaired is no defect: it is left to a person. Returns what the other plans make of the source.
 */
export function dropWhatFails(root: Document, plans: Plans): Rewritten {
  for (;;) {
    const now = rewritten(root, plans);
    const wrong = failing(now, plans);
    if (wrong.length === 0) return now;
    for (const plan of wrong) {
      delete plan.repair;
      if (!plan.rewrite) continue;
      delete plan.rewrite;
      plan.result = { ...stopped(plan.result, "defect", defect.say()), moves: [], after: null };
    }
  }
}

/** The plans of a source that fail when the edited text is read again. */
function failing(now: Rewritten, plans: Plans): Plan[] {
  const failed = failingTogether(now, plans);
  if (failed.length < 2) return failed;
  const alone = failed.filter((plan) => {
    const others = only(plan, plans);
    return failingTogether(rewritten(now.document, others), others).length > 0;
  });
  return alone.length > 0 ? alone : failed;
}

/** Those of a document and its regions. Where nothing is edited there is nothing to read. */
function failingTogether({ document, text, edits, inner }: Rewritten, plans: Plans): Plan[] {
  if (edits.length === 0) return [];
  const result = verifyText(
    document,
    text,
    plans.get(document) ?? [],
    inner.map((part) => part.text),
  );
  const below = inner.flatMap((part, index) =>
    result.wrongRegions.has(index) ? part.edits.map(({ plan }) => plan) : failingTogether(part, plans),
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
