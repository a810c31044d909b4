import { problemId, saidOfProblem } from "../checks/said-of.ts";
import type { RequestProblem } from "../rule/problem.ts";
import type { Span } from "../rule/value.ts";
import type { Position } from "../sources/position.ts";
import type { Document } from "../sources/document.ts";
import type { Unreadable } from "../sources/unreadable.ts";
import type { Reason, SiteResult, SourceResult } from "./outcome.ts";
import { type Finding, findingOf } from "../checks/finding.ts";
import { checkOf, type ReasonId } from "../checks/index.ts";
import type { Said } from "../checks/check.ts";

/** The result for a place in a document of which nothing is known yet: not ours. */
export function emptyResult(path: string, document: Document, at: Span): SiteResult {
  const { label, syntaxId } = document;
  return { ...nothingAt(path, document.place(at.start)), region: label, syntax: syntaxId };
}

/** The result for a site that needs a person, with what speaks against touching it. The first finding is the reason. */
export function needsPerson(result: SiteResult, reason: Reason, findings: Finding[]): SiteResult {
  const [first] = findings;
  const place = first ? { line: first.line, column: first.column } : {};
  return { ...result, ...place, outcome: "needs-person", reason, applicability: "manual", findings };
}

/** The result for a site that needs a person for one reason, which is said at the site. */
export function stopped(result: SiteResult, reason: ReasonId, said: Said): SiteResult {
  return needsPerson(result, reason, [findingOf(checkOf(reason), said, result)]);
}

/** The result for a source that gave no text: one entry, so that it is accounted for. */
export function unreadableResult({ path, reason, message, next, ...at }: Unreadable): SourceResult {
  const { line = 1, column = 1 } = at;
  const site = stopped(nothingAt(path, { line, column }), reason, { message, next });
  return { path, sites: [{ ...site, outcome: "unreadable" }] };
}

/** The result for a place of which nothing is known, in no language. */
export function nothingAt(path: string, { line, column }: Position): SiteResult {
  return {
    path,
    line,
    column,
    region: null,
    syntax: "",
    name: null,
    form: null,
    outcome: "not-create",
    reason: "not-a-request",
    applicability: "safe",
    written: false,
    evidence: { verdict: "none", places: [] },
    moves: [],
    routing: null,
    before: null,
    after: null,
    findings: [],
  };
}

/** A problem of a document's text as a finding; `said` is what there is to say of it, if not the usual. */
export function findingOfProblem(
  document: Document,
  problem: RequestProblem,
  said: Said = saidOfProblem(problem),
  rule?: string,
): Finding {
  return findingOf(checkOf(problemId(problem)), said, document.place(problem.at.start), rule);
}
