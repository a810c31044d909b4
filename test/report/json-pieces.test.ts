import { describe, expect, it } from "vitest";
import { jsonPieces, jsonText } from "../../src/report/style.ts";

describe("JSON in pieces", () => {
  it.each([
    ["lists", { version: 1, none: [], numbers: [1, "two\n"], objects: [{ a: [{}, []] }, { b: null }] }],
    ["objects and values", { totals: { a: 1, inner: { list: [1] } }, calls: null, no: false }],
    ["what is undefined", { first: undefined, a: 1, last: undefined }],
    ["what a terminal would act on", { "a\u009b": ["\u202e", "\u001b[31m"] }],
  ])("is what it is as one text: %s", (_, report) => {
    expect([...jsonPieces(report)].join("")).toBe(jsonText(report));
  });

  it("takes the entries of a list one by one", () => {
    const given: number[] = [];
    function* entries(): Generator<number> {
      for (const entry of [1, 2]) {
        given.push(entry);
        yield entry;
      }
    }
    const pieces = jsonPieces({ entries: entries() });
    while (given.length === 0) pieces.next();
    expect(given).toEqual([1]);
  });
});
