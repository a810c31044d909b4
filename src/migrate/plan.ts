import {
  CreateSIPDispatchRuleRequestSchema,
  type SIPDispatchRuleInfo,
  SIPDispatchRuleInfoSchema,
} from "../gen/livekit/livekit_sip_pb.ts";
import { withoutAnnotations } from "../rule/annotations.ts";
import { checkMessage, type RequestProblem } from "../rule/check.ts";
import { WRAPPER } from "../rule/fields.ts";
import { REMEDIES } from "../rule/remedies.ts";
import { type Form, formOf } from "../rule/form.ts";
import { messageFrom, messageJson } from "../rule/message.ts";
import { infoFields, routingOf } from "../rule/routing.ts";
import { holdsCode, type Member, type ObjectValue } from "../rule/value.ts";
import { destination, wrap } from "../rule/wrap.ts";
import { statedRequest } from "../syntax/stated.ts";
import type { Move, Remark, Rewrite, Site } from "../syntax/syntax.ts";
import { type Command, convertCommand } from "./command.ts";
import type { Document } from "./document.ts";
import { decide, flatField, namesNumbers, routingChange } from "./decide.ts";
import { sdkNotes, sdkTooOld } from "./library.ts";
import {
  liveRule,
  lkRefusals,
  numbersMoved,
  spelledOtherwise,
  trunksBound,
  versionsNeeded,
} from "./notices.ts";
import type { Evidence, Made } from "./evidence.ts";
import type { MigrateOptions } from "./options.ts";
import type { Finding, SiteResult } from "./outcome.ts";
import { leftBehind, readersFindings, settersFindings } from "./readers.ts";
import { emptyResult, needsPerson } from "./results.ts";
import {
  createReason,
  objectEvidence,
  ownEvidence,
  perhapsUpdated,
  usedForBoth,
  usedForUpdate,
} from "./uses.ts";

/** What would happen to one site: the result as it will be reported, and the rewrite for one that is migrated. */
export interface Plan {
  site: Site;
  result: SiteResult;
  rewrite?: Rewrite;
  /** The rule that the migrated request has to say; undefined where an expression hides it. */
  expected?: SIPDispatchRuleInfo;
}

