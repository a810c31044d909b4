import { describe, expect, it } from "vitest";
import { githubReport } from "../../src/report/github.ts";
import { checkedFiles, finding } from "./findings.ts";

describe("annotations for GitHub", () => {
  it("stand at their lines, with what to do", () => {
    const overlap = finding({ id: "overlap", severity: "error", line: 3, column: 5, next: "Delete one." });
    expect(githubReport(checkedFiles({ "sip/a.json": [overlap] }))).toBe(
      "::error file=sip/a.json,line=3,col=5,title=Two rules that want the same calls (overlap)::This is overlap.%0ADelete one.\n",
    );
  });

  it.each([
    ["error", "error"],
    ["warning", "warning"],
    ["note", "notice"],
  ] as const)("%s is %s", (severity, level) => {
    expect(githubReport(checkedFiles({ a: [finding({ id: "overlap", severity })] }))).toMatch(`::${level} `);
  });

  it("can't be broken out of", () => {
    const odd = finding({ id: "overlap", message: "50%\n::error::x", next: "a\r\nb" });
    const text = githubReport(checkedFiles({ "a,line=9::b\n::stop-commands::x%.json": [odd] }));
    expect(text.match(/\n/g)).toHaveLength(1);
    expect(text).toContain(String.raw`file=a%2Cline=9%3A%3Ab\x0a%3A%3Astop-commands%3A%3Ax%25.json,line=1,`);
    expect(text).toContain(String.raw`::50%25\x0a::error::x.%0Aa\x0d\x0ab`);
  });

  it("are no more than ten of a level, and the others are counted", () => {
    const many = (["error", "warning", "note"] as const).flatMap((severity) =>
      Array.from({ length: severity === "error" ? 10 : 1012 }, () => finding({ id: "overlap", severity })),
    );
    const lines = githubReport(checkedFiles({ "a.json": many }))
      .trimEnd()
      .split("\n");
    const levels = lines.map((line) => line.split(" ")[0]);
    expect(levels.filter((level) => level === "::error")).toHaveLength(10);
    expect(levels.filter((level) => level === "::warning")).toHaveLength(10);
    expect(levels.filter((level) => level === "::notice")).toHaveLength(10);
    expect(lines.at(-1)).toBe(
      "::notice title=sip-dispatch::1,002 more warnings, 1,003 more notes: GitHub shows ten of a level. The log of `sip-dispatch check` has all of them.",
    );
  });

  it.each([
    ["this rule names no trunk", "This rule names no trunk."],
    ["is not JSON: line 3 ends too early", "It is not JSON: line 3 ends too early."],
    ["likely callers: ST_a allows them (trunks.json)", "Likely callers: ST_a allows them (trunks.json)."],
    [
      "the text ends inside the object that opens at 1:1",
      "The text ends inside the object that opens at 1:1.",
    ],
    // Names, paths and code are as they are.
    ["livekit-server refuses this rule", "livekit-server refuses this rule."],
    ["register.sh:8 passes `--direct`", "register.sh:8 passes `--direct`."],
    ["my rules/register:8 passes `--direct`", "my rules/register:8 passes `--direct`."],
    ["`lk` refuses `_comment`", "`lk` refuses `_comment`."],
    ["`agent` is not a field; did you mean `agents`?", "`agent` is not a field; did you mean `agents`?"],
  ])("are sentences: %s", (message, said) => {
    const text = githubReport(checkedFiles({ "a.json": [finding({ id: "overlap", message })] }));
    expect(text.slice(text.indexOf("calls (overlap)::") + 17)).toBe(`${said}\n`);
  });

  it("are none where there is nothing to say", () => {
    expect(githubReport(checkedFiles({ "a.json": [] }))).toBe("");
  });
});
