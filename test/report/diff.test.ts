import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { comparePairs } from "../../src/report/comparison.ts";
import { diffReport } from "../../src/report/diff.ts";
import { styleFor } from "../../src/report/style.ts";
import { pairRules } from "../../src/routing/pairs.ts";
import { rulesIn, type WrittenRule } from "../../src/routing/written-rules.ts";
import { NEW } from "../rule/rules.ts";

const FIXTURES = join(import.meta.dirname, "../fixtures/diff");
const OPTIONS = { redact: false, jsonDiff: false, cloud: false };

/** The rules of all files of a folder, with the paths that a person would see. */
async function rulesOf(name: string, side: "before" | "after"): Promise<WrittenRule[]> {
  const folder = join(FIXTURES, name, side);
  const read = await Promise.all(
    readdirSync(folder)
      .toSorted()
      .map((file) => rulesIn(`${side}/${file}`, readFileSync(join(folder, file), "utf8"))),
  );
  return read.flatMap(({ rules }) => rules);
}

async function reported(name: string, width: number, color = false): Promise<string> {
  const pairs = pairRules(await rulesOf(name, "before"), await rulesOf(name, "after"));
  return diffReport(comparePairs(pairs, NEW), { ...styleFor(color), width }, OPTIONS);
}

/** A folder holds both sides and what a reviewer should read in 80 and in 120 columns. */
describe.each(readdirSync(FIXTURES))("%s", (name) => {
  it.each([80, 120])("as a reviewer sees it in %i columns", async (width) => {
    const text = await reported(name, width);
    expect(text).toBe(readFileSync(join(FIXTURES, name, `${width}.txt`), "utf8"));
    expect(text.split("\n").filter((line) => line.length > width)).toEqual([]);
  });

  it("says the same in colour", async () => {
    // oxlint-disable-next-line no-control-regex
    expect((await reported(name, 80, true)).replaceAll(/\u001b\[\d+m/g, "")).toBe(await reported(name, 80));
  });
});
