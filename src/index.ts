/**
 * The stages of sip-dispatch, for programs. Text goes in and values come out: nothing here reads or writes a disk, and
 * bad input is a result with a reason, never an exception. What is exported here is declared in types/index.d.ts.
 */

import {
  asBinary,
  asJson,
  convertBinary,
  convertJson,
  type Refusal,
  type Target,
} from "./convert/convert.ts";
import type { MigrateOptions } from "./config/options.ts";

export type { Refusal, Target } from "./convert/convert.ts";
export { migrateText } from "./plan/migrate-text.ts";
export type { MigrateOptions } from "./config/options.ts";
export type { InfoJson, MovedField, Outcome, Reason, SiteResult, SourceResult } from "./plan/outcome.ts";
export type { Finding } from "./checks/finding.ts";
export { jsonReport } from "./report/json.ts";
export { redactResults } from "./report/redact.ts";
export { styleFor } from "./report/style.ts";
export type { Style } from "./report/style.ts";
export { textReport } from "./report/text.ts";
export type { TextOptions } from "./report/text.ts";
export { exitStatus, totalsOf } from "./report/totals.ts";
export type { Totals } from "./report/totals.ts";
export type { Expression, NumberList, Routing, RoutingChange } from "./routing/rule-routing.ts";
export { parseServer } from "./rule/server.ts";
export type { Server } from "./rule/server.ts";
export { readTrunks } from "./routing/trunks.ts";
export type { Trunk } from "./routing/trunks.ts";
export type { NumberFilter } from "./rule/wrap.ts";

/** A request or a rule in another form, or why it has none. */
export type Conversion = Converted | { refused: Refusal[] };

/** A request or a rule in another form, encoded in both ways. */
export interface Converted {
  /** Strict JSON, indented by two spaces, as `lk` takes it. */
  json: string;
  /** The protobuf wire format. */
  binary: Uint8Array;
  /** The change for calls, where there is one; a phrase. */
  routingChange?: string;
  /** The change for calls that the next migration would make, where this conversion makes none; a phrase. */
  remark?: string;
  /** Its values that look like placeholders, each once; unset for none. */
  placeholders?: readonly string[];
}

/**
 * Converts one request in any form, or one bare rule: the text of a JSON document, or the bytes of a
 * CreateSIPDispatchRuleRequest. `to` is the form that comes out.
 */
export function convert(input: string | Uint8Array, to: Target, options: MigrateOptions = {}): Conversion {
  const conversion =
    typeof input === "string" ? convertJson(input, to, options) : convertBinary(input, to, options);
  if ("refused" in conversion) return conversion;
  const { routingChange, remark, placeholders } = conversion.converted;
  return {
    json: asJson(conversion.converted, 2),
    binary: asBinary(conversion.converted),
    ...(routingChange !== undefined && { routingChange }),
    ...(remark !== undefined && { remark }),
    ...(placeholders && { placeholders }),
  };
}
