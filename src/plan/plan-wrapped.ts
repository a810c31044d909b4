import { SIPDispatchRuleInfoSchema } from "../gen/livekit/livekit_sip_pb.ts";
import { messageFrom, messageJson } from "../rule/message.ts";
import { newerIn } from "../rule/newer-fields.ts";
import { infoFields, routingOf } from "../routing/rule-routing.ts";
import { holdsCode, type ObjectValue } from "../rule/value.ts";
import type { Site } from "../sources/syntax.ts";
import type { Document } from "../sources/document.ts";
import type { Known } from "../evidence/verdict.ts";
import { findingsOfWrapped } from "../checks/ask.ts";
import type { MigrateOptions } from "../config/options.ts";
import type { SiteResult } from "./outcome.ts";
import { remarked } from "./remarks.ts";

/** The result for a request that has the wrapper; `info` is the rule in it. */
export function alreadyWrapped(
  document: Document,
  site: Site,
  info: ObjectValue | undefined,
  result: SiteResult,
  known: Known,
  options: MigrateOptions = {},
): SiteResult {
  const place = document.place(site.at.start);
  const newer = info ? newerIn(info, SIPDispatchRuleInfoSchema) : [];
  const { path } = result;
  const { knownTrunks, unlistedTrunks, server } = options;
  // What else is said of a request in code is about moving its fields.
  const remarks = (site.remarks ?? []).filter(({ weighs }) => weighs === "safe");
  const wrapped: SiteResult = {
    ...result,
    outcome: "already-wrapped",
    reason: "wrapped",
    findings: [
      ...findingsOfWrapped({
        path,
        document,
        site,
        known,
        place,
        newer,
        info,
        knownTrunks,
        unlistedTrunks,
        server,
      }),
      ...remarks.map((remark) => remarked(document, remark, options)),
    ],
  };
  return info ? { ...wrapped, ...sameBeforeAndAfter(info) } : wrapped;
}

/** Returns what a rule does with calls that stays as it is. */
export function sameBeforeAndAfter(info: ObjectValue): Pick<SiteResult, "routing" | "before" | "after"> {
  const routing = routingOf(infoFields(info.members));
  const json = holdsCode(info)
    ? null
    : messageJson(SIPDispatchRuleInfoSchema, messageFrom(SIPDispatchRuleInfoSchema, info));
  return { routing: { documented: routing, server: routing, after: routing }, before: json, after: json };
}
