import { byPlace } from "../sources/position.ts";
import { isCommentedAsOld } from "../sources/example-label.ts";
import type { Problem, Site } from "../sources/syntax.ts";
import { siteId } from "../evidence/site-id.ts";
import type { MadeHere } from "../evidence/made.ts";
import type { PlacedNotice } from "../evidence/existing-rules.ts";
import type { SetRule } from "../checks/facts.ts";
import { findingsOfRule } from "../checks/ask.ts";
import { codeFindings } from "../checks/code-lines.ts";
import { allDocuments, type Document, documentIds, WHOLE } from "../sources/document.ts";
import { type Known, NAMED } from "../evidence/verdict.ts";
import type { MigrateOptions } from "../config/options.ts";
import type { SiteResult, SourceResult } from "./outcome.ts";
import { asSet, checked } from "./checked.ts";
import { unlessOld } from "./old-example.ts";
import { planSite } from "./plan-site.ts";
import type { Plan, Plans } from "./plan.ts";
import { emptyResult, stopped } from "./results.ts";
import { withoutSilenced } from "./silencing.ts";
import { rulesAt } from "./written-rules.ts";
import { decideRepairs, withFixes } from "./fixes.ts";
import { dropWhatFails, rewritten } from "./rewriting.ts";
import { type Silence, Silences } from "../config/silence.ts";
import type { ReasonId } from "../checks/index.ts";
import type { Notice } from "../sources/fact.ts";

/** The evidence and silences from elsewhere for a source. */
export interface Context {
  /** The evidence for its requests, by `siteId`; of those that it lacks nothing is known but that they were named. */
  known: ReadonlyMap<string, Known>;
  /** Those that don't stand in its own comments. */
  silences: readonly Silence[];
  /** Its lines that create rules with requests of other files. */
  makes?: readonly MadeHere[];
  /** Its lines that do something wrong. */
  notices: readonly PlacedNotice[];
  /** True if the checks are asked about every rule, and not about what a migration does. */
  isCheck?: true | undefined;
  /** The environment of its rules, if the config says one. */
  environment?: string | undefined;
}

/**
 * Decides what happens to the requests in a source that was read, and gives its new text, verified, when something in it
 * migrates. `path` is only a name; nothing is read from or written to a disk.
 */
export function migrateDocument(
  path: string,
  root: Document,
  options: MigrateOptions,
  context: Context,
): SourceResult {
  const silences = new Silences(root, context.silences);
  const [unreadable] = wholeProblems(root);
  if (unreadable) {
    const reason = unreadable.code ?? UNREADABLE[root.syntaxId] ?? "unparsable";
    const part = unreadPart(path, root, unreadable, reason);
    const result = withoutSilenced({ ...part, outcome: "unreadable" }, silences, root, unreadable.at);
    return { path, sites: [result], ...silences.usage() };
  }

  const { plans, rules, newText } = planAll(path, root, options, context, silences);
  const documents = allDocuments(root);
  const sites = documents.flatMap((document): SiteResult[] => {
    const parts = document.reading.problems.map((problem) => {
      const part = unreadPart(path, document, problem, problem.code ?? "unparsable-region");
      return withoutSilenced(part, silences, document, problem.at);
    });
    const planned = (plans.get(document) ?? []).map((plan) => plan.result);
    const found = [...planned, ...parts];
    const isEmpty = found.length === 0 && document.inner.length === 0;
    return isEmpty && !isCommand(document) ? [emptyResult(path, document, { start: 0, end: 0 })] : found;
  });
  const notices = noticesIn(root, context.notices);
  const findings = allDocuments(root).flatMap((document) =>
    codeFindings(
      document,
      notices(document),
      root.text,
      { inboundNumbersAs: options.inboundNumbersAs, makes: context.makes ?? [] },
      (at, id) =>
        silences.about(document, at) !== undefined || silences.ofFindings(document, at, [id]).has(id),
    ),
  );
  const all = [...sites];
  // A file of many commands counts once, as one with a single script in it does.
  if (all.length === 0 && documents.length > 0) all.push(emptyResult(path, root, { start: 0, end: 0 }));
  return {
    path,
    sites: all.toSorted(byPlace),
    ...(findings.length > 0 && { findings: findings.toSorted(byPlace) }),
    ...(newText !== root.text && { newText }),
    ...(context.environment !== undefined && { environment: context.environment }),
    ...(context.isCheck && { rules }),
    ...silences.usage(),
  };
}

