import * as fc from "fast-check";
import { expect, test } from "vitest";
import { normalizeNumber } from "../../src/routing/normalize-number.ts";

test.for([
  ["15550100", "+15550100"],
  ["+15550100", "+15550100"],
  ["+1 (555) 01-00", "+15550100"],
  ["alice", "alice"],
  ["+1.555.0100", "+1.555.0100"],
  ["++15550100", "++15550100"],
  ["15550100\n", "15550100\n"],
  ["1555\u00a00100", "1555\u00a00100"],
  ["", ""],
  ["+", "+"],
  ["()", "+"],
])("%j is compared as %j", ([number, normal]) => {
  expect(normalizeNumber(number ?? "")).toBe(normal);
});

test("normalising twice is normalising once", () => {
  const number = fc.string({ unit: fc.constantFrom("+", "0", "1", "5", "-", "(", ")", " ", "a") });
  fc.assert(
    fc.property(number, (text) => {
      const once = normalizeNumber(text);
      expect(normalizeNumber(once)).toBe(once);
    }),
  );
});
