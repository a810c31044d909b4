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
import { decide, flatField, namesNumbers, routingChange } from "./decision.ts";
import type { Document } from "../sources/document.ts";
import type { Known } from "../evidence/verdict.ts";
import { overtakingIn } from "../checks/annotation-order.ts";
import { findingsOfMigrated } from "../checks/ask.ts";
import { barredTrunks } from "../checks/barred-trunks.ts";
import { findingOf } from "../checks/finding.ts";
import type { Said } from "../checks/check.ts";
import type { ReasonId } from "../checks/index.ts";
import { placeholderOrder } from "../checks/placeholder-order.ts";
import { changesOf, unfollowedUse } from "../checks/unfollowed-use.ts";
import type { MigrateOptions } from "../config/options.ts";
import type { SiteResult } from "./outcome.ts";
import type { Plan } from "./plan.ts";
import { wrapping } from "./wrapping.ts";
import { remarked } from "./remarks.ts";
import { needsPerson, stopped } from "./results.ts";
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
  const start = document.place(site.at.start);
  const stop = (reason: ReasonId, said: Said): Plan => ({ site, result: stopped(stated, reason, said) });
  if (!decision.filter) return stop(decision.reason, { ...decision.said, place });

  const overtaking = overtakingIn(document.text, site.request);
  if (overtaking) {
    const at = document.place(overtaking.annotation.at.start);
    return stop("placeholder-order", { ...placeholderOrder.say(overtaking), place: at });
  }

  const { filter, bound } = decision;
  if (bound && site.takesNoTrunks !== undefined)
    return stop("barred-trunks", { ...barredTrunks.say({ because: site.takesNoTrunks }), place: start });
  const expected = flat && wrap(flat, filter);
  const wrapper = site.wrapper ?? options.wrapperKey ?? WRAPPER;
  if (expected && bound) expected.trunkIds = [...bound];
  const setters = options.unsafe
    ? []
    : changesOf(known.changes, wrapper).map((said) => findingOf(unfollowedUse, said, start));
  if (setters.length > 0) {
    const reason = known.changes.some(({ isSure }) => isSure) ? "unfollowed-use" : "unclear-use";
    return { site, result: { ...needsPerson(stated, reason, setters), applicability: "review" } };
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
      findings: findingsOfMigrated(
        {
          path: result.path,
          document,
          site,
          known,
          start,
          place,
          newer: newerIn(site.request, CreateSIPDispatchRuleRequestSchema),
          wrapper,
          choice: decision,
          bound,
          named: bound ?? created.written,
          routing,
          server: options.server,
          pins,
          namesNumbers: namesNumbers(fields, filter),
        },
        (site.remarks ?? []).map((remark) => remarked(document, remark, options)),
      ),
    },
  };
}

function infoJson(info: SIPDispatchRuleInfo): SiteResult["before"] {
  return messageJson(SIPDispatchRuleInfoSchema, info);
}
