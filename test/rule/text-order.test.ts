import * as fc from "fast-check";
import { expect, test } from "vitest";
import { compareText } from "../../src/rule/text-order.ts";

test("a character beyond U+FFFF comes after one just below it, as its bytes do", () => {
  expect(compareText("\u{1f4de}", "\uffee")).toBeGreaterThan(0);
});

test("text is ordered by its UTF-8 bytes", () => {
  const text = fc.string({
    unit: fc.constantFrom("a", "B", "\u00e9", "\ud7ff", "\ue000", "\uffee", "\u{1f4de}"),
  });
  fc.assert(
    fc.property(text, text, (a, b) => {
      expect(Math.sign(compareText(a, b))).toBe(Buffer.compare(Buffer.from(a), Buffer.from(b)));
    }),
  );
});
