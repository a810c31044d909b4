import { addTo } from "../rule/group-by.ts";
import { memoized } from "../rule/memoized.ts";
import { hasCalled, refusesCaller } from "./match-trunk.ts";
import { normalizeNumber } from "./normalize-number.ts";
import { holds, type Selection } from "./selection.ts";
import type { Trunk } from "./trunks.ts";

/** Numbers of a rule with which no call comes over its trunks. */
export interface RefusedNumbers {
  /** Called numbers that none of them has. */
  called: string[];
  /** Callers whom each of them refuses. */
  calling: string[];
}

/**
 * Returns which calls that a rule wants its trunks don't let in; none where it has no trunks, or some that are not
 * known. A trunk without numbers has any that no other trunk has. Numbers are compared as trunks compare them.
 */
export function refusedByTrunks(
  { called, calling, trunkIds }: Record<"called" | "calling" | "trunkIds", readonly string[]>,
  trunks: readonly Trunk[],
): RefusedNumbers {
  const byId = idsOf(trunks);
  const ours = trunkIds.flatMap((id) => byId.get(id) ?? []);
  if (ours.length === 0 || ours.length < trunkIds.length) return { called: [], calling: [] };
  const isTaken = (number: string): boolean => comesElsewhere(number, trunks, (one) => ours.includes(one));
  return {
    called: called.filter(
      (number) =>
        !ours.some((trunk) => (trunk.numbers.length > 0 ? hasCalled(trunk, number) : !isTaken(number))),
    ),
    calling: calling.filter((number) => ours.every((trunk) => refusesCaller(trunk, number))),
  };
}

/**
 * Tells whether a call with one of these numbers may come over one of these trunks, as far as the known ones say. The
 * rest of the trunks includes none at all.
 */
export function canCome(
  { called, calling, trunk }: Record<"called" | "calling" | "trunk", Selection>,
  trunks: readonly Trunk[],
): boolean {
  const byId = idsOf(trunks);
  const isElsewhere = (number: string, isHere: (id: string) => boolean): boolean =>
    comesElsewhere(number, trunks, ({ id }) => isHere(id));
  if (trunk.isRest)
    return called.isRest || !called.values.every((number) => isElsewhere(number, (id) => holds(trunk, id)));
  return trunk.values.some((id) => {
    const known = byId.get(id);
    if (!known) return true;
    if (!calling.isRest && calling.values.every((number) => refusesCaller(known, number))) return false;
    if (called.isRest) return true;
    return called.values.some((number) =>
      known.numbers.length > 0 ? hasCalled(known, number) : !isElsewhere(number, (one) => one === id),
    );
  });
}

const idsOf = memoized((trunks: readonly Trunk[]) => new Map(trunks.map((trunk) => [trunk.id, trunk])));

/** Tells whether each call to the number comes over other trunks than these. */
function comesElsewhere(
  number: string,
  trunks: readonly Trunk[],
  isHere: (trunk: Trunk) => boolean,
): boolean {
  return (
    openHolders(trunks)
      .get(normalizeNumber(number))
      ?.some((trunk) => !isHere(trunk)) ?? false
  );
}

/** The trunks that take every call to a number, by this normalised. */
const openHolders = memoized((trunks: readonly Trunk[]): ReadonlyMap<string, readonly Trunk[]> => {
  const open = new Map<string, Trunk[]>();
  for (const trunk of trunks) {
    if (trunk.allowedNumbers.length + trunk.allowedAddresses.length > 0) continue;
    for (const number of trunk.numbers) addTo(open, normalizeNumber(number), trunk);
  }
  return open;
});
