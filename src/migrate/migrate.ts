import type { Span } from "../rule/value.ts";
import type { Language } from "../syntax/registry.ts";
import type { Position } from "../syntax/position.ts";
import { mayHoldRequest } from "../syntax/trigger.ts";
import type { Problem } from "../syntax/syntax.ts";
import { codeFindings } from "./code-findings.ts";
import { allDocuments, type Document, readDocument } from "./document.ts";
import { type Evidence, NAMED } from "./evidence.ts";
import type { MigrateOptions } from "./options.ts";
import type { Finding, Reason, SiteResult, SourceResult } from "./outcome.ts";
import { unlessOld } from "./old-example.ts";
import { planSite } from "./plan.ts";
import type { Plan, Plans } from "./plans.ts";
import { emptyResult, needsPerson } from "./results.ts";
import { type Followed, planProgram, type ProgramPlan, type Wrapped } from "./programs.ts";
import { dropWhatFails, textAfter } from "./rewriting.ts";
import { ruleName, type SilencedElsewhere, silencedResult, Silences } from "./silence.ts";

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
  /** How the requests are wrapped that a program of a document reads, if it is to be rewritten, and where they stand. */
  followedBy?(document: Document, program: number): Followed | undefined;
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
    const reason = unreadable.code ?? UNREADABLE[root.syntaxId] ?? "unparsable";
    const part = unreadPart(path, root, unreadable, reason);
    const silence = silences.about(root, unreadable.at);
    const result = silence ? silencedResult(part, silence) : { ...part, outcome: "unreadable" as const };
    return { path, sites: [result], ...silences.unused() };
  }

  const plans = planAll(path, root, options, context, silences);
  const documents = allDocuments(root).filter(isJudged);
  const sites = documents.flatMap((document): SiteResult[] => {
    const parts = document.reading.problems.map((problem) => {
      const part = unreadPart(path, document, problem, problem.code ?? "unparsable-region");
      const silence = silences.about(document, problem.at);
      return silence ? silencedResult(part, silence) : part;
    });
    const planned = (plans.get(document)?.sites ?? []).map((plan) => plan.result);
    const found = [...planned, ...parts];
    const isEmpty = found.length === 0 && document.inner.length === 0;
    return isEmpty && !isCommand(document) ? [emptyResult(path, document, { start: 0, end: 0 })] : found;
  });
  const programs = [...plans.values()].flatMap(({ programs: all }) =>
    all.flatMap(({ result }) => result ?? []),
  );
  const findings = allDocuments(root).flatMap((document) =>
    codeFindings(document, root.text, options, (at) => silences.about(document, at) !== undefined),
  );
  const newText = textAfter(root, plans);
  const all = [...sites, ...programs];
  // A file of many commands counts once, as one with a single script in it does.
  if (all.length === 0 && documents.length > 0) all.push(emptyResult(path, root, { start: 0, end: 0 }));
  return {
    path,
    sites: all.toSorted(byPlace),
    ...(findings.length > 0 && { findings: findings.toSorted(byPlace) }),
    ...(newText !== root.text && { newText }),
    ...silences.unused(),
  };
}

/** Whether it is one of the commands of a source, which only does something with requests if none stands in it. */
function isCommand({ label, syntaxId }: Document): boolean {
  return label !== null && syntaxId === "shell";
}

/** In the order of the source, however the regions in which they stand are nested. */
function byPlace(a: Position, b: Position): number {
  return a.line - b.line || a.column - b.column;
}

/** What was only read to find out what it does with requests elsewhere says nothing of its own. */
function isJudged({ text, isWorth }: Document): boolean {
  return isWorth === mayHoldRequest || mayHoldRequest(text);
}

/** What will become of the requests of a document. */
export interface Foreseen {
  /** How they will be wrapped, where every one of them migrates, and all alike. */
  wrapped?: Wrapped;
  /** Where those stand that migrate. */
  migrating: Span[];
  /** The programs that will be rewritten, by their indices. */
  rewritten: number[];
}

/** What will become of the requests of each document of a source. */
export function foresee(
  path: string,
  root: Document,
  options: MigrateOptions,
  context: Context,
): Map<Document, Foreseen> {
  if (wholeProblems(root).length > 0) return new Map();
  const plans = planAll(path, root, options, context, new Silences(root, context));
  return new Map(
    [...plans].map(([document, { sites, programs }]) => {
      const [first] = sites;
      const isWhole = sites.every(
        ({ rewrite }) =>
          rewrite !== undefined &&
          rewrite.wrapper === first?.rewrite?.wrapper &&
          rewrite.filter === first.rewrite.filter,
      );
      const migrating = sites.filter(({ rewrite }) => rewrite).map(({ site }) => site.at);
      const rewritten = programs.flatMap(({ rewrite }, index) => (rewrite ? [index] : []));
      return [
        document,
        { migrating, rewritten, ...(isWhole && first?.rewrite && { wrapped: first.rewrite }) },
      ];
    }),
  );
}

/** Plans all sites and programs of a source, and takes back what does not become what was planned. */
function planAll(
  path: string,
  root: Document,
  options: MigrateOptions,
  context: Context,
  silences: Silences,
): Plans {
  const plans: Plans = new Map(
    allDocuments(root).map((document) => {
      const sites = wholeProblems(document).length > 0 ? [] : document.reading.sites;
      const evidence = context.evidenceOf(document);
      return [
        document,
        {
          sites: sites.map((site) =>
            unlessSilenced(
              unlessOld(planSite(path, document, site, options, evidence), document),
              document,
              silences,
            ),
          ),
          programs: planPrograms(path, document, context, silences),
        },
      ];
    }),
  );
  dropWhatFails(root, plans);
  return plans;
}

function planPrograms(path: string, document: Document, context: Context, silences: Silences): ProgramPlan[] {
  return (document.reading.programs ?? []).map((program, index) => {
    const followed = context.followedBy?.(document, index);
    if (!followed) return { program };
    const plan = planProgram(path, document, program, followed);
    const silence = silences.about(document, program.at);
    return silence && plan.rewrite ? { program, result: silencedResult(plan.result, silence) } : plan;
  });
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
    next: isProgram
      ? "Put its fields into `dispatch_rule` by hand."
      : (problem.next ?? "Fix it, then run this again."),
  };
  return needsPerson(emptyResult(path, document, problem.at), reason, [finding]);
}
