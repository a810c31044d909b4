import { SIPDispatchRuleInfoSchema } from "../gen/livekit/livekit_sip_pb.ts";
import { withoutAnnotations } from "../rule/annotations.ts";
import { checkMessage } from "../rule/validation.ts";
import type { RequestProblem } from "../rule/problem.ts";
import { type Form, formOf } from "../rule/form.ts";
import type { ObjectValue } from "../rule/value.ts";
import { statedRequest } from "../sources/final-request.ts";
import type { Site } from "../sources/syntax.ts";
import type { Document } from "../sources/document.ts";
import { type Known, verdictOf } from "../evidence/verdict.ts";
import { planFlat } from "./plan-flat.ts";
import { PART } from "../evidence/statement.ts";
import type { MigrateOptions } from "../config/options.ts";
import type { SiteResult } from "./outcome.ts";
import type { Plan } from "./plan.ts";
import { doubtful, heaviest, withDestination } from "./remarks.ts";
import { emptyResult, findingOfProblem, needsPerson, stopped } from "./results.ts";
import { createReason, madeOfFiles, usedForUpdate, withOwnEvidence } from "./known-uses.ts";
import { alreadyWrapped, sameBeforeAndAfter } from "./plan-wrapped.ts";
import { ruleName } from "../config/silence.ts";
import { conflictingEvidence } from "../checks/conflicting-evidence.ts";
import { nested } from "../checks/nested.ts";
import { problemId, saidOfProblem } from "../checks/said-of.ts";
import { unclearUse } from "../checks/unclear-use.ts";

/** Decides what happens to a site of a document, of which others say this. `path` is that of the source. */
export function planSite(
  path: string,
  document: Document,
  asRead: Site,
  options: MigrateOptions,
  context: Known,
): Plan {
  const site = withDestination(asRead, verdictOf(context).verdict !== "none");
  const left = (result: SiteResult): Plan => ({ site, result });
  const evidence = withOwnEvidence(path, document, site, context);
  const { verdict, places } = verdictOf(evidence);
  const form = formIn(site, verdict);
  const name = ruleName(statedRequest(site));
  const result = {
    ...emptyResult(path, document, site.at),
    name,
    form: form.form,
    evidence: { verdict, places },
  };
  if (
    site.request.members.length === 0 &&
    !site.uses?.length &&
    site.remarks?.every(({ code, weighs }) => code === "unknown-fields" || weighs === "safe")
  ) {
    const made = context.makes.filter(({ line, lastLine }) => line <= result.line && result.line <= lastLine);
    if (made.length > 0) return left(madeOfFiles(result, made, options));
  }
  // What would go wrong with a wrapper is no matter for a bare rule.
  const isBare = form.form === "flat" && site.evidence === undefined && verdict === "update";
  const doubt = form.form === "wrapped" || isBare ? undefined : heaviest(site, options);
  const isWrong = form.form === "flat" && form.problems.length > 0;
  if (doubt && (doubt.weighs === "manual" || (form.form !== "other" && !isWrong))) {
    return left(doubtful(document, result, site, doubt, options));
  }
  switch (form.form) {
    case "flat": {
      // A file with a part of a rule, which a line puts where it belongs.
      const isPart = evidence.changes.some(({ keys }) => keys.includes(PART));
      if (isPart && form.problems.some(({ code }) => code === "wrong-nesting"))
        return left({ ...result, evidence: { verdict: "none", places: [] } });
      if (verdict === "update") return left(usedForUpdate(result, evidence));
      if (verdict === "both")
        return left(stopped(result, "conflicting-evidence", conflictingEvidence.say({ places })));
      if (verdict === "none" && options.assume === "none") return left({ ...result, reason: "no-evidence" });
      const problems = distinct([...form.problems, ...writtenProblems(site)]);
      if (problems.length > 0) return left(refused(document, result, problems));
      const unclear = evidence.unclear.filter(({ isAny }) => !isAny || !evidence.named);
      if (options.assume === undefined && verdict === "none" && unclear.length > 0)
        return left(stopped(result, "unclear-use", unclearUse.say({ unclear })));
      if (site.nested && !options.nested) return left(stopped(result, "nested", nested.say()));
      const created = { ...result, reason: createReason(evidence) };
      return planFlat(document, site, form.fields, created, options, evidence);
    }
    case "wrapped":
      return left(
        form.problems.length > 0
          ? refused(document, result, form.problems)
          : alreadyWrapped(document, site, form.info, result, evidence, options),
      );
    case "mixed":
      return left(refused(document, result, form.problems));
    case "info": {
      const bare = { ...result, ...document.place(form.proof.at.start), reason: "info-field" as const };
      return left(isRule(site.request) ? { ...bare, ...sameBeforeAndAfter(site.request) } : bare);
    }
    case "trunk":
      return left({ ...result, ...document.place(form.proof.at.start), reason: "trunk" });
    case "other":
      return left(result);
  }
}

/**
 * Returns the form of a site. A rule is created with a request, however little of one it has, and what was one before
 * code has put something else into it is one, too.
 */
function formIn(site: Site, verdict: SiteResult["evidence"]["verdict"]): Form {
  const request = statedRequest(site);
  const form = formOf(request, site.evidence);
  if (form.form !== "other" || site.nested) return form;
  const isCreated = verdict === "create" || (site.changed && formOf(site.request).form !== "other");
  return isCreated ? formOf(request, "create") : form;
}

function refused(document: Document, result: SiteResult, problems: readonly RequestProblem[]): SiteResult {
  const findings = problems.map((problem) => findingOfProblem(document, problem));
  const [first] = problems;
  return needsPerson(result, first ? problemId(first) : "defect", findings);
}

/** Returns what is wrong with a request as it is written, where code changes it later. Fields may be added then. */
function writtenProblems(site: Site): RequestProblem[] {
  if (!site.changed) return [];
  const form = formOf(site.request, site.evidence);
  return form.form === "flat" ? form.problems.filter(({ code }) => code !== "missing-rule") : [];
}

function distinct(problems: readonly RequestProblem[]): RequestProblem[] {
  return [
    ...new Map(
      problems.map((one) => [`${one.code} ${one.at.start} ${saidOfProblem(one).message}`, one]),
    ).values(),
  ];
}

/** Tells whether an object is one rule as LiveKit wants it, and not a list of them. */
function isRule(object: ObjectValue): boolean {
  return checkMessage(withoutAnnotations(object), SIPDispatchRuleInfoSchema).length === 0;
}
