import { expect, test } from "vitest";
import { styleFor } from "../../src/report/style.ts";
import { labelled, tableRow } from "../../src/report/table.ts";

test("cells stand side by side, each broken into its width", () => {
  expect(tableRow([["one two", "three"], ["a b c d"]], [5, 3])).toEqual([
    "one    a b",
    "two    c d",
    "three",
  ]);
});

test("a path is broken after a slash, another long word where the width ends", () => {
  expect(tableRow([["sip/rules/a.json:1:1"], ["abcdefgh"]], [12, 5])).toEqual([
    "sip/rules/    abcde",
    "a.json:1:1    fgh",
  ]);
});

test("what fits keeps its spaces, and control characters are shown", () => {
  expect(tableRow([["a  b\n"]], [10])).toEqual([String.raw`a  b\x0a`]);
});

test("a labelled text is indented where it is broken", () => {
  const style = { ...styleFor(false), width: 14 };
  expect(labelled("Room", "one two three", style)).toEqual(["Room  one two", "      three"]);
});
