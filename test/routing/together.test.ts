import { describe, expect, it } from "vitest";
import { migrateText } from "../../src/migrate/migrate.ts";
import type { MigrateOptions } from "../../src/migrate/options.ts";
import { judgeTogether, type TogetherReport } from "../../src/routing/together.ts";

const N = '"inbound_numbers": ["+15550100"], "trunk_ids": ["ST_a"],';

function rule(room: string, more = ""): string {
  return `{${more} "rule": {"dispatchRuleDirect": {"roomName": "${room}"}}}`;
}

/** What migrating these requests does, each in a file of its own and with its own options. */
async function judged(...files: readonly (readonly [string, MigrateOptions?])[]): Promise<TogetherReport> {
  const results = await Promise.all(
    files.map(async ([text, options], index) => await migrateText(`${index + 1}.json`, text, options)),
  );
  const report = judgeTogether(results);
  if (!report) throw new Error("nothing changes");
  return report;
}

describe("rules that are left to a person", () => {
  it("are compared as they are, because they stay so", async () => {
    const old: MigrateOptions = { server: { cloud: false, version: [1, 9, 10] } };
    const kept = rule("kept", '"inbound_numbers": ["+15550101"], "trunk_ids": ["ST_a"],');
    const report = await judged([rule("a", N)], [rule("b")], [kept, old]);
    expect(report).toMatchObject({ rules: 3, migrated: 2, unknown: 0, newConflicts: [] });
    const wasKept = report.changes.filter(
      ({ outcomes: [, before] }) => before?.kind === "room" && before.room === "kept",
    );
    expect(wasKept.map(({ calls }) => calls.called)).toEqual([["+15550100"]]);
  });

  it("are not where a placeholder hides what they say", async () => {
    const report = await judged([rule("a", N)], [rule("b", '"trunk_ids": $IDS,')]);
    expect(report).toMatchObject({ rules: 1, migrated: 1, unknown: 1 });
  });
});

describe("rules that a server refuses together", () => {
  it("are judged each alone, today's pair and the new one both named", async () => {
    const wrapped = `{"dispatch_rule": ${rule("b", '"numbers": ["+15550100"], "trunk_ids": ["ST_a"],')}}`;
    const report = await judged([rule("a", N)], [wrapped], [rule("c")], [rule("d")]);
    expect(report).toMatchObject({
      judgedAlone: true,
      conflictToday: { rule: "4.json:1", other: "3.json:1" },
      newConflicts: [{ rule: "2.json:1", other: "1.json:1" }],
    });
    expect(report.changes.map(({ calls }) => calls.called)).toContainEqual(["+15550100"]);
  });
});

describe("rules that lead to the same room", () => {
  const agent = (name: string): string => `"room_config": {"agents": [{"agent_name": "${name}"}]},`;

  it("are told apart by what else they do with a call", async () => {
    const { changes } = await judged(
      [rule("a", `${N} ${agent("sales")}`)],
      [rule("a", `"trunk_ids": ["ST_a"], ${agent("support")}`)],
    );
    const [before, now] = [{ rule: "2.json:1" }, { rule: "1.json:1" }];
    const called = changes.find(({ calls }) => calls.called !== "any" && calls.called.includes("+15550100"));
    expect(called?.outcomes).toMatchObject([now, before, now]);
  });

  it("are not told apart where they do the same", async () => {
    const attributes = (...names: string[]): string =>
      `"attributes": {${names.map((name) => `"${name}": "x"`).join(", ")}},`;
    const { changes } = await judged(
      [rule("a", `"name": "one", ${N} ${attributes("b", "c")}`)],
      [rule("a", `"name": "two", "trunk_ids": ["ST_a"], ${attributes("c", "b")}`)],
    );
    expect(changes).toEqual([]);
  });
});
