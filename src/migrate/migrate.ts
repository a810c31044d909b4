import type { Language } from "../syntax/registry.ts";
import { outerEdit } from "../syntax/region.ts";
import type { Position } from "../syntax/position.ts";
import { applyEdits, type Edit, type Problem } from "../syntax/syntax.ts";
import { allDocuments, type Document, readDocument } from "./document.ts";
import { type Evidence, NAMED } from "./evidence.ts";
import type { MigrateOptions } from "./options.ts";
import type { Finding, Reason, SiteResult, SourceResult } from "./outcome.ts";
import { emptyResult, needsPerson, type Plan, planSite } from "./plan.ts";
import { responseFindings } from "./responses.ts";
import { ruleName, type SilencedElsewhere, silencedResult, Silences } from "./silence.ts";
import { verifyText } from "./verify.ts";

/**
 * Decides what happens to the requests in a source, and gives its new text, verified, when something in it
 * migrates. `path` is only a name; nothing is read from or written to a disk.
 */
export async function migrateText(
  path: string,
  text: string,
  options: MigrateOptions = {},
  known?: readonly Language[],
): Promise<SourceResult> {
  return migrateDocument(path, await readDocument(path, text, known), options);
}

/** What others say about the requests of a source. */
export interface Context extends SilencedElsewhere {
  /** What is done with the requests in the source, or in a part of it. */
  evidenceOf(document: Document): Evidence;
}

const ALONE: Context = { evidenceOf: () => NAMED, silences: [], silenced: () => {} };

/** The same for a source that was read, in its context. */
export function migrateDocument(
  path: string,
  root: Document,
  options: MigrateOptions = {},
  context: Context = ALONE,
): SourceResult {
  const silences = new Silences(root, context);
  const [unreadable] = wholeProblems(root);
  if (unreadable) {
    const reason = UNREADABLE[root.syntaxId] ?? "unparsable";
    const part = unreadPart(path, root, unreadable, reason);
    const silence = silences.about(root, unreadable.at);
    const result = silence ? silencedResult(part, silence) : { ...part, outcome: "unreadable" as const };
    return { path, sites: [result], ...silences.unused() };
  }

  const plans: Plans = new Map(
    allDocuments(root).map((document) => {
      const sites = wholeProblems(document).length > 0 ? [] : document.reading.sites;
      const evidence = context.evidenceOf(document);
      return [
        document,
        sites.map((site) =>
          unlessSilenced(planSite(path, document, site, options, evidence), document, silences),
        ),
      ];
    }),
  );
  dropWhatFails(root, plans);
  const sites = allDocuments(root).flatMap((document): SiteResult[] => {
    const parts = document.reading.problems.map((problem) => {
      const part = unreadPart(path, document, problem, "unparsable-region");
      const silence = silences.about(document, problem.at);
      return silence ? silencedResult(part, silence) : part;
    });
    const planned = (plans.get(document) ?? []).map((plan) => plan.result);
    const found = [...planned, ...parts];
    const isEmpty = found.length === 0 && document.inner.length === 0;
    return isEmpty ? [emptyResult(path, document, { start: 0, end: 0 })] : found;
  });
  const findings = allDocuments(root).flatMap((document) =>
    responseFindings(document, options, (at) => silences.about(document, at) !== undefined),
  );
  const newText = textAfter(root, plans);
  return {
    path,
    sites: sites.toSorted(byPlace),
    ...(findings.length > 0 && { findings: findings.toSorted(byPlace) }),
    ...(newText !== root.text && { newText }),
    ...silences.unused(),
  };
}

/** In the order of the source, however the regions in which they stand are nested. */
function byPlace(a: Position, b: Position): number {
  return a.line - b.line || a.column - b.column;
}

/** The plan, or one that leaves its site alone because somebody said so. */
function unlessSilenced(plan: Plan, document: Document, silences: Silences): Plan {
  const { site, result } = plan;
  const isLeft = result.reason === "no-evidence";
  if (result.outcome !== "migrated" && result.outcome !== "needs-person" && !isLeft) {
    if (result.reason !== "not-a-request") silences.passOver(document, site.at);
    return plan;
  }
  const silence = silences.about(document, site.at, ruleName(site.request));
  return silence ? { site, result: silencedResult(result, silence) } : plan;
}

