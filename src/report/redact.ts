import type { JsonValue } from "@bufbuild/protobuf";
import type { Counted, Replay } from "../calls/replay.ts";
import type { SiteResult, SourceResult } from "../plan/outcome.ts";
import type { Converted } from "../convert/convert.ts";
import { messageFromJson, messageJson } from "../rule/message.ts";
import { setKey, type Value } from "../rule/value.ts";
import { readJson } from "../documents/json/read.ts";
import { applyEdits, type Edit } from "../sources/syntax.ts";

/** Stands in the place of a value that is not to be seen. */
export const REDACTED = "[redacted]";

/**
 * The fields that hold PINs, personal data or secrets, by proto names: those that LiveKit's protos mark
 * (logger.sensitivity, protocol f5993a26), and the PIN, which they don't.
 */
const SENSITIVE: ReadonlySet<string> = new Set([
  "pin",
  "metadata",
  "attributes",
  "tags",
  "access_key",
  "secret",
  "session_token",
  "assume_role_arn",
  "assume_role_external_id",
  "tagging",
  "content_disposition",
  "credentials",
  "account_name",
  "account_key",
  "username",
  "password",
  "signing_key",
]);

/** Tells whether the values of a field are hidden by `--redact`. */
export function isSensitive(field: string): boolean {
  return SENSITIVE.has(field);
}

/** The JSON of a message, by proto names, with every sensitive value replaced. Keys of maps stay. */
export function redactJson<T extends JsonValue>(json: T): T {
  return redactValue(json, false) as T;
}

function redactValue(json: JsonValue, isHidden: boolean): JsonValue {
  if (typeof json !== "object" || json === null) return isHidden && json !== "" ? REDACTED : json;
  if (Array.isArray(json)) return json.map((item) => redactValue(item, isHidden));
  const copy: Record<string, JsonValue> = {};
  for (const [key, value] of Object.entries(json))
    setKey(copy, key, redactValue(value, isHidden || isSensitive(key)));
  return copy;
}

/** A converted document with every sensitive value replaced. */
export function redacted({ schema, message }: Converted): Converted {
  return { schema, message: messageFromJson(schema, redactJson(messageJson(schema, message))) };
}

/** The results with every sensitive value replaced, in whatever of them is printed. */
export function redactResults(results: readonly SourceResult[]): SourceResult[] {
  return results.map((result) => ({ ...result, sites: result.sites.map(redactSite) }));
}

function redactSite(site: SiteResult): SiteResult {
  const { routing } = site;
  const pin = (of: NonNullable<typeof routing>["after"]) => ({ ...of, pin: of.pin === "" ? "" : REDACTED });
  return {
    ...site,
    before: site.before && redactJson(site.before),
    after: site.after && redactJson(site.after),
    routing: routing && {
      documented: pin(routing.documented),
      server: pin(routing.server),
      after: pin(routing.after),
    },
  };
}

/** Returns what was found of the calls of a log, without whom they were from and to. */
export function redactReplay(replay: Replay): Replay {
  const hide = (number: string): string => (number === "" ? number : REDACTED);
  const anonymous = <Kind>(counts: readonly Counted<Kind>[]): Counted<Kind>[] =>
    counts.map((one) => ({
      ...one,
      examples: one.examples.map((call) => ({ ...call, from: hide(call.from), to: hide(call.to) })),
    }));
  return {
    ...replay,
    unexplained: anonymous(replay.unexplained),
    moves: replay.moves && anonymous(replay.moves),
  };
}

/** A JSON text with every sensitive value replaced, comments and all else as it is. */
export function redactText(text: string): string {
  const read = readJson(text);
  return "value" in read ? applyEdits(text, hidingEdits(read.value, false)) : text;
}

function hidingEdits(value: Value, sensitive: boolean): Edit[] {
  switch (value.kind) {
    case "object":
      return value.members.flatMap((member) =>
        hidingEdits(member.value, sensitive || isSensitive(protoName(member.key))),
      );
    case "array":
      return value.items.flatMap((item) => hidingEdits(item, sensitive));
    default:
      return sensitive && value.kind !== "null"
        ? [{ start: value.start, end: value.end, text: JSON.stringify(REDACTED) }]
        : [];
  }
}

function protoName(key: string): string {
  return key.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}
