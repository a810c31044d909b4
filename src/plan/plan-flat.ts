import {
  CreateSIPDispatchRuleRequestSchema,
  SIPDispatchRuleInfoSchema,
  type SIPDispatchRuleInfo,
} from "../gen/livekit/livekit_sip_pb.ts";
import { WRAPPER } from "../rule/fields.ts";
import { messageFrom, messageJson } from "../rule/message.ts";
import { newerIn } from "../rule/newer-fields.ts";
import { holdsCode, type Member } from "../rule/value.ts";
import { destination, wrap } from "../rule/wrap.ts";
import type { Site } from "../sources/syntax.ts";
import { convertCommand } from "../checks/command-line.ts";
import { decide, flatField, namesNumbers, routingChange } from "./decision.ts";
import type { Document } from "../sources/document.ts";
import type { Known } from "../evidence/verdict.ts";
import { sdkNotes } from "../checks/library-versions.ts";
import {
  liveRule,
  lkRefusals,
  newerFields,
  numbersMoved,
  spelledOtherwise,
  trunksBound,
  versionsNeeded,
} from "../checks/migration-findings.ts";
import type { MigrateOptions } from "../config/options.ts";
import type { SiteResult } from "./outcome.ts";
import type { Plan } from "./plan.ts";
import { wrapping } from "./wrapping.ts";
import { outOfOrder } from "../checks/placeholder-order.ts";
import { changesFindings, readersFindings } from "../checks/key-readers.ts";
import { flagsFindings } from "../checks/creation-flags.ts";
import { remarked } from "./remarks.ts";
import { needsPerson } from "./results.ts";
import type { Finding } from "../checks/finding.ts";
import { creationFlags, withTrunks } from "./passed-trunks.ts";

/** The plan for a flat request that is to be wrapped: these are its `fields`, and `result` is what is known of it. */
export function planFlat(
  document: Document,
  site: Site,
  fields: readonly Member[],
  result: SiteResult,
  options: MigrateOptions,
  known: Known,
): Plan {
  const pins = (site.library && options.protocolPins) ?? [];
  const created = creationFlags(known.creates);
  const decision = decide(fields, options, pins, created.trunks);
  const routing = routingChange(fields, decision.filter ?? "numbers", options, created.trunks);
  const flat = fields.some(({ value }) => holdsCode(value))
    ? undefined
    : messageFrom(CreateSIPDispatchRuleRequestSchema, { ...site.request, members: [...fields] });
  const stated = { ...result, routing, before: flat ? infoJson(wrap(flat, "inbound_numbers")) : null };
  const numbers = fields.find((member) => flatField(member) === "inbound_numbers");
  const place = document.place((numbers?.at ?? site.at).start);
  if (!decision.filter) {
    const { reason, message, next } = decision;
    return {
      site,
      result: needsPerson(stated, reason, [{ id: reason, severity: "error", ...place, message, next }]),
    };
  }

  const moved = outOfOrder(document, site);
  if (moved) return { site, result: needsPerson(stated, "placeholder-order", [moved]) };

  const { filter, otherwise, bound } = decision;
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
    return { site, result: needsPerson(stated, "barred-trunks", [finding]) };
  }
  const expected = flat && wrap(flat, filter);
  const wrapper = site.wrapper ?? options.wrapperKey ?? WRAPPER;
  if (expected && bound) expected.trunkIds = [...bound];
  const setters = options.unsafe
    ? []
    : changesFindings(known.changes, wrapper, document.place(site.at.start));
  if (setters.length > 0) {
    return {
      site,
      result: {
        ...needsPerson(
          stated,
          known.changes.some(({ isSure }) => isSure) ? "unfollowed-use" : "unclear-use",
          setters,
        ),
        applicability: "review",
      },
    };
  }
  const changesCalls = JSON.stringify(routing.server) !== JSON.stringify(routing.after);
  const isForReview = changesCalls || site.remarks?.some(({ weighs }) => weighs === "review") === true;
  return {
    site,
    rewrite: wrapping(site, fields, { wrapper, filter, bound }),
    ...(expected && { expected }),
    result: {
      ...stated,
      outcome: "migrated",
      applicability: isForReview ? "review" : "safe",
      moves: fields.map((member) => {
        const from = flatField(member);
        return { from, to: `${WRAPPER}.${destination(from, filter)}` };
      }),
      after: expected ? withTrunks(infoJson(expected), created.trunks) : null,
      findings: [
        ...numbersMoved(routing, filter, decision, place),
        ...spelledOtherwise(otherwise, place),
        ...versionsNeeded(routing.after, options.server, place),
        ...sdkNotes(pins, namesNumbers(fields, filter), place),
        ...newerFields(document, newerIn(site.request, CreateSIPDispatchRuleRequestSchema)),
        ...trunksBound(bound, place),
        ...flagsFindings(known.creates, document.place(site.at.start)),
        ...(site.remarks ?? []).map((remark) => remarked(document, remark, options)),
        ...readersFindings(
          [...known.reads, ...known.changes],
          wrapper,
          filter,
          document.place(site.at.start),
        ),
        ...liveRule(
          convertCommand(result.path, document, site, "info", { filter, bound: bound ?? created.written }),
          routing,
          place,
        ),
        ...lkRefusals(
          document,
          site,
          convertCommand(result.path, document, site, "wrapped", { filter, bound: bound ?? created.written }),
          known.creates,
        ),
      ],
    },
  };
}

function infoJson(info: SIPDispatchRuleInfo): SiteResult["before"] {
  return messageJson(SIPDispatchRuleInfoSchema, info);
}
