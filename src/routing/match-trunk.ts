import { admitsAddress } from "./addresses.ts";
import { normalizeNumber } from "./normalize-number.ts";
import { takesRepeatedTrunkNumbers, type Server } from "../rule/server.ts";
import type { Trunk } from "./trunks.ts";

/** Where a call comes from. What is not known counts as admitted. */
export interface TrunkCall {
  calledNumber: string;
  callingNumber: string;
  sourceIp?: string;
  fromHost?: string;
}

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
  | { kind: "none" }
  | { kind: "several"; numberless: boolean; trunks: Trunk[] };

/**
 * Matches a call with trunks as livekit-server does: numbers are equal when they are written equally or
 * normalise equally, unlike in dispatch rules.
 * Source: protocol sip/sip.go at v1.54.0, MatchTrunkDetailed; at v1.43.0 for servers before v1.12.0.
 */
export function matchTrunk(trunks: readonly Trunk[], call: TrunkCall, server: Server): TrunkMatch {
  const admitting = trunks.filter(
    (trunk) =>
      (trunk.allowedNumbers.length === 0 || countOf(trunk.allowedNumbers, call.callingNumber) > 0) &&
      admitsAddress(trunk.allowedAddresses, call, server),
  );
  const specific = admitting.filter((trunk) => countOf(trunk.numbers, call.calledNumber) > 0);
  const matched = specific.length > 0 ? specific : admitting.filter((trunk) => trunk.numbers.length === 0);
  const [trunk] = matched;
  if (!trunk) return { kind: "none" };
  const numberless = trunk.numbers.length === 0;
  const repeats = !takesRepeatedTrunkNumbers(server) && countOf(trunk.numbers, call.calledNumber) > 1;
  if (matched.length > 1 || repeats) return { kind: "several", numberless, trunks: matched };
  return { kind: numberless ? "default" : "specific", trunk };
}

/** How many of the listed numbers are this one, in whatever spelling. */
function countOf(listed: readonly string[], number: string): number {
  const wanted = normalizeNumber(number);
  return listed.filter((other) => normalizeNumber(other) === wanted).length;
}
