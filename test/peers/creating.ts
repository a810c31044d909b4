import type { CreateSIPDispatchRuleRequest, SIPMediaConfig } from "../../src/gen/livekit/livekit_sip_pb.ts";
import { type ConflictReport, firstRefusal } from "../../src/routing/conflicts.ts";
import { inStoreOrder, listedFor, type Rule, storedRule } from "../../src/routing/stored-rule.ts";
import type { Server } from "../../src/rule/server.ts";

/**
 * Whether a server takes a new rule beside those that it holds. It compares it with, and the others among
 * themselves, the rules that it lists for the request's *flat* `trunk_ids`: for a flat request with trunks
 * those with one of them and the wildcard rules; for any other request, so for each wrapped one, all rules,
 * whose old conflicts then refuse the new rule. The new rule comes second in that list, so a conflict with
 * any but the first rule is reported against the *old* one, as already existing in `"<new>"`.
 * Source: livekit pkg/service/sip.go at 788d4c354, CreateSIPDispatchRule; github.com/dennwc/iters v1.2.2,
 * MultiIter, which alternates between the stored rules and the new one. (Before v1.8.4 the server listed all
 * rules.)
 */
export function checkCreate<Label>(
  held: readonly Rule<Label>[],
  created: Rule<Label>,
  flatTrunkIds: readonly string[],
  server: Server,
): ConflictReport<Label> {
  const [first, ...rest] = inStoreOrder(held.filter(listedFor(flatTrunkIds)));
  const rules = first ? [first, created, ...rest] : [created];
  return firstRefusal(rules.map((rule) => storedRule(rule, server)));
}

/**
 * Longer media timeouts are refused: ten minutes. Source: protocol livekit/sip.go at v1.50.4,
 * MaxSIPMediaTimeout.
 */
const MAX_MEDIA_TIMEOUT = 600n * 1_000_000_000n;

/**
 * Why a server refuses a create request before it looks at other rules, in LiveKit's own words; undefined: it
 * doesn't. A `rule` that says no kind passes here, and is refused with the other rules.
 * Source: protocol livekit/sip.go at v1.50.4, CreateSIPDispatchRuleRequest.Validate.
 */
export function invalidRequest(request: CreateSIPDispatchRuleRequest): string | undefined {
  const info = request.dispatchRule;
  if (info && info.sipDispatchRuleId !== "") return "rule id must not be set";
  if (!(info ?? request).rule) return "missing rule";
  return info?.media && invalidMedia(info.media);
}

function invalidMedia({ codecs, mediaTimeout }: SIPMediaConfig): string | undefined {
  for (const { name } of codecs) {
    if (name === "") return "missing codec name";
    if (/[ \t\n\r]/.test(name)) return "invalid codec name";
    if (name.includes("/")) return "codec name must not contain '/'";
  }
  if (!mediaTimeout) return undefined;
  const nanoseconds = mediaTimeout.seconds * 1_000_000_000n + BigInt(mediaTimeout.nanos);
  if (nanoseconds < 0) return "media_timeout must not be negative";
  return nanoseconds > MAX_MEDIA_TIMEOUT ? "media_timeout must not exceed 10m0s" : undefined;
}
