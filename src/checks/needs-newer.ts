import { SIPDispatchRuleIndividualSchema, SIPDispatchRuleSchema } from "../gen/livekit/livekit_sip_pb.ts";
import type { Newer } from "../rule/newer-fields.ts";
import { fieldOf } from "../rule/fields.ts";
import { NUMBERS_SINCE, WRAPPER_SINCE } from "../rule/protocol-library.ts";
import { isAtLeast, type Server, supports } from "../rule/server.ts";
import type { Value } from "../rule/value.ts";
import { check, type Said } from "./check.ts";
import type { RuleFacts } from "./facts.ts";
import { sdkTooOld, unknownToLibrary } from "./sdk-too-old.ts";

/** Which server and library knows what: src/rule/server.ts, newer-fields.ts and protocol-library.ts, with their sources. */
export const needsNewer = check({
  id: "needs-newer",
  severity: "warning",
  title: "The server that `--server` names, or the library that is pinned, does not know a field of the rule",
  why: "A server drops what it does not know without a word, so that the rule does something else, and LiveKit's library for Python raises an error.",
  next: "Upgrade livekit-server first, or leave the field out.",
  ofMigrated: newerFields,
  ofWrapped: newerFields,
  ofRule: (rule) => {
    const { server } = rule;
    const toServer = server && !server.cloud ? [...olderFields(rule, server), ...newerFields(rule)] : [];
    return [...toServer, ...inOlderLibrary(rule)];
  },
});

/** Of a flat request sdk-too-old says it. */
function inOlderLibrary({ document, form, fields, pins }: RuleFacts): Said[] {
  const numbers = fields.get("numbers");
  const old = form === "flat" ? undefined : unknownToLibrary(pins, numbers !== undefined);
  if (!old) return [];
  const { message } = sdkTooOld.say(old);
  const since = numbers ? NUMBERS_SINCE : WRAPPER_SINCE;
  const next = `Upgrade livekit-protocol to ${since.join(".")} or newer.`;
  const place = old.knowsWrapper && numbers ? { place: document.place(numbers.start) } : {};
  return [{ message, next, severity: "error", ...place }];
}

function newerFields({ document, newer, server }: Pick<RuleFacts, "document" | "newer" | "server">): Said[] {
  return unknownTo(server, newer).map(({ name, at, server: since }) => {
    const later = since === undefined ? "" : `; ${since} is the first that does`;
    const message = `${nameOf(server)} does not know \`${name}\` and drops it${later}`;
    return { message, place: document.place(at.start) };
  });
}

function nameOf(server: Server | undefined): string {
  return `livekit-server ${!server || server.cloud ? "" : server.version.join(".")}`;
}

/** Those of the fields that only the newest programs know which this server doesn't. */
export function unknownTo(server: Server | undefined, newer: readonly Newer[]): Newer[] {
  if (!server || server.cloud) return [];
  return newer.filter(
    ({ server: since }) => since === undefined || !isAtLeast(server, since.split(".").map(Number)),
  );
}

/** Of a flat request, which has none of these, the migration says it. */
function olderFields({ document, form, fields }: RuleFacts, server: Server): Said[] {
  if (form === "flat") return [];
  if (form === "wrapped" && !supports(server, "wrapper")) {
    const message = `${nameOf(server)} does not know \`dispatch_rule\` and answers \`missing rule\``;
    return [{ message, next: "Upgrade livekit-server to 1.9.0 or newer.", severity: "error" }];
  }
  const individual = fieldOf(fields.get("rule"), SIPDispatchRuleSchema, "dispatch_rule_individual");
  const values = {
    numbers: fields.get("numbers"),
    noRandomness: fieldOf(individual, SIPDispatchRuleIndividualSchema, "no_randomness"),
    media: fields.get("media"),
  };
  return OLDER.flatMap(({ feature, says, ...said }) => {
    const value = values[feature];
    if (!value || !holds(value) || supports(server, feature)) return [];
    const message = `${nameOf(server)} does not know ${says}`;
    return [{ ...said, message, place: document.place(value.start) }];
  });
}

const OLDER = [
  {
    feature: "numbers",
    severity: "error",
    says: "`numbers`: it drops the filter, and the rule takes every call on its trunks",
    next: "Upgrade livekit-server to 1.9.11 or newer.",
  },
  {
    feature: "noRandomness",
    says: "`no_randomness`: every call gets a room of its own",
    next: "Upgrade livekit-server to 1.10.0 or newer.",
  },
  {
    feature: "media",
    says: "`media` and drops it",
    next: "Upgrade livekit-server to 1.12.0 or newer, or write `media_encryption`.",
  },
] as const;

/** Tells whether a value says more than nothing. */
function holds(value: Value): boolean {
  switch (value.kind) {
    case "array":
      return value.items.length > 0;
    case "object":
      return value.members.length > 0;
    case "boolean":
      return value.value;
    default:
      return value.kind !== "null";
  }
}
