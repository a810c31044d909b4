import { isUtf8 } from "node:buffer";
import { type Server, supports } from "../rule/server.ts";
import type { RuleKind, StoredRule } from "./stored-rule.ts";

/** The room that a call enters. */
export interface Room {
  name: string;
  /** True if the server appends `_` and twelve random characters to the name. */
  random: boolean;
}

/**
 * Why a call gets no room, although a rule with `hide_phone_number` takes it:
 * - `crash`: it has no calling number, over which livekit-server ended before v1.13.8.
 * - `broken-character`: the last four bytes of its calling number begin inside of a character, and the answer to
 *   livekit-sip can't be written (protobuf's strings are UTF-8).
 */
export type NoRoom = "crash" | "broken-character";

/**
 * The room that the rule gives a call; with a PIN, once it was entered.
 * Source: protocol sip/sip.go at v1.54.0, EvaluateDispatchRule; at v1.43.0 for servers without no_randomness.
 */
export function roomFor(
  rule: StoredRule<unknown>,
  call: { callingNumber: string; calledNumber: string },
  server: Server,
): Room | NoRoom {
  const from = rule.info.hidePhoneNumber ? hidden(call.callingNumber) : call.callingNumber;
  if (from === "" && rule.info.hidePhoneNumber && !supports(server, "hiddenEmptyCaller")) return "crash";
  if (from === undefined) return "broken-character";
  const kind = rule.info.rule?.rule;
  switch (kind?.case) {
    case "dispatchRuleIndividual":
      if (!supports(server, "noRandomness")) return { name: `${rule.room}_${from}`, random: true };
      return { name: prefixed(rule.room, from), random: !kind.value.noRandomness };
    case "dispatchRuleCallee":
      return { name: prefixed(rule.room, call.calledNumber), random: kind.value.randomize };
    default:
      return { name: rule.room, random: false };
  }
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
  const isFixed = kind?.case === "dispatchRuleIndividual" && kind.value.noRandomness;
  const random = kind?.case === "dispatchRuleCallee" ? kind.value.randomize : !isFixed;
  return rule.kind ? roomPattern(rule.kind, rule.room, rule.info.hidePhoneNumber, random) : "";
}

function prefixed(prefix: string, number: string): string {
  return prefix === "" ? number : `${prefix}_${number}`;
}

/**
 * The last four bytes of a number, or the last one when it has four or fewer; undefined when they begin inside of a
 * character.
 */
function hidden(number: string): string | undefined {
  const bytes = Buffer.from(number);
  const last = bytes.subarray(bytes.length <= 4 ? -1 : -4);
  return isUtf8(last) ? last.toString() : undefined;
}
