import type { JsonObject } from "@bufbuild/protobuf";
import { describe, expect, it } from "vitest";
import { pairRules, withoutUnknown } from "../../src/routing/rule-pairs.ts";
import { rulesIn } from "../../src/run/rules-in-text.ts";
import type { WrittenRule } from "../../src/routing/written-rules.ts";

/** The rules of files that hold one rule each, by their paths. */
async function rulesOf(files: Record<string, JsonObject>): Promise<WrittenRule[]> {
  const read = await Promise.all(
    Object.entries(files).map(([path, info]) => {
      const rule = { dispatchRuleDirect: { roomName: "lobby" } };
      return rulesIn(path, JSON.stringify({ sipDispatchRuleId: "", rule, ...info }));
    }),
  );
  return read.flatMap(({ rules }) => rules);
}

/** Each pair as the paths of its two rules. */
async function paired(before: Record<string, JsonObject>, after: Record<string, JsonObject>) {
  const pairs = pairRules(await rulesOf(before), await rulesOf(after), (path) => path);
  return pairs.map((pair) => [pair.before?.path, pair.after?.path]);
}

describe("rules are paired", () => {
  it.each<[string, Record<string, JsonObject>, Record<string, JsonObject>, (string | undefined)[][]]>([
    [
      "by their ids, whatever else they say",
      { "a.json": { sipDispatchRuleId: "SDR_1", name: "x" }, "b.json": { name: "y" } },
      { "a.json": { name: "x" }, "b.json": { sipDispatchRuleId: "SDR_1", name: "y" } },
      [
        ["a.json", "b.json"],
        ["b.json", undefined],
        [undefined, "a.json"],
      ],
    ],
    [
      "by their names, where their files are renamed",
      { "a.json": { name: "x" }, "b.json": { name: "y" } },
      { "c.json": { name: "y" }, "d.json": { name: "x" } },
      [
        ["a.json", "d.json"],
        ["b.json", "c.json"],
      ],
    ],
    [
      "by name and file, where two have one name",
      { "a.json": { name: "x", numbers: ["1"] }, "b.json": { name: "x", numbers: ["2"] } },
      { "b.json": { name: "x", numbers: ["1"] }, "a.json": { name: "x", numbers: ["2"] } },
      [
        ["a.json", "a.json"],
        ["b.json", "b.json"],
      ],
    ],
    [
      "by their numbers, where file and name are others",
      { "a.json": { name: "x", numbers: ["1", "2"] }, "b.json": { name: "y" } },
      { "c.json": { name: "z", numbers: ["2", "1"] }, "b.json": { name: "y" } },
      [
        ["a.json", "c.json"],
        ["b.json", "b.json"],
      ],
    ],
    [
      "by nothing, where nothing is the same",
      { "a.json": { name: "x" }, "b.json": { name: "y" } },
      { "c.json": { name: "z" }, "b.json": { name: "y" } },
      [
        ["a.json", undefined],
        ["b.json", "b.json"],
        [undefined, "c.json"],
      ],
    ],
  ])("%s", async (_, before, after, expected) => {
    expect(await paired(before, after)).toEqual(expected);
  });
});

describe("a file that can't be read", () => {
  it("takes no rule of its other side for new or gone", async () => {
    const side = (rules: WrittenRule[], unusable: string[] = []) => ({
      rules,
      unusable: unusable.map((path) => ({ path })),
      insideOf: (path: string) => path,
    });
    const before = await rulesOf({ "a.json": { name: "a" }, "b.json": { name: "b" } });
    const after = await rulesOf({ "b.json": { name: "b", numbers: ["1"] } });
    const { pairs, skipped } = withoutUnknown(side(before), side(after, ["a.json"]));
    expect(skipped).toBe(1);
    expect(pairs.map((pair) => [pair.before?.info.name, pair.after?.info.numbers])).toEqual([
      ["b", ["1"]],
      ["a", []],
    ]);
  });
});
