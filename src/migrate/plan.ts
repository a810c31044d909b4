import {
  CreateSIPDispatchRuleRequestSchema,
  type SIPDispatchRuleInfo,
  SIPDispatchRuleInfoSchema,
} from "../gen/livekit/livekit_sip_pb.ts";
import { withoutAnnotations } from "../rule/annotations.ts";
import { checkMessage, type RequestProblem } from "../rule/check.ts";
import { WRAPPER } from "../rule/fields.ts";
import { REMEDIES } from "../rule/remedies.ts";
import { formOf } from "../rule/form.ts";
import { messageFrom, messageJson } from "../rule/message.ts";
import { infoFields, routingOf } from "../rule/routing.ts";
import { holdsCode, type Member, type ObjectValue, type Span } from "../rule/value.ts";
import { destination, wrap } from "../rule/wrap.ts";
import type { Problem, Rewrite, Site } from "../syntax/syntax.ts";
import { convertCommand } from "./command.ts";
import type { Document } from "./document.ts";
import { decide, flatField, routingChange } from "./decide.ts";
import { liveRule, lkRefusals, numbersMoved, trunksBound, versionsNeeded } from "./notices.ts";
import type { MigrateOptions } from "./options.ts";
import type { Finding, Reason, SiteResult } from "./outcome.ts";

/** What would happen to one site: the result as it will be reported, and the rewrite for one that is migrated. */
export interface Plan {
  site: Site;
  result: SiteResult;
  rewrite?: Rewrite;
  /** The rule that the migrated request has to say; undefined where an expression hides it. */
  expected?: SIPDispatchRuleInfo;
}

/** Decides what happens to a site of a document. `path` is that of the source. */
export function planSite(path: string, document: Document, site: Site, options: MigrateOptions): Plan {
  const form = formOf(site.request);
  const result = { ...emptyResult(path, document, site.at), form: form.form };
  switch (form.form) {
    case "flat":
      if (form.problems.length > 0) return { site, result: refused(document, result, form.problems) };
      if (site.obstacle) return { site, result: obstructed(document, result, site.obstacle) };
      if (site.nested && !options.nested) return { site, result: tooDeep(result) };
      return planFlat(document, site, form.fields, result, options);
    case "wrapped":
      if (form.problems.length > 0) return { site, result: refused(document, result, form.problems) };
      return { site, result: alreadyWrapped(document, site, form.info, result) };
    case "mixed":
      return { site, result: refused(document, result, form.problems) };
    case "info": {
      const bare = { ...result, ...document.place(form.proof.at.start), reason: "info-field" as const };
      return { site, result: isRule(site.request) ? { ...bare, ...sameBeforeAndAfter(site.request) } : bare };
    }
    case "trunk":
      return { site, result: { ...result, ...document.place(form.proof.at.start), reason: "trunk" } };
    case "other":
      return { site, result };
  }
}

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

function refused(document: Document, result: SiteResult, problems: readonly RequestProblem[]): SiteResult {
  const findings = problems.map(({ code, at, message }): Finding => {
    return { id: code, severity: "error", ...document.place(at.start), message, next: REMEDIES[code] };
  });
  return needsPerson(result, problems[0]?.code ?? "defect", findings);
}

/** A request of which something else knows the shape, and would have to change with it. */
function obstructed(document: Document, result: SiteResult, { at, message }: Problem): SiteResult {
  const next = "Change that first, or change both by hand.";
  const id = "unfollowed-use";
  return needsPerson(result, id, [{ id, severity: "error", ...document.place(at.start), message, next }]);
}

/** A request inside something else: whoever reads that something may want it flat. */
function tooDeep(result: SiteResult): SiteResult {
  const { line, column } = result;
  const message = "this flat request stands deep inside a document, and what reads it there is not known";
  const next = "Migrate it with --nested if it is sent to LiveKit as it is.";
  return needsPerson(result, "nested", [{ id: "nested", severity: "error", line, column, message, next }]);
}

function alreadyWrapped(
  document: Document,
  site: Site,
  info: ObjectValue | undefined,
  result: SiteResult,
): SiteResult {
  const wrapped: SiteResult = {
    ...result,
    outcome: "already-wrapped",
    reason: "wrapped",
    findings: lkRefusals(document, site, convertCommand(result.path, document, site, "wrapped")),
  };
  return info ? { ...wrapped, ...sameBeforeAndAfter(info) } : wrapped;
}

/** Whether an object is one rule as LiveKit wants it, and not a list of them. */
function isRule(object: ObjectValue): boolean {
  return checkMessage(withoutAnnotations(object), SIPDispatchRuleInfoSchema).length === 0;
}

/** What a rule does with calls that stays as it is. */
function sameBeforeAndAfter(info: ObjectValue): Pick<SiteResult, "routing" | "before" | "after"> {
  const routing = routingOf(infoFields(info.members));
  const json = holdsCode(info) ? null : infoJson(messageFrom(SIPDispatchRuleInfoSchema, info));
  return { routing: { documented: routing, server: routing, after: routing }, before: json, after: json };
}

function planFlat(
  document: Document,
  site: Site,
  fields: readonly Member[],
  result: SiteResult,
  options: MigrateOptions,
): Plan {
  const decision = decide(fields, options);
  const routing = routingChange(fields, decision.filter ?? "numbers", options);
  const flat = holdsCode(site.request)
    ? undefined
    : messageFrom(CreateSIPDispatchRuleRequestSchema, { ...site.request, members: [...fields] });
  const known = { ...result, routing, before: flat ? infoJson(wrap(flat, "inbound_numbers")) : null };
  const numbers = fields.find((member) => flatField(member) === "inbound_numbers");
  const place = document.place((numbers?.at ?? site.at).start);
  if (!decision.filter) {
    const { reason, message, next } = decision;
    return {
      site,
      result: needsPerson(known, reason, [{ id: reason, severity: "error", ...place, message, next }]),
    };
  }

  const { filter, because, unknown, bound } = decision;
  const moves = fields.map((member) => ({ member, to: destination(flatField(member), filter) }));
  const expected = flat && wrap(flat, filter);
  if (expected && bound) expected.trunkIds = [...bound];
  return {
    site,
    rewrite: { wrapper: options.wrapperKey ?? WRAPPER, moves, trunkIds: bound },
    ...(expected && { expected }),
    result: {
      ...known,
      outcome: "migrated",
      reason: "named",
      moves: moves.map(({ member, to }) => ({ from: flatField(member), to: `${WRAPPER}.${to}` })),
      after: expected ? infoJson(expected) : null,
      findings: [
        ...numbersMoved(routing, filter, because, unknown, place),
        ...versionsNeeded(routing.after, options.server, place),
        ...trunksBound(bound, place),
        ...liveRule(convertCommand(result.path, document, site, "info", { filter, bound }), routing, place),
        ...lkRefusals(
          document,
          site,
          convertCommand(result.path, document, site, "wrapped", { filter, bound }),
        ),
      ],
    },
  };
}

function infoJson(info: SIPDispatchRuleInfo): SiteResult["before"] {
  return messageJson(SIPDispatchRuleInfoSchema, info);
}