/** Decides what happens to a site of a document. `path` is that of the source. */
export function planSite(
  path: string,
  document: Document,
  site: Site,
  options: MigrateOptions,
  context: Evidence,
): Plan {
  const ofObject = objectEvidence(site, context);
  const evidence = ownEvidence(path, document, site) ?? ofObject ?? context;
  const form = formIn(site, evidence);
  const { verdict, places } = evidence;
  const result = { ...emptyResult(path, document, site.at), form: form.form, evidence: { verdict, places } };
  if (site.files) {
    const made = (context.makes ?? []).filter(({ line }) => line === document.place(site.at.start).line);
    if (made.length > 0) return { site, result: madeOfFiles(result, made, options) };
  }
  // What would go wrong with a wrapper is no matter for a bare rule.
  const isBare = form.form === "flat" && evidence === ofObject && verdict === "update";
  const doubt = form.form === "wrapped" || isBare ? undefined : heaviest(site, options);
  const isWrong = form.form === "flat" && form.problems.length > 0;
  if (doubt && (doubt.weighs === "manual" || (form.form !== "other" && !isWrong))) {
    return { site, result: doubtful(document, result, site, doubt, options) };
  }
  switch (form.form) {
    case "flat": {
      if (verdict === "update") return { site, result: usedForUpdate(result, evidence) };
      if (verdict === "both") return { site, result: usedForBoth(result) };
      if (verdict === "none" && options.assume === "none") {
        return { site, result: { ...result, reason: "no-evidence" } };
      }
      const problems = distinct([...form.problems, ...writtenProblems(site)]);
      if (problems.length > 0) return { site, result: refused(document, result, problems) };
      const { mayUpdate, named } = evidence;
      if (options.assume === undefined && (mayUpdate === "named" || (mayUpdate === "any" && !named))) {
        return { site, result: perhapsUpdated(result, mayUpdate) };
      }
      if (site.nested && !options.nested) return { site, result: tooDeep(result) };
      return planFlat(
        document,
        site,
        form.fields,
        { ...result, reason: createReason(evidence) },
        options,
        context.readers,
      );
    }
    case "wrapped":
      if (form.problems.length > 0) return { site, result: refused(document, result, form.problems) };
      return { site, result: alreadyWrapped(document, site, form.info, result, context.readers) };
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

/** The plan, or one that leaves a request as it is that a page shows as what was, or as what is not to be done. */
export function unlessOld(plan: Plan, { old }: Document): Plan {
  if (!plan.rewrite || !old) return plan;
  const { site, result } = plan;
  const { words, ...place } = old;
  const message = `the page says that this is not to be used (${inBrief(words)}), and wrapped it would be no example of that`;
  const next =
    "If it is to stay, write `sip-dispatch-ignore: shows the old form` into a comment before it; else migrate it by hand.";
  const finding: Finding = { id: "old-example", severity: "error", ...place, message, next };
  const { line, column } = result;
  const left = { ...needsPerson(result, "old-example", [finding]), line, column, moves: [], after: null };
  return { site, result: left };
}

/** Words in quotes, cut where they get long. */
function inBrief(words: string): string {
  const plain = words.replaceAll(/\s+/g, " ").trim();
  return `"${plain.length > 60 ? `${plain.slice(0, 57)}…` : plain}"`;
}

/**
 * What a site is. What a rule is created with is a request, however little of one it has, and so is what was one before
 * code has put something else into it.
 */
function formIn(site: Site, { verdict }: Evidence): Form {
  const request = statedRequest(site);
  const form = formOf(request, site.evidence);
  if (form.form !== "other" || site.nested) return form;
  const isCreated = verdict === "create" || (site.changed && formOf(site.request).form !== "other");
  return isCreated ? formOf(request, "create") : form;
}

function refused(document: Document, result: SiteResult, problems: readonly RequestProblem[]): SiteResult {
  const findings = problems.map(({ code, at, message }): Finding => {
    return { id: code, severity: "error", ...document.place(at.start), message, next: REMEDIES[code] };
  });
  return needsPerson(result, problems[0]?.code ?? "defect", findings);
}

/** What is wrong with a request as it is written, where code changes it later. Fields may be added then. */
function writtenProblems(site: Site): RequestProblem[] {
  if (!site.changed) return [];
  const form = formOf(site.request, site.evidence);
  return form.form === "flat" ? form.problems.filter(({ code }) => code !== "missing-rule") : [];
}

function distinct(problems: readonly RequestProblem[]): RequestProblem[] {
  return [...new Map(problems.map((one) => [`${one.code} ${one.at.start} ${one.message}`, one])).values()];
}

/** Code that makes a message of what files hold takes either form, if its library knows the wrapper. */
function madeOfFiles(result: SiteResult, made: readonly Made[], options: MigrateOptions): SiteResult {
  const { line, column } = result;
  const tooOld = sdkTooOld(options.protocolPins ?? [], false);
  if (tooOld) {
    return needsPerson(result, "sdk-too-old", [
      { id: "sdk-too-old", severity: "error", line, column, ...tooOld },
    ]);
  }
  const files = [...new Set(made.map(({ of }) => of))].join(", ");
  const message = `its fields stand in ${files}, and this call takes the wrapped form as well`;
  return {
    ...result,
    reason: "from-file",
    findings: [{ id: "from-file", severity: "note", line, column, message }],
  };
}

/** What speaks most against touching a site, if it has to be heard. */
function heaviest({ remarks = [] }: Site, options: MigrateOptions): Remark | undefined {
  const manual = remarks.find(({ weighs }) => weighs === "manual");
  return manual ?? (options.unsafe ? undefined : remarks.find(({ weighs }) => weighs === "review"));
}

function doubtful(
  document: Document,
  result: SiteResult,
  site: Site,
  heavy: Remark,
  options: MigrateOptions,
): SiteResult {
  const others = (site.remarks ?? []).filter((remark) => remark !== heavy && remark.weighs !== "safe");
  const findings = [heavy, ...others].map((remark) => remarked(document, remark, options));
  // The place is the request's own: what stands against it may be elsewhere, and is said with it.
  const { line, column } = result;
  return { ...needsPerson(result, heavy.code, findings), line, column, applicability: heavy.weighs };
}

function remarked(
  document: Document,
  { code, at, message, also = [], next, weighs }: Remark,
  { unsafe = false }: MigrateOptions,
): Finding {
  const severity = weighs === "safe" ? "note" : weighs === "review" ? "warning" : "error";
  const places = also
    .map(({ start }) => document.place(start))
    .map(({ line, column }) => `${line}:${column}`);
  return {
    id: code,
    severity,
    ...document.place(at.start),
    message: places.length > 0 ? `${message} (also ${places.join(", ")})` : message,
    next: weighs === "review" && unsafe ? OVERRULED : (next ?? REMARK_REMEDIES[weighs]),
  };
}

const REMARK_REMEDIES: Readonly<Record<Remark["weighs"], string>> = {
  safe: "Nothing has to be done.",
  review: "If nothing there reads or sets its fields, migrate it with `--unsafe`.",
  manual: "Move the fields into `dispatch_rule` by hand, and change that code with them.",
};

const OVERRULED = "Look at it: `--unsafe` overrules this.";

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
  readers: Evidence["readers"] = [],
): SiteResult {
  const wrapped: SiteResult = {
    ...result,
    outcome: "already-wrapped",
    reason: "wrapped",
    findings: [
      ...forUpdate(result, convertCommand(result.path, document, site, "info")),
      ...leftBehind(readers, document.place(site.at.start)),
      ...lkRefusals(document, site, convertCommand(result.path, document, site, "wrapped")),
    ],
  };
  return info ? { ...wrapped, ...sameBeforeAndAfter(info) } : wrapped;
}

/** `lk sip dispatch update` refuses a wrapped file (cmd/lk/sip.go reads a SIPDispatchRuleInfo). */
function forUpdate({ line, column, evidence: { verdict, places } }: SiteResult, command: Command): Finding[] {
  if (verdict !== "update" && verdict !== "both") return [];
  const where = places.map((place) => `${place.path}:${place.line}`).join(", ");
  const uses =
    verdict === "both"
      ? "rules are created and updated with this request"
      : "a rule is updated with this request";
  const message = `${uses} (${where}), and an update takes a bare rule, without the wrapper`;
  const next = `${command.given}\`${command.line} | lk sip dispatch update --id SDR_… -\`.`;
  return [{ id: "wrapped-for-update", severity: "warning", line, column, message, next }];
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
  readers: Evidence["readers"] = [],
): Plan {
  const pins = (site.library && options.protocolPins) ?? [];
  const decision = decide(fields, options, pins);
  const routing = routingChange(fields, decision.filter ?? "numbers", options);
  const flat = fields.some(({ value }) => holdsCode(value))
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

  const { filter, because, unknown, otherwise, bound } = decision;
  if (bound && site.takesNoTrunks !== undefined) {
    const message = `the rule has no trunks, and those of --trunks can't be written here: ${site.takesNoTrunks}`;
    const next = "Write them by hand, or migrate it without `--trunks`.";
    const finding: Finding = {
      id: "barred-trunks",
      severity: "error",
      ...document.place(site.at.start),
      message,
      next,
    };
    return { site, result: needsPerson(known, "barred-trunks", [finding]) };
  }
  const movesOf = (members: readonly Member[]): Move[] =>
    members.map((member) => ({ member, to: destination(flatField(member), filter) }));
  // What is only set later is no part of the request's text.
  const moves = movesOf(site.request.members.filter(({ key }) => fields.some((field) => field.key === key)));
  const expected = flat && wrap(flat, filter);
  const wrapper = site.wrapper ?? options.wrapperKey ?? WRAPPER;
  if (expected && bound) expected.trunkIds = [...bound];
  const setters = options.unsafe ? [] : settersFindings(readers, wrapper, document.place(site.at.start));
  if (setters.length > 0) {
    return {
      site,
      result: { ...needsPerson(known, "unfollowed-use", setters), applicability: "review" },
    };
  }
  return {
    site,
    rewrite: { wrapper, moves, filter, trunkIds: bound },
    ...(expected && { expected }),
    result: {
      ...known,
      outcome: "migrated",
      applicability: site.remarks?.some(({ weighs }) => weighs === "review") ? "review" : "safe",
      moves: movesOf(fields).map(({ member, to }) => ({ from: flatField(member), to: `${WRAPPER}.${to}` })),
      after: expected ? infoJson(expected) : null,
      findings: [
        ...numbersMoved(routing, filter, because, unknown, place),
        ...spelledOtherwise(otherwise, place),
        ...versionsNeeded(routing.after, options.server, place),
        ...sdkNotes(pins, namesNumbers(fields, filter), place),
        ...trunksBound(bound, place),
        ...(site.remarks ?? []).map((remark) => remarked(document, remark, options)),
        ...readersFindings(readers, wrapper, filter, document.place(site.at.start)),
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
