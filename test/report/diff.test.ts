import { describe, expect, it } from "vitest";
import { comparePairs } from "../../src/report/comparison.ts";
import { diffReport } from "../../src/report/diff.ts";
import { styleFor } from "../../src/report/style.ts";
import { pairRules } from "../../src/routing/rule-pairs.ts";
import { NEW } from "../routing/calls-and-rules.ts";
import { diffFixtures, rulesOf, textOf } from "./diff-fixtures.ts";

const OPTIONS = { redact: false, jsonDiff: false, cloud: false };

async function reported(name: string, width: number, color = false): Promise<string> {
  const pairs = pairRules(await rulesOf(name, "before"), await rulesOf(name, "after"));
  return diffReport(comparePairs(pairs, NEW), { ...OPTIONS, style: { ...styleFor(color), width } });
}

/** A folder holds both sides and what a reviewer should read in 80 and in 120 columns. */
describe.each(diffFixtures())("%s", (name) => {
  it.each([80, 120])("as a reviewer sees it in %i columns", async (width) => {
    const text = await reported(name, width);
    expect(text).toBe(textOf(name, width));
    expect(text.split("\n").filter((line) => line.length > width)).toEqual([]);
  });

  it("says the same in colour", async () => {
    // oxlint-disable-next-line no-control-regex
    expect((await reported(name, 80, true)).replaceAll(/\u001b\[\d+m/g, "")).toBe(await reported(name, 80));
  });
});
