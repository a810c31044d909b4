import { describe, expect, it } from "vitest";
import { lineStart } from "../../src/sources/lines.ts";
import { firstFrom, firstIndex, firstOver, spanAt } from "../../src/sources/search.ts";

const span = (start: number, end: number) => ({ start, end });
const spans = [span(2, 4), span(4, 5), span(8, 9)];

describe("a search in what is in order", () => {
  it.each([0, 1, 2, 3, 4])("finds the first index of four from %i on", (first) => {
    expect(firstIndex(4, (index) => index >= first)).toBe(first);
  });

  it("asks no index below zero or over the length", () => {
    const asked: number[] = [];
    firstIndex(1000, (index) => asked.push(index) < 0);
    expect(asked.length).toBeLessThanOrEqual(10);
    expect(Math.max(...asked)).toBe(999);
    expect(firstIndex(0, () => true)).toBe(0);
  });

  it.each([
    [0, 0],
    [1, 1],
    [2, 3],
    [9, 4],
  ])("finds the first number over %i", (limit, index) => {
    expect(firstOver([1, 2, 2, 3], limit)).toBe(index);
  });

  it.each([
    [0, 0],
    [2, 0],
    [3, 1],
    [5, 2],
    [9, 3],
  ])("finds the first span from %i on", (offset, index) => {
    expect(firstFrom(spans, offset)).toBe(index);
  });

  it.each([
    [1, undefined],
    [2, spans[0]],
    [3, spans[0]],
    [4, spans[1]],
    [5, undefined],
    [8, spans[2]],
    [9, undefined],
  ])("finds the span of the character at %i", (offset, found) => {
    expect(spanAt(spans, offset)).toBe(found);
  });
});

describe("where a line starts", () => {
  it.each([
    ["a\nbc", 3, 2],
    ["a\r\nbc", 4, 3],
    ["a\rbc", 3, 2],
    ["abc", 2, 0],
    ["a\n", 1, 0],
    ["a\n", 2, 2],
    ["\uFEFFabc", 2, 1],
  ])("%j at %i", (text, offset, start) => {
    expect(lineStart(text, offset)).toBe(start);
  });
});
