import { groupBy } from "../rule/group-by.ts";
import { memoized } from "../rule/memoized.ts";
import { normalizeNumber } from "./normalize-number.ts";
import type { Trunk } from "./trunks.ts";
import type { NumberFilter } from "../rule/wrap.ts";

/** A number as a rule spells it, and as a trunk does. */
export interface Respelled {
  number: string;
  ofTrunk: string;
}

/**
 * The verdict of known trunks on a rule's numbers; `otherwise` are those that they only know in another spelling, and
 * `trunks` those that know them.
 */
export type NumberEvidence =
  | { verdict: NumberFilter; otherwise: Respelled[]; trunks: Trunk[] }
  | { verdict: "unknown"; unknown: string[]; otherwise: Respelled[] }
  | { verdict: "mixed"; own: string[]; allowed: string[] };

/**
 * Decides whether a rule's numbers are its trunks' own, so called numbers, or their allowed callers. All numbers
 * are decided together, because a rule wants both of its filters to match: splitting the numbers between them
 * would turn "either" into "both". Numbers are compared normalised, as trunks are (protocol sip/sip.go,
 * MatchTrunkDetailed). A rule without trunks belongs to all of them.
 */
export function numberEvidence(
  numbers: readonly string[],
  trunkIds: readonly string[],
  trunks: readonly Trunk[],
): NumberEvidence {
  const { own, callers, both, unknown, otherwise } = knownAmong(numbers, trunkIds, trunks);
  const verdict = callers.length + both.length === 0 ? "numbers" : "inbound_numbers";
  if (verdict === "numbers" && unknown.length > 0) return { verdict: "unknown", unknown, otherwise };
  if (verdict === "numbers" || callers.length === numbers.length)
    return { verdict, otherwise, trunks: trunksWith(numbers, trunkIds, trunks) };
  const of = (...lists: string[][]): string[] => numbers.filter((number) => lists.flat().includes(number));
  return { verdict: "mixed", own: of(own, both), allowed: of(callers, both) };
}

/** Numbers of a rule of which its trunks say something, each as it is written in the rule. */
export interface KnownNumbers {
  /** Own numbers of the trunks, and of no caller whom they allow. */
  own: string[];
  /** Callers whom they allow, and none of their own numbers. */
  callers: string[];
  /** Those that are both. */
  both: string[];
  /** Those that they only have in another spelling. */
  otherwise: Respelled[];
  /** Those of which they say nothing. */
  unknown: string[];
}

/** Sorts a rule's numbers by what its trunks say of them. */
export function knownAmong(
  numbers: readonly string[],
  trunkIds: readonly string[],
  trunks: readonly Trunk[] = [],
): KnownNumbers {
  const { own, callers, spelled } = numbersOf(oursAmong(trunkIds, trunks));
  const known: KnownNumbers = { own: [], callers: [], both: [], otherwise: [], unknown: [] };
  for (const number of numbers) {
    const [isOwn, isCaller] = [own, callers].map((list) => list.has(normalizeNumber(number)));
    known[isOwn && isCaller ? "both" : isOwn ? "own" : isCaller ? "callers" : "unknown"].push(number);
    const [ofTrunk, ...others] = spelled.get(normalizeNumber(number)) ?? [];
    if (ofTrunk !== undefined && ![ofTrunk, ...others].includes(number))
      known.otherwise.push({ number, ofTrunk });
  }
  return known;
}

/** Those of a rule's trunks that have one of these numbers, as their own or as that of a caller. */
export function trunksWith(
  numbers: readonly string[],
  trunkIds: readonly string[],
  trunks: readonly Trunk[] = [],
): Trunk[] {
  const wanted = new Set(numbers.map(normalizeNumber));
  const isWanted = (number: string): boolean => wanted.has(normalizeNumber(number));
  return oursAmong(trunkIds, trunks).filter(
    (trunk) => trunk.numbers.some(isWanted) || trunk.allowedNumbers.some(isWanted),
  );
}

/** A rule without trunks belongs to all of them. */
function oursAmong(trunkIds: readonly string[], trunks: readonly Trunk[]): readonly Trunk[] {
  return trunkIds.length === 0 ? trunks : trunks.filter((trunk) => trunkIds.includes(trunk.id));
}

/** The numbers of trunks: normalised, and as they are spelled. That of all known trunks is kept. */
const numbersOf = memoized((ours: readonly Trunk[]) => ({
  own: new Set(ours.flatMap((trunk) => trunk.numbers.map(normalizeNumber))),
  callers: new Set(ours.flatMap((trunk) => trunk.allowedNumbers.map(normalizeNumber))),
  /** The spellings of each number, by it normalised. */
  spelled: groupBy(
    ours.flatMap((trunk) => [...trunk.numbers, ...trunk.allowedNumbers]),
    normalizeNumber,
  ),
}));
