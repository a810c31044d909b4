import { expect, it } from "vitest";
import { otherInWords } from "../../src/checks/rule-name.ts";

it.each([
  [{ name: "night", path: "sip/a.json", line: 3 }, '"night" (sip/a.json:3)'],
  [{ name: "night", path: "-", line: 3 }, '"night" (line 3)'],
  [{ name: undefined, path: "sip/a.json", line: 3 }, "the one at sip/a.json:3"],
  [{ name: undefined, path: "-", line: 3 }, "the one on line 3"],
  [{ name: "x".repeat(50), path: "a", line: 1 }, `"${"x".repeat(39)}…" (a:1)`],
])("another rule is named by its name and its place: %j", (rule, words) => {
  expect(otherInWords(rule)).toBe(words);
});
