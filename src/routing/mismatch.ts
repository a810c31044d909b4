import type { Call } from "./call.ts";
import { normalizeNumber } from "./normalize-number.ts";
import { priorityOf } from "./priority.ts";
import type { StoredRule } from "./stored-rule.ts";

/**
 * The first reason for which a rule didn't take a call. In the order of the server's checks:
 * - `other-trunk`: it is bound to trunks, and the call came over another.
 * - `calling-number`, `called-number`: its filter lists other numbers. `spelledOtherwise` is a number in the
 *   filter that is the same but for its spelling, which the server minds; `holdsCalledNumber` says that the
 *   filter on the calling number lists the called one.
 * - `pin-unknown`: the caller entered no PIN and the rule has one. `open`: the caller entered a PIN and the
 *   rule has none. `wrong-pin`.
 * - `no-trunk`: it is bound to trunks, and the call matched none.
 * - `wildcard`: it would take the call, but so would a rule that is bound to the call's trunk.
 * - `priority`: the winner's number is lower.
 * - `room-order`: equal priority; the winner's room name or prefix sorts first.
 * - `id-order`: equal in all that; the winner's id sorts first. `undecided`: the same, but one of them has no
 *   id yet, and the server will give it a random one.
 */
export type Loss =
  | { code: "other-trunk"; trunkIds: readonly string[] }
  | {
      code: "calling-number";
      listed: readonly string[];
      spelledOtherwise: string | undefined;
      holdsCalledNumber: boolean;
    }
  | { code: "called-number"; listed: readonly string[]; spelledOtherwise: string | undefined }
  | { code: "pin-unknown" | "open" | "wrong-pin" }
  | { code: "no-trunk"; trunkIds: readonly string[] }
  | { code: "wildcard" }
  | { code: "priority"; own: number; winner: number }
  | { code: "room-order"; own: string; winner: string }
  | { code: "id-order" | "undecided" };

/** A check that a rule doesn't pass for a call. */
export type Miss = Exclude<Loss["code"], "wildcard" | "priority" | "room-order" | "id-order" | "undecided">;

/** The first check that the rule doesn't pass for this call; undefined when it could take it. */
export function missOf(rule: StoredRule<unknown>, call: Call): Miss | undefined {
  const bound = rule.trunk.length > 0;
  if (bound && call.trunk && !rule.trunk.includes(call.trunk)) return "other-trunk";
  if (rule.calling.length > 0 && !rule.calling.includes(call.callingNumber)) return "calling-number";
  if (rule.called.length > 0 && !rule.called.includes(call.calledNumber)) return "called-number";
  if (call.pin === "" && rule.pin !== "") return "pin-unknown";
  if (call.pin && rule.pin === "") return "open";
  if (call.pin && rule.pin !== call.pin) return "wrong-pin";
  return bound && !call.trunk ? "no-trunk" : undefined;
}

/** The miss with its facts. */
export function lossBy(miss: Miss, rule: StoredRule<unknown>, call: Call): Loss {
  const { trunk: trunkIds, calling, called } = rule;
  switch (miss) {
    case "other-trunk":
    case "no-trunk":
      return { code: miss, trunkIds };
    case "calling-number":
      return {
        code: miss,
        listed: calling,
        spelledOtherwise: sameNumber(calling, call.callingNumber),
        holdsCalledNumber: calling.includes(call.calledNumber),
      };
    case "called-number":
      return { code: miss, listed: called, spelledOtherwise: sameNumber(called, call.calledNumber) };
    default:
      return { code: miss };
  }
}

/** Returns why a rule that could take the call loses to the winner. */
export function beatenBy(winner: StoredRule<unknown>, rule: StoredRule<unknown>): Loss {
  if (rule.trunk.length === 0 && winner.trunk.length > 0) return { code: "wildcard" };
  const [own, best] = [priorityOf(rule), priorityOf(winner)];
  if (own !== best) return { code: "priority", own, winner: best };
  if (rule.room !== winner.room) return { code: "room-order", own: rule.room, winner: winner.room };
  const decided = rule.info.sipDispatchRuleId !== "" && winner.info.sipDispatchRuleId !== "";
  return { code: decided ? "id-order" : "undecided" };
}

/** A number that the server would hold for the same, if it normalised the rules' filters. */
function sameNumber(listed: readonly string[], number: string): string | undefined {
  const wanted = normalizeNumber(number);
  return listed.find((other) => normalizeNumber(other) === wanted);
}
