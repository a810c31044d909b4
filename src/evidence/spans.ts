import type { Span } from "../rule/value.ts";

/** Tells which spans begin in a span, by their indices. They are in the order of their text. */
export function beginningIn(spans: readonly Span[]): (span: Span) => number[] {
  return ({ start, end }) => {
    let low = 0;
    let high = spans.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((spans[middle]?.start ?? end) < start) low = middle + 1;
      else high = middle;
    }
    const found: number[] = [];
    for (let index = low; (spans[index]?.start ?? end) < end; index++) found.push(index);
    return found;
  };
}
