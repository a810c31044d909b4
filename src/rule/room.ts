import { hasNoRandomness, type Server } from "./server.ts";
import type { RuleKind, StoredRule } from "./stored.ts";

/** The room that a call enters. */
export interface Room {
  name: string;
  /** Whether the server appends `_` and twelve random characters to the name. */
  random: boolean;
}

/**
 * The room that the rule gives a call; with a PIN, once it was entered. Undefined when LiveKit's own code
 * panics: a rule with `hide_phone_number` and a call without a calling number.
 * Source: protocol sip/sip.go at v1.50.4, EvaluateDispatchRule; at v1.43.0 for servers without no_randomness.
 */
export function roomFor(
  rule: StoredRule<unknown>,
  call: { callingNumber: string; calledNumber: string },
  server: Server,
): Room | undefined {
  const from = rule.info.hidePhoneNumber ? hidden(call.callingNumber) : call.callingNumber;
  if (from === undefined) return undefined;
  const kind = rule.info.rule?.rule;
  switch (kind?.case) {
    case "dispatchRuleIndividual":
      if (!hasNoRandomness(server)) return { name: `${rule.room}_${from}`, random: true };
      return { name: prefixed(rule.room, from), random: !kind.value.noRandomness };
    case "dispatchRuleCallee":
      return { name: prefixed(rule.room, call.calledNumber), random: kind.value.randomize };
    case "dispatchRuleDirect":
    case undefined:
      break;
  }
  return { name: rule.room, random: false };
}

/** The room's name as a person reads it, with a placeholder for the random part. */
export function roomText(room: Room): string {
  return room.random ? `${room.name}_<random>` : room.name;
}

/**
 * The name of a rule's rooms for a person: what depends on the call stands in it as `<caller>`, `<called>` and
 * `<random>`. `room` is room_name or room_prefix. As `roomFor` makes it for servers that know `no_randomness`.
 */
export function roomPattern(kind: RuleKind, room: string, isHidden: boolean, random: boolean): string {
  if (kind === "direct") return room;
  const caller = isHidden ? "<caller's last 4 digits>" : "<caller>";
  const parts = [room, kind === "individual" ? caller : "<called>", random ? "<random>" : ""];
  return parts.filter((part) => part !== "").join("_");
}

/** The same for a rule as it is stored. */
export function roomPatternOf(rule: StoredRule<unknown>): string {
  const kind = rule.info.rule?.rule;
  const random = kind?.case === "dispatchRuleCallee" ? kind.value.randomize : !isFixed(kind);
  return rule.kind ? roomPattern(rule.kind, rule.room, rule.info.hidePhoneNumber, random) : "";
}

function isFixed(kind: NonNullable<StoredRule<unknown>["info"]["rule"]>["rule"] | undefined): boolean {
  return kind?.case === "dispatchRuleIndividual" && kind.value.noRandomness;
}

function prefixed(prefix: string, number: string): string {
  return prefix === "" ? number : `${prefix}_${number}`;
}

/**
 * The last four bytes of a number, or the last one when it has four or fewer; undefined for the empty number.
 * A character that is cut in two becomes U+FFFD.
 */
function hidden(number: string): string | undefined {
  const bytes = new TextEncoder().encode(number);
  if (bytes.length === 0) return undefined;
  return new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes.subarray(bytes.length <= 4 ? -1 : -4));
}