/** Returns those of the notices that are about a document of a source, and not about what is commented as old. */
function noticesIn(root: Document, said: readonly PlacedNotice[]): (document: Document) => readonly Notice[] {
  if (said.length === 0) return () => [];
  const ids = documentIds(root);
  return (document) => {
    const here = said.filter((one) => one.document === ids.get(document)).map(({ notice }) => notice);
    return here.filter(({ at }) => !isCommentedAsOld(document.text, at));
  };
}

/**
 * Tells whether it is one of the commands of a source, which only does something with requests if none stands in it.
 */
function isCommand({ label, syntaxId }: Document): boolean {
  return label !== null && syntaxId === "shell";
}

/** Plans all sites of a source, and takes back what does not become what was planned. */
function planAll(
  path: string,
  root: Document,
  options: MigrateOptions,
  context: Context,
  silences: Silences,
): { plans: Plans; rules: SetRule[]; newText: string } {
  const ids = documentIds(root);
  const knownOf = (document: Document, site: Site): Known =>
    context.known.get(siteId(document, ids.get(document) ?? WHOLE, site)) ?? NAMED;
  const rules: SetRule[] = [];
  const decide = (document: Document, site: Site): Plan => {
    const known = knownOf(document, site);
    const plan = unlessOld(planSite(path, document, site, options, known), document);
    if (!context.isCheck) return unlessSilenced(stoppedByError(plan), document, silences);
    const here = rulesAt(document, plan, options, known).map((rule) => ({ rule, ...findingsOfRule(rule) }));
    const checkedPlan = unlessSilenced(checked(plan, here), document, silences, true);
    const { repair, result } = checkedPlan;
    if (repair && !result.findings.includes(repair.finding)) delete checkedPlan.repair; // it is silenced
    // Not spread into one call: a listing may hold more rules than a call takes arguments.
    for (const rule of asSet(checkedPlan, here, document, silences, context.environment)) rules.push(rule);
    return checkedPlan;
  };
  const plans: Plans = new Map(
    allDocuments(root).map((document) => {
      const sites = wholeProblems(document).length > 0 ? [] : document.reading.sites;
      return [document, sites.map((site) => decide(document, site))];
    }),
  );
  const now = dropWhatFails(root, plans);
  if (!context.isCheck) return { plans, rules, newText: now.text };
  withFixes(now);
  decideRepairs(plans, options.unsafe === true);
  return { plans, rules, newText: rewritten(root, plans).text };
}

/** The plan; of one that is left to a person the findings are errors, however little they do to calls. */
function stoppedByError({ result, ...plan }: Plan): Plan {
  const { outcome, reason, applicability } = result;
  if (outcome !== "needs-person" || applicability !== "manual") return { ...plan, result };
  const findings = result.findings.map((one) =>
    one.id === reason ? { ...one, severity: "error" as const } : one,
  );
  return { ...plan, result: { ...result, findings } };
}

/**
 * The plan, or one that leaves its site alone because somebody said so, or without findings that nobody wants to hear.
 */
function unlessSilenced(plan: Plan, document: Document, silences: Silences, isCheck = false): Plan {
  const { site } = plan;
  const result = withoutSilenced(plan.result, silences, document, site.at, isCheck);
  return result.outcome === "silenced" ? { site, result } : { ...plan, result };
}

/** Returns what makes a whole document unreadable. */
function wholeProblems(document: Document): Problem[] {
  return document.reading.problems.filter(({ part }) => part === undefined);
}

/** Why a source that its language can't read is unreadable. */
const UNREADABLE: Readonly<Record<string, ReasonId>> = { json: "not-json", yaml: "not-yaml" };

/** The result for what could not be read: a source, a region, or a part of one. */
function unreadPart(path: string, document: Document, problem: Problem, reason: ReasonId): SiteResult {
  const isProgram = document.label === "jq program";
  const said = isProgram
    ? {
        message: "this jq program that is not plain JSON seems to make a flat request",
        next: "Put its fields into `dispatch_rule` by hand.",
      }
    : { message: problem.message, next: problem.next };
  return stopped(emptyResult(path, document, problem.at), reason, said);
}
