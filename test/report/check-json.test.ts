import { expect, it } from "vitest";
import { checkJson } from "../../src/report/check-json.ts";
import { checkedFiles, finding } from "./findings.ts";

it("the JSON of a check has all that is known of findings, and sums", () => {
  const also = [{ path: "b.json", line: 2, column: 3 }];
  const checked = checkedFiles({
    "a.json": [finding({ id: "overlap", severity: "error", rule: "night", also, next: "Delete one." })],
    "b.json": [finding({ id: "flat-form", certainty: "likely" })],
    "c.json": [],
  });
  expect(JSON.parse(checkJson({ ...checked, skipped: ["logo.png"] }, { redact: false }))).toEqual({
    version: 1,
    findings: [
      {
        path: "a.json",
        id: "overlap",
        severity: "error",
        line: 1,
        column: 1,
        message: "this is overlap",
        next: "Delete one.",
        certainty: "certain",
        rule: "night",
        also,
        fingerprint: expect.stringMatching(/^[0-9a-f]{32}:1$/),
      },
      {
        path: "b.json",
        id: "flat-form",
        severity: "warning",
        line: 1,
        column: 1,
        message: "this is flat-form",
        certainty: "likely",
        fingerprint: expect.stringMatching(/^[0-9a-f]{32}:1$/),
      },
    ],
    totals: { sources: 3, rules: 3, error: 1, warning: 1, note: 0 },
    skipped: ["logo.png"],
    files: null,
  });
});
