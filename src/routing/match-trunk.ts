import type { Call } from "./call.ts";
import { admitsAddress } from "./addresses.ts";
import { normalizeNumber } from "./normalize-number.ts";
import { type Server, supports } from "../rule/server.ts";
import type { Trunk } from "./trunks.ts";

/**
 * Which trunk a call matches.
 * - `specific`: the one that has the called number.
 * - `default`: none has it, and there is one without numbers.
 * - `none`: only wildcard dispatch rules can take the call.
 * - `several`: the server answers an error, and the call fails. `numberless` says that they are those without
 *   numbers; otherwise each has the called number (a single one has it twice, and the server minds).
 */
export type TrunkMatch =
  | { kind: "specific" | "default"; trunk: Trunk }
  | { kind: "none"; refusing: TrunkRefusal[] }
  | { kind: "several"; numberless: boolean; trunks: Trunk[] };

/**
 * Why a trunk that a caller may have meant does not take a call: its `allowed_numbers` lack the caller, its
 * `allowed_addresses` the source, or it has the called number with another beginning, which is `number`.
 */
export type TrunkRefusal = { trunk: Trunk } & (
  | { by: "allowed_numbers" | "allowed_addresses" }
  | { by: "numbers"; number: string }
);

/**
 * Matches a call with trunks as livekit-server does: numbers are equal when they are written equally or
 * normalise equally, unlike in dispatch rules. What is not known of where a call comes from counts as admitted.
 * Source: protocol sip/sip.go at v1.54.0, MatchTrunkDetailed; at v1.43.0 for servers before v1.12.0.
 */
export function matchTrunk(trunks: readonly Trunk[], call: Call, server: Server): TrunkMatch {
  const admitting = trunks.filter((trunk) => barOf(trunk, call, server) === undefined);
  const specific = admitting.filter((trunk) => hasCalled(trunk, call.calledNumber));
  const matched = specific.length > 0 ? specific : admitting.filter((trunk) => trunk.numbers.length === 0);
  const [trunk] = matched;
  if (!trunk) return { kind: "none", refusing: trunks.flatMap((one) => refusalOf(one, call, server)) };
  const numberless = trunk.numbers.length === 0;
  const repeats = !supports(server, "repeatedTrunkNumbers") && countOf(trunk.numbers, call.calledNumber) > 1;
  if (matched.length > 1 || repeats) return { kind: "several", numberless, trunks: matched };
  return { kind: numberless ? "default" : "specific", trunk };
}

/** The list of a trunk that does not admit a call; undefined where both do. */
function barOf(
  trunk: Trunk,
  call: Call,
  server: Server,
): "allowed_numbers" | "allowed_addresses" | undefined {
  if (refusesCaller(trunk, call.callingNumber)) return "allowed_numbers";
  return admitsAddress(trunk.allowedAddresses, call, server) ? undefined : "allowed_addresses";
}

function refusalOf(trunk: Trunk, call: Call, server: Server): TrunkRefusal[] {
  const by = barOf(trunk, call, server);
  if (by && (trunk.numbers.length === 0 || hasCalled(trunk, call.calledNumber))) return [{ trunk, by }];
  const number = trunk.numbers.find((one) => isNear(one, call.calledNumber));
  return number === undefined ? [] : [{ trunk, by: "numbers", number }];
}

/** Tells whether one number is the end of the other: the same without a prefix or a country's code. */
function isNear(one: string, other: string): boolean {
  const [shorter = "", longer = ""] = [one, other]
    .map((number) => number.replaceAll(/\D/g, "").replace(/^0+/, ""))
    .toSorted((a, b) => a.length - b.length);
  return shorter.length >= SHORTEST && longer.endsWith(shorter);
}

/** As many digits as a number has at least without its country and area. */
const SHORTEST = 7;

/** Tells whether a trunk lists the number as its own. */
export function hasCalled(trunk: Trunk, number: string): boolean {
  return countOf(trunk.numbers, number) > 0;
}

/** Tells whether a trunk takes calls from certain numbers alone, and not from this one. */
export function refusesCaller({ allowedNumbers }: Trunk, number: string): boolean {
  return allowedNumbers.length > 0 && countOf(allowedNumbers, number) === 0;
}

/** Counts the listed numbers that are this one, in whatever spelling. */
function countOf(listed: readonly string[], number: string): number {
  const wanted = normalizeNumber(number);
  return listed.filter((other) => normalizeNumber(other) === wanted).length;
}
