import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { CALLS, diagnosesOf, LOGS } from "./logs.ts";

/** The rows of the table, by the logs that they are about. */
const ROWS = new Map(
  readFileSync(join(CALLS, "README.md"), "utf8")
    .split("\n")
    .filter((line) => /^\| [a-z]+\d?_?\S*\.(?:sip|server) /.test(line))
    .map((line) => line.split("|").map((cell) => cell.trim()))
    .map(([, name = "", calls, cause, certainty, trunk, rule, wire]) => [
      name,
      { calls: Number(calls === "-" ? 0 : calls), cause, certainty, trunk, rule, wire: wire ?? "" },
    ]),
);

/** The row of a log: that of its variant, or else of its scenario. */
function rowOf(log: string): string {
  const [, scenario = "", variant = "", program = ""] =
    /^(\w+)(@[\w.]+?)?\.(sip|server)\.(?:json|console)$/.exec(log) ?? [];
  const own = `${scenario}${variant}.${program}`;
  return ROWS.has(own) ? own : `${scenario}.${program}`;
}

/** At level info livekit-server says nothing about calls. */
const SILENT = /@info\.server/;

describe("a call that was made is explained as what it was", () => {
  it.each([...LOGS.keys()])("%s", (name) => {
    const row = SILENT.test(name) ? ROWS.get("startup.server") : ROWS.get(rowOf(name));
    const said = diagnosesOf(LOGS.get(name)?.split("\n") ?? []);
    expect(
      said.map(({ call, cause, certainty }) => ({
        cause,
        certainty,
        trunk: call.trunkId === "" ? "no" : "yes",
        rule: call.ruleId === "" ? "no" : "yes",
      })),
    ).toEqual(
      Array.from({ length: row?.calls ?? -1 }, () => ({
        cause: row?.cause,
        certainty: row?.certainty,
        trunk: row?.trunk,
        rule: row?.rule,
      })),
    );
    for (const { wire, explanation, call } of said) {
      expect(wire).toContain(row?.wire);
      if (row?.wire === "") expect(wire).toBe("");
      expect(explanation).toMatch(/\.$/);
      expect(call.to).toBe("+15550100");
      expect(call.from).toMatch(/^(\+?15550111|anonymous)$/);
      expect(call.first).toBeGreaterThan(Date.UTC(2026, 10, 29));
    }
  });

  it("for every row of the table", () => {
    const used = new Set([...LOGS.keys()].map(rowOf));
    expect([...ROWS.keys()].filter((row) => !used.has(row))).toEqual([]);
  });
});
