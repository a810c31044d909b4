import { normalizeNumber } from "./normalize-number.ts";
import type { Trunk } from "./trunks.ts";
import type { NumberFilter } from "../rule/wrap.ts";

/**
 * What known trunks say about a rule's numbers; `otherwise` are those that they only know in another spelling, and
 * `trunks` those that know them.
 */
export type NumberEvidence =
  | { verdict: NumberFilter; otherwise: string[]; trunks: Trunk[] }
  | { verdict: "unknown"; unknown: string[]; otherwise: string[] }
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
  const ours = trunkIds.length === 0 ? trunks : trunks.filter((trunk) => trunkIds.includes(trunk.id));
  const ownNumbers = new Set(ours.flatMap((trunk) => trunk.numbers.map(normalizeNumber)));
  const callers = new Set(ours.flatMap((trunk) => trunk.allowedNumbers.map(normalizeNumber)));
  const own = numbers.filter((number) => ownNumbers.has(normalizeNumber(number)));
  const allowed = numbers.filter((number) => callers.has(normalizeNumber(number)));
  const unknown = numbers.filter((number) => !ownNumbers.has(normalizeNumber(number)));
  const spelled = new Set(ours.flatMap((trunk) => [...trunk.numbers, ...trunk.allowedNumbers]));
  const otherwise = [...own, ...allowed].filter((number) => !spelled.has(number));
  const wanted = new Set(numbers.map(normalizeNumber));
  const holding = (listOf: (trunk: Trunk) => readonly string[]): Trunk[] =>
    ours.filter((trunk) => listOf(trunk).some((number) => wanted.has(normalizeNumber(number))));
  if (allowed.length === 0) {
    if (unknown.length > 0) return { verdict: "unknown", unknown, otherwise };
    return { verdict: "numbers", otherwise, trunks: holding((trunk) => trunk.numbers) };
  }
  if (own.length === 0 && allowed.length === numbers.length) {
    return { verdict: "inbound_numbers", otherwise, trunks: holding((trunk) => trunk.allowedNumbers) };
  }
  return { verdict: "mixed", own, allowed };
}

/** Those of a rule's numbers of which its trunks say this: `numbers` are their own, and of no caller whom they allow. */
export function numbersToldAs(
  verdict: NumberEvidence["verdict"],
  numbers: readonly string[],
  trunkIds: readonly string[],
  trunks: readonly Trunk[],
): string[] {
  return numbers.filter((number) => numberEvidence([number], trunkIds, trunks).verdict === verdict);
}
