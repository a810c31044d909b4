import { describe, expect, it } from "vitest";
import { checkText } from "../../src/report/check.ts";
import { styleFor } from "../../src/report/style.ts";
import type { Checked } from "../../src/run/check.ts";
import { checkedFiles, finding } from "./findings.ts";

const PLAIN = { style: styleFor(false), quiet: false, verbose: false, redact: false, version: "1.2.3" };

function lines(checked: Checked, options: Partial<typeof PLAIN> = {}, width = 80): string[] {
  return checkText(checked, { ...PLAIN, ...options, style: styleFor(false, width) }).split("\n");
}

describe("a finding", () => {
  const LONG = finding({
    id: "overlap",
    severity: "error",
    line: 3,
    column: 5,
    message:
      "livekit-server refuses this rule beside the one at sip/day.json:1: both take calls to any number",
    next: "Give them different numbers, trunks or PINs, or delete one.",
    rule: "night",
  });

  it.each([
    [
      80,
      [
        "a b.json:3:5 error overlap livekit-server refuses this rule beside the one at",
        "  sip/day.json:1: both take calls to any number.",
        "    Give them different numbers, trunks or PINs, or delete one.",
      ],
    ],
    [
      120,
      [
        "a b.json:3:5 error overlap livekit-server refuses this rule beside the one at sip/day.json:1: both take calls to any",
        "  number.",
        "    Give them different numbers, trunks or PINs, or delete one.",
      ],
    ],
  ])("is a line, and what to do is below it, in %i columns", (width, expected) => {
    const said = lines(checkedFiles({ "a b.json": [LONG] }), { quiet: true }, width);
    expect(said).toEqual([...expected, ""]);
  });

  it("names its rule where several stand in the file", () => {
    const [first] = lines(checkedFiles({ "a.json": [LONG] }, { "a.json": 2 }));
    expect(first).toBe('a.json:3:5 error overlap "night": livekit-server refuses this rule beside the');
  });

  it("may be likely", () => {
    const said = lines(checkedFiles({ "a.json": [finding({ id: "overlap", certainty: "likely" })] }));
    expect(said[0]).toBe("a.json:1:1 warning overlap this is overlap (likely, not certain).");
  });

  it("has colours for where it is and how severe", () => {
    const text = checkText(checkedFiles({ "a.json": [LONG] }), { ...PLAIN, style: styleFor(true) });
    expect(text).toContain("\u001b[1ma.json:3:5\u001b[0m\u001b[31m error\u001b[0m overlap livekit-server");
  });

  it("lets no control character of a file through", () => {
    const name = "a\u001b[31m\n.json";
    const odd = finding({
      id: "overlap",
      message: "\u001b]0;x\u0007 \u202e",
      next: "\r\u009b",
      rule: "\u0000",
    });
    const text = checkText(checkedFiles({ [name]: [odd] }, { [name]: 2 }), PLAIN);
    expect(text.replaceAll("\n", "")).toMatch(/^[\P{C}]*$/u);
  });
});

describe("findings that are alike", () => {
  it("say once what to do", () => {
    const alike = finding({ id: "flat-form", next: "Move them." });
    const other = finding({ id: "overlap", next: "Move them." });
    const said = lines(checkedFiles({ "a.json": [alike, other], "b.json": [alike] }), { quiet: true });
    expect(said).toEqual([
      "a.json:1:1 warning flat-form this is flat-form.",
      "    Move them.",
      "a.json:1:1 warning overlap this is overlap.",
      "    Move them.",
      "",
      "b.json:1:1 warning flat-form this is flat-form.",
      "",
    ]);
  });

  it("are told by their severity, so that notes hide no error", () => {
    const notes = Array.from({ length: 20 }, () => finding({ id: "overlap", severity: "note" }));
    const error = finding({ id: "overlap", severity: "error", line: 99 });
    expect(lines(checkedFiles({ "a.json": [...notes, error] }))[6]).toBe(
      "a.json:99:1 error overlap this is overlap.",
    );
  });

  it("are counted where there are very many of one kind in a file", () => {
    const many = Array.from({ length: 1200 }, (_, index) => finding({ id: "overlap", line: index + 1 }));
    const said = lines(checkedFiles({ "a.json": many, "b.json": [] }));
    expect(said.slice(5)).toEqual([
      "a.json:6:1 warning overlap this is overlap.",
      "    and 1,194 more findings of this kind (overlap); the JSON report has them",
      "    all.",
      "",
      "2 rules in 2 files, 1 of them with nothing to report: 1,200 warnings (1,200",
      "overlap).",
      "",
    ]);
  });
});

describe("the sums", () => {
  it("count files with nothing to report, and name them where that is asked", () => {
    const checked = checkedFiles({ "a.json": [], "b.json": [] });
    expect(lines(checked)).toEqual(["2 rules in 2 files: nothing to report.", ""]);
    expect(lines(checked, { quiet: true })).toEqual([""]);
    expect(lines(checked, { verbose: true }).slice(0, 2)).toEqual([
      "a.json  nothing to report",
      "b.json  nothing to report",
    ]);
  });

  it("say what can be repaired", () => {
    const fix = (applicability: "safe" | "unsafe") => ({ applicability, edits: [] });
    const said = lines(
      checkedFiles({
        "a.json": [
          finding({ id: "flat-form", fix: fix("safe") }),
          finding({ id: "own-number-as-caller", fix: fix("unsafe") }),
        ],
      }),
    );
    expect(said.slice(-5)).toEqual([
      "1 rule in 1 file: 2 warnings.",
      "`sip-dispatch check --fix` repairs 1 of them.",
      "`sip-dispatch check --fix --unsafe` repairs 1 more, and shows what that does to",
      "calls.",
      "",
    ]);
  });
});
