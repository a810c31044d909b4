import { expect, test } from "vitest";
import { styleFor } from "../../src/report/style.ts";
import { labelled, labelledPlace, ruleTable } from "../../src/report/table.ts";

test("a labelled text is indented where it is broken", () => {
  const style = { ...styleFor(false), width: 14 };
  expect(labelled("Room", "one two three", style)).toEqual(["Room  one two", "      three"]);
});

test("a labelled text is painted as one piece, beside its label", () => {
  expect(labelled("Rule", "none matches", styleFor(true), "red")).toEqual([
    "\u001B[2mRule  \u001B[0m\u001B[31mnone matches\u001B[0m",
  ]);
});

test("a path is broken after a slash, another long word where the width ends; control characters are shown", () => {
  const style = { ...styleFor(false), width: 20 };
  expect(labelled("Room", "sip/rules/a.json:1:1\n abcdefghijklmnop", style)).toEqual([
    "Room  sip/rules/",
    String.raw`      a.json:1:1\x0a`,
    "      abcdefghijklmn",
    "      op",
  ]);
});

test("a labelled place is never broken", () => {
  const place = `${"folder/".repeat(20)}rule.json:1:1`;
  expect(labelledPlace(place, styleFor(false))).toBe(`      ${place}`);
});

test("a rule's place is never broken: the column grows up to half the page, and a longer one has a line of its own", () => {
  const [style, text] = [styleFor(false, 40), "one two three four five"];
  expect(ruleTable([{ name: "a long name of a rule", place: "some/rules.json:1:1", text }], style)).toEqual([
    "a long name of a     one two three four",
    "rule                 five",
    "some/rules.json:1:1",
  ]);
  expect(ruleTable([{ name: "name", place: "some/folder/rule.json:1:1", text }], style)).toEqual([
    "name                  one two three four",
    "some/folder/rule.json:1:1",
    "                      five",
  ]);
});

test("a page is as wide as its terminal, but for a very narrow and a very wide one", () => {
  expect([20, 60, 100, 300].map((columns) => styleFor(false, columns).width)).toEqual([40, 60, 100, 120]);
  expect(styleFor(false).width).toBe(80);
});
