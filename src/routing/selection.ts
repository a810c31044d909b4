import { memoized } from "../rule/memoized.ts";

/**
 * Values of one dimension of calls: those that are listed, or all but those. Empty with `isRest`: every value there is.
 * Of trunks, the rest includes a call over no trunk at all.
 */
export interface Selection {
  values: readonly string[];
  isRest: boolean;
}

/** Every value. */
export const ANY: Selection = { values: [], isRest: true };

/** These values alone. */
export function only(values: readonly string[]): Selection {
  return { values, isRest: false };
}

/** Every value but these. */
export function allBut(values: readonly string[]): Selection {
  return values.length === 0 ? ANY : { values, isRest: true };
}

/** Tells whether every value is meant. */
export function isEvery({ values, isRest }: Selection): boolean {
  return isRest && values.length === 0;
}

/** Tells whether the value is among those that are meant. */
export function holds({ values, isRest }: Selection, value: string): boolean {
  return setOf(values).has(value) !== isRest;
}
/** Kept, because a rest may leave out a million numbers and be asked for each of them. */
const setOf = memoized((values: readonly string[]): ReadonlySet<string> => new Set(values));

/** The values of both. */
export function union(a: Selection, b: Selection): Selection {
  if (!a.isRest && !b.isRest) return only([...new Set([...a.values, ...b.values])]);
  if (!a.isRest) return union(b, a);
  const known = new Set(b.values);
  return allBut(a.values.filter((value) => known.has(value) === b.isRest));
}

/** The values that are not among these. */
export function complement({ values, isRest }: Selection): Selection {
  return { values, isRest: !isRest };
}

/** The values that both have. */
export function shared(a: Selection, b: Selection): Selection {
  return complement(union(complement(a), complement(b)));
}

/** The same text for the same values. Kept, because a rest may leave out a million numbers. */
export const keyOf = memoized(({ values, isRest }: Selection) => JSON.stringify([isRest, values.toSorted()]));
