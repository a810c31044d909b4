import { describe, expect, it } from "vitest";
import { callLines } from "../../src/report/calls.ts";
import { styleFor } from "../../src/report/style.ts";
import type { CallChange } from "../../src/routing/compare.ts";
import type { TogetherReport } from "../../src/routing/together.ts";

const NOTHING: TogetherReport = {
  rules: 3,
  unknown: 0,
  migrated: 3,
  shownOnly: 0,
  changes: [],
  cut: 0,
  newConflicts: [],
  judgedAlone: false,
  conflictToday: undefined,
};

/** A call to a number that reaches a room now and did not before. */
function change(number: string): CallChange {
  const room = { kind: "room", rule: "a.json:1", room: "lobby", pin: false, treatment: 0 } as const;
  return {
    calls: { called: [number], calling: "any", trunk: "any", pin: "any" },
    outcomes: [room, { kind: "no-rule" }, room],
  };
}

function said(more: Partial<TogetherReport>, verbose = false): string[] {
  const lines = callLines({ ...NOTHING, ...more }, styleFor(false), { redact: false, verbose });
  expect(lines.filter((line) => line.length > 80)).toEqual([]);
  return lines
    .join("\n")
    .replaceAll(/\n +(?! *- )/g, " ")
    .split(/\n *- /);
}

const LOBBY = "before, no rule; now, room lobby, as documented";

describe("a call that another rule leads to the same room", () => {
  it("is said to be taken by it", () => {
    const { calls, outcomes } = change("+15550100");
    const [room] = outcomes;
    if (room?.kind !== "room") throw new Error("no room");
    const other = { ...room, rule: "b.json:1", treatment: 1 };
    expect(said({ changes: [{ calls, outcomes: [other, room, other] }] })[1]).toBe(
      "a call to +15550100 from anyone: before, room lobby by a.json:1; now, the same by b.json:1, with other agents or settings, as documented",
    );
  });
});

describe("what changes for calls", () => {
  it.each([
    [{ rules: 1, migrated: 1 }, "What changes for calls, 1 rule:"],
    [{}, "What changes for calls, 3 rules taken together:"],
    [{ migrated: 2 }, "What changes for calls, 3 rules taken together, 2 of which migrate:"],
    [{ migrated: 1 }, "What changes for calls, 3 rules taken together, 1 of which migrates:"],
    [
      { rules: 1200, migrated: 1100 },
      "What changes for calls, 1,200 rules taken together, 1,100 of which migrate:",
    ],
    [{ rules: 0, migrated: 0, unknown: 2 }, "What changes for calls can't be told:"],
  ])("says of which rules: %j", (more, title) => {
    expect(said(more)[0]).toBe(title);
  });

  it("says why rules were taken each alone, and what several of them have in common once", () => {
    const conflictToday: TogetherReport["conflictToday"] = { code: "no-kind", rule: "b.json:1" };
    const changes = [change("+15550100"), change("+15550101"), change("+15550100")];
    const [title = "", ...rest] = said({ judgedAlone: true, conflictToday, changes });
    expect(title.replaceAll("\n", " ")).toBe(
      "What changes for calls, 3 rules, each taken alone because a server refuses them together today:",
    );
    expect(rest).toEqual([
      `a call to +15550100 from anyone: ${LOBBY} (2 rules)`,
      `a call to +15550101 from anyone: ${LOBBY}`,
      "refused today: b.json:1 is of no kind, so a server refuses every call",
    ]);
  });

  it("says of rules that are taken each alone what changes, and which are in conflict today and then", () => {
    const conflictToday: TogetherReport["conflictToday"] = { code: "no-kind", rule: "b.json:1" };
    const newConflicts: TogetherReport["newConflicts"] = [{ code: "no-kind", rule: "c.json:1" }];
    const changes = [change("+15550100")];
    const words = said({ judgedAlone: true, conflictToday, newConflicts, changes });
    expect(words.slice(1, 3)).toEqual([
      `a call to +15550100 from anyone: ${LOBBY}`,
      "refused today: b.json:1 is of no kind, so a server refuses every call",
    ]);
    expect(words[3]).toBe("conflict: c.json:1 is of no kind, so a server refuses every call");
  });

  it("counts what was left out, and why", () => {
    expect(said({ unknown: 1, shownOnly: 2, changes: [change("+15550100")] }).slice(2)).toEqual([
      "1 rule left out: what it says is an expression or a placeholder",
      "2 rules left out: a page shows them",
    ]);
  });

  it("names twenty changes and counts the others, unless all are wanted", () => {
    const changes = Array.from({ length: 25 }, (_, at) => change(`+155501${String(at).padStart(2, "0")}`));
    expect(said({ changes }).at(-1)).toBe("and 5 more; `--verbose` shows them");
    expect(said({ changes }, true)).toHaveLength(26);
  });
});
