/**
 * The stages of sip-dispatch, for programs. Text goes in and values come out: nothing here reads or writes a disk, and
 * bad input is a result with a reason, never an exception.
 */

export { asBinary, asJson, convertBinary, convertJson } from "./convert/convert.ts";
export type { Conversion, Converted, Refusal, Target } from "./convert/convert.ts";
export { migrateText } from "./migrate/migrate.ts";
export type { MigrateOptions } from "./migrate/options.ts";
export type {
  Finding,
  InfoJson,
  MovedField,
  Outcome,
  Reason,
  RoutingChange,
  SiteResult,
  SourceResult,
} from "./migrate/outcome.ts";
export { jsonReport } from "./report/json.ts";
export { redactResults } from "./report/redact.ts";
export { styleFor } from "./report/style.ts";
export type { Style } from "./report/style.ts";
export { textReport } from "./report/text.ts";
export type { TextOptions } from "./report/text.ts";
export { exitStatus, totalsOf } from "./report/totals.ts";
export type { Totals } from "./report/totals.ts";
export { normalizeNumber } from "./rule/numbers.ts";
export type { Expression, NumberList, Routing } from "./rule/routing.ts";
export { parseServer } from "./rule/server.ts";
export type { Server } from "./rule/server.ts";
export { trunksFromJson } from "./rule/trunks.ts";
export type { Trunk } from "./rule/trunks.ts";
export { unwrap, wrap } from "./rule/wrap.ts";
export type { NumberFilter } from "./rule/wrap.ts";
export {
  CreateSIPDispatchRuleRequestSchema,
  SIPDispatchRuleInfoSchema,
} from "./gen/livekit/livekit_sip_pb.ts";
export type { CreateSIPDispatchRuleRequest, SIPDispatchRuleInfo } from "./gen/livekit/livekit_sip_pb.ts";
