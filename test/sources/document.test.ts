import { describe, expect, it } from "vitest";
import { migrateText } from "../../src/plan/migrate-text.ts";

const FLAT = '{"rule":{"dispatchRuleDirect":{"roomName":"lobby"}}}';
const WRAPPED = '{"dispatch_rule":{"rule":{"dispatchRuleDirect":{"roomName":"lobby"}}}}';

/** A page of fences that stand in each other, the innermost of JSON, and then one that stands alone. */
function page(levels: number, inner: string, alone: string): string {
  const open = Array.from({ length: levels }, (_, level) => "`".repeat(levels - level + 2));
  const languages = open.map((_, level) => (level === levels - 1 ? "json" : "md"));
  return [
    ...open.map((fence, level) => fence + languages[level]),
    inner,
    ...open.toReversed(),
    "```json",
    alone,
    "```",
    "",
  ].join("\n");
}

describe("regions in regions", () => {
  it("are read eight deep", async () => {
    const { sites, newText } = await migrateText("page.md", page(8, FLAT, FLAT));
    expect(sites.map(({ line, outcome }) => [line, outcome])).toEqual([
      [9, "migrated"],
      [19, "migrated"],
    ]);
    expect(newText).toBe(page(8, WRAPPED, WRAPPED));
  });

  it("need a person where they stand deeper, at the place of the one that is not read", async () => {
    const { sites, newText } = await migrateText("page.md", page(9, FLAT, FLAT));
    expect(sites.map(({ line, column, outcome, reason }) => [line, column, outcome, reason])).toEqual([
      [10, 1, "needs-person", "too-deep"],
      [21, 1, "migrated", "named"],
    ]);
    expect(sites[0]?.findings[0]?.message).toBe("it stands in more than 8 others, one in the other");
    expect(newText).toBe(page(9, FLAT, WRAPPED));
  });

  it("end somewhere, however many there are", async () => {
    const { sites } = await migrateText("page.md", page(100, FLAT, FLAT));
    expect(sites.map(({ line, outcome }) => [line, outcome])).toEqual([
      [10, "needs-person"],
      [203, "migrated"],
    ]);
  });
});