/** What makes a whole document unreadable. */
function wholeProblems(document: Document): Problem[] {
  return document.reading.problems.filter(({ part }) => part === undefined);
}

/** Why a source that its language can't read is unreadable. */
const UNREADABLE: Readonly<Record<string, Reason>> = { json: "not-json", yaml: "not-yaml" };

type Plans = ReadonlyMap<Document, Plan[]>;

/** The result for what could not be read: a source, a region, or a part of one. */
function unreadPart(path: string, document: Document, problem: Problem, reason: Reason): SiteResult {
  const isProgram = document.label === "jq program";
  const finding: Finding = {
    id: reason,
    severity: "error",
    ...document.place(problem.at.start),
    message: isProgram
      ? "this jq program that is not plain JSON seems to make a flat request"
      : problem.message,
    next: isProgram ? "Put its fields into `dispatch_rule` by hand." : "Mend it, then run this again.",
  };
  return needsPerson(emptyResult(path, document, problem.at), reason, [finding]);
}

function textAfter(document: Document, plans: Plans): string {
  return applyEdits(document.text, editsOf(document, plans));
}

/** The edits in a document's own text: at its sites, and those of its regions as they have to be written in it. */
function editsOf(document: Document, plans: Plans): Edit[] {
  const own = (plans.get(document) ?? []).flatMap(({ site, rewrite }) =>
    rewrite ? document.syntax.wrap(document.text, site, rewrite, document.reading) : [],
  );
  const inner = document.inner.flatMap(({ region, document: part }) =>
    editsOf(part, plans).map((edit) => outerEdit(edit, region)),
  );
  return [...own, ...inner];
}

/** Takes back every plan whose result is not what was planned. Each round takes back one at least, so it ends. */
function dropWhatFails(root: Document, plans: Plans): void {
  for (let wrong = failing(root, plans); wrong.length > 0; wrong = failing(root, plans)) {
    for (const plan of wrong) {
      delete plan.rewrite;
      const { line, column } = plan.result;
      const finding: Finding = {
        id: "defect",
        severity: "error",
        line,
        column,
        message: "the rewritten text did not mean what was planned, so nothing was changed here",
        next: "This is a defect of sip-dispatch: please report it with the request.",
      };
      plan.result = { ...needsPerson(plan.result, "defect", [finding]), moves: [], after: null };
    }
  }
}

/** The plans of a document and its regions that fail when the edited text is read again. */
function failing(document: Document, plans: Plans): Plan[] {
  const active = allDocuments(document).flatMap((part) =>
    (plans.get(part) ?? []).filter((plan) => plan.rewrite),
  );
  if (active.length === 0) return [];
  const failed = failingTogether(document, plans);
  if (failed.length < 2) return failed;
  const alone = failed.filter((plan) => failingTogether(document, only(plan, plans)).length > 0);
  return alone.length > 0 ? alone : failed;
}

function failingTogether(document: Document, plans: Plans): Plan[] {
  const own = plans.get(document) ?? [];
  const inner = document.inner.map(({ document: part }) => ({ part, text: textAfter(part, plans) }));
  const newText = textAfter(document, plans);
  const result = verifyText(
    document,
    newText,
    own,
    inner.map(({ text }) => text),
  );
  const below = inner.flatMap(({ part }, index) =>
    result.wrongRegions.has(index)
      ? allDocuments(part).flatMap((deeper) => (plans.get(deeper) ?? []).filter((plan) => plan.rewrite))
      : failingTogether(part, plans),
  );
  return [...result.wrongPlans.filter((plan) => plan.rewrite), ...below];
}

/** The plans with every rewrite left out but one. */
function only(kept: Plan, plans: Plans): Plans {
  return new Map(
    [...plans].map(([document, all]) => [
      document,
      all.map((plan) => (plan === kept ? plan : { site: plan.site, result: plan.result })),
    ]),
  );
}
