import { SIPDispatchRuleInfoSchema } from "../gen/livekit/livekit_sip_pb.ts";
import { messageFrom, messageJson } from "../rule/message.ts";
import { newerIn } from "../rule/newer-fields.ts";
import { infoFields, routingOf } from "../routing/rule-routing.ts";
import { holdsCode, type ObjectValue } from "../rule/value.ts";
import type { Site } from "../sources/syntax.ts";
import { convertCommand } from "../checks/command-line.ts";
import type { Document } from "../sources/document.ts";
import { WRAPPER } from "../rule/fields.ts";
import type { Known } from "../evidence/verdict.ts";
import { isWrapperKey } from "../evidence/keys.ts";
import { lkRefusals, newerFields, ownNumbersAsCallers } from "../checks/migration-findings.ts";
import type { MigrateOptions } from "../config/options.ts";
import type { SiteResult } from "./outcome.ts";
import { changesFindings, readersFindings } from "../checks/key-readers.ts";
import { wrappedForUpdate } from "./known-uses.ts";
import type { Finding } from "../checks/finding.ts";

/** The result for a request that has the wrapper; `info` is the rule in it. */
export function alreadyWrapped(
  document: Document,
  site: Site,
  info: ObjectValue | undefined,
  result: SiteResult,
  known: Known,
  knownTrunks?: MigrateOptions["knownTrunks"],
): SiteResult {
  const place = document.place(site.at.start);
  const wrapped: SiteResult = {
    ...result,
    outcome: "already-wrapped",
    reason: "wrapped",
    findings: [
      ...wrappedForUpdate(result, known, convertCommand(result.path, document, site, "info")),
      ...(info ? ownNumbersAsCallers(routingOf(infoFields(info.members)), knownTrunks, place) : []),
      ...readersFindings([...known.reads, ...known.changes], WRAPPER, "numbers", place, true),
      ...changesFindings(
        known.changes.filter(({ keys }) => keys.some(isWrapperKey)),
        WRAPPER,
        place,
      ).map((finding): Finding => ({ ...finding, severity: "warning" })),
      ...newerFields(document, info ? newerIn(info, SIPDispatchRuleInfoSchema) : []),
      ...lkRefusals(document, site, convertCommand(result.path, document, site, "wrapped"), known.creates),
    ],
  };
  return info ? { ...wrapped, ...sameBeforeAndAfter(info) } : wrapped;
}

/** What a rule does with calls that stays as it is. */
export function sameBeforeAndAfter(info: ObjectValue): Pick<SiteResult, "routing" | "before" | "after"> {
  const routing = routingOf(infoFields(info.members));
  const json = holdsCode(info)
    ? null
    : messageJson(SIPDispatchRuleInfoSchema, messageFrom(SIPDispatchRuleInfoSchema, info));
  return { routing: { documented: routing, server: routing, after: routing }, before: json, after: json };
}
