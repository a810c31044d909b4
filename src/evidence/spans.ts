import type { Span } from "../rule/value.ts";
import { firstFrom } from "../sources/search.ts";

/** Tells which spans begin in a span, by their indices. They are in the order of their text. */
export function beginningIn(spans: readonly Span[]): (span: Span) => number[] {
  return ({ start, end }) => {
    const found: number[] = [];
    for (let index = firstFrom(spans, start); (spans[index]?.start ?? end) < end; index++) found.push(index);
    return found;
  };
}
