import { equals, fromJson, type JsonValue } from "@bufbuild/protobuf";
import {
  CreateSIPDispatchRuleRequestSchema,
  SIPDispatchRuleInfoSchema,
} from "../../src/gen/livekit/livekit_sip_pb.ts";
import type { SiteResult } from "../../src/plan/outcome.ts";
import { unwrap } from "../../src/rule/wrap.ts";

/** Law 3: whether unwrapping the wrapped request of a site gives the message of this flat one back. */
export function unwrapsTo(site: SiteResult | undefined, flat: unknown): boolean {
  const back = unwrap(fromJson(SIPDispatchRuleInfoSchema, (site?.after ?? {}) as JsonValue));
  const first = fromJson(CreateSIPDispatchRuleRequestSchema, flat as JsonValue, {
    ignoreUnknownFields: true,
  });
  return "flat" in back && equals(CreateSIPDispatchRuleRequestSchema, back.flat, first);
}
