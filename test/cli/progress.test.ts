import { expect, test } from "vitest";
import { cut } from "../../src/cli/progress.ts";

test("what fits stays as it is", () => {
  expect(cut("12 files read", 13)).toBe("12 files read");
});

test("of what doesn't fit the end is kept, where the name of a file is", () => {
  expect(cut("a/b/rule.json", 10)).toBe("…rule.json");
});

test("a wide character counts as two columns, so the line is never too long", () => {
  expect(cut("電話/規則.json", 8)).toBe("…則.json");
});
