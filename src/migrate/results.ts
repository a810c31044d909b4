import type { Span } from "../rule/value.ts";
import type { Document } from "./document.ts";
import type { Finding, Reason, SiteResult } from "./outcome.ts";

/** The result for a place in a document of which nothing is known yet: not ours. */
export function emptyResult(path: string, document: Document, at: Span): SiteResult {
  return {
    path,
    ...document.place(at.start),
    region: document.label,
    syntax: document.syntaxId,
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

/** The result for a site that needs a person, with what speaks against touching it. The first finding is the reason. */
export function needsPerson(result: SiteResult, reason: Reason, findings: Finding[]): SiteResult {
  const [first] = findings;
  const place = first ? { line: first.line, column: first.column } : {};
  return { ...result, ...place, outcome: "needs-person", reason, applicability: "manual", findings };
}
