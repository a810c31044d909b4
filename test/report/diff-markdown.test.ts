import { describe, expect, it } from "vitest";
import { comparePairs } from "../../src/report/comparison.ts";
import { diffMarkdown } from "../../src/report/diff-markdown.ts";
import { pairRules } from "../../src/routing/rule-pairs.ts";
import { rulesIn } from "../../src/run/rules-in-text.ts";
import { NEW } from "../routing/calls-and-rules.ts";

const OPTIONS = { redact: false, jsonDiff: false, cloud: false };
const rule = (name: string, number: string): string =>
  JSON.stringify({ name, numbers: [number], rule: { dispatchRuleDirect: { roomName: "lobby" } } });

async function markdown(before: readonly string[], after: readonly string[]): Promise<string> {
  const [one, other] = await Promise.all(
    [before, after].map((rules) =>
      rulesIn("a.ndjson", rules.map((text) => `{"dispatch_rule": ${text}}\n`).join("")),
    ),
  );
  return diffMarkdown(comparePairs(pairRules(one?.rules ?? [], other?.rules ?? []), NEW), OPTIONS);
}

describe("a difference as Markdown", () => {
  it("has the sums for its heading, and the report below it", async () => {
    const lines = (await markdown([rule("desk", "+15550100")], [rule("desk", "+15550101")])).split("\n");
    expect(lines.slice(0, 3)).toEqual([
      "### sip-dispatch: 1 rule of 1 differs: 1 takes other calls.",
      "",
      "```text",
    ]);
    expect(lines).toContain("  + gains    calls to +15550101 (before: no rule)");
    expect(lines.slice(-2)).toEqual(["```", ""]);
  });

  it("can't be broken out of", async () => {
    const text = await markdown([rule("```\n# x", "+15550100")], [rule("```\n# x", "+15550101")]);
    expect(text).toContain("\n````text\n");
    expect(text.match(/^`{4,}/gm)).toEqual(["````", "````"]);
    expect(text).not.toMatch(/^# /m);
  });

  it("fits into a comment", async () => {
    const names = Array.from({ length: 400 }, (_, index) => `${index} ${"x".repeat(200)}`);
    const text = await markdown(
      names.map((name) => rule(name, "+15550100")),
      [],
    );
    expect(text.length).toBeLessThan(65_536);
    expect(text).toMatch(/[\d,]+ more lines: `sip-dispatch diff` shows all of them\.\n$/);
  });
});
