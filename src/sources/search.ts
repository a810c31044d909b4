import type { Span } from "../rule/value.ts";

/** The first index below `length` from which on `isPast` is true, in logarithmic time; `length` where there is none. */
export function firstIndex(length: number, isPast: (index: number) => boolean): number {
  let low = 0;
  let high = length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (isPast(middle)) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** The index of the first of ascending numbers that is over a limit; how many there are if none is. */
export function firstOver(numbers: readonly number[], limit: number): number {
  return firstIndex(numbers.length, (index) => (numbers[index] ?? 0) > limit);
}

/** The index of the first of ordered spans that begins at an offset or behind it; their number if none does. */
export function firstFrom(spans: readonly Span[], offset: number): number {
  return firstIndex(spans.length, (index) => (spans[index]?.start ?? offset) >= offset);
}

/** The one of ordered spans that don't overlap in which a character stands; undefined where none does. */
export function spanAt<S extends Span>(spans: readonly S[], offset: number): S | undefined {
  const span = spans[firstIndex(spans.length, (index) => (spans[index]?.end ?? offset) > offset)];
  return span && span.start <= offset ? span : undefined;
}
