import { readdirSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { cases } from "../cases.ts";
import { migrateText } from "../../src/plan/migrate-text.ts";
import { loadPython } from "../../src/code/python/index.ts";
import type { Reader } from "../../src/sources/readers.ts";
import type { Edit, Syntax } from "../../src/sources/syntax.ts";
import { pythonFixture, PYTHON_FIXTURES } from "./python-fixtures.ts";

const fixtures = readdirSync(PYTHON_FIXTURES).map((name) => pythonFixture(name));
const python = await loadPython();

const only = (syntax: Syntax): Reader[] => [
  { id: "python", matches: () => true, limit: 1e6, load: async () => syntax },
];

describe("verification of Python", () => {
  // One request, so that all edits are its own; regions have a verification of their own.
  const single = fixtures.filter(
    ({ input, expected }) => expected !== undefined && python.read(input).sites.length === 1,
  );

  it("refuses a migration that lacks any edit but an indentation", async () => {
    let dropped = 0;
    for (const { input, options } of single) {
      let edits: Edit[] = [];
      const spy: Syntax = { ...python, wrap: (...args) => (edits = python.wrap(...args)) };
      if (python.read(input).regions.length > 0) continue;
      await migrateText("input.py", input, options, only(spy));
      for (const [index, edit] of edits.entries()) {
        if ("text" in edit && edit.text.trim() === "") continue;
        const lacking: Syntax = { ...python, wrap: () => edits.toSpliced(index, 1) };
        const { sites, newText } = await migrateText("input.py", input, options, only(lacking));
        expect([edit, newText, sites[0]?.reason]).toEqual([edit, undefined, "defect"]);
        dropped++;
      }
    }
    expect(dropped).toBeGreaterThan(20);
  });
});

describe("broken Python", () => {
  const broken = fc
    .record({
      fixture: fc.constantFrom(...fixtures),
      at: fc.double({ min: 0, max: 1, noNaN: true }),
      length: fc.nat(12),
      put: fc.constantFrom(
        "",
        "(",
        ")",
        '"',
        "'''",
        "\n",
        "\r",
        "\t",
        "{",
        "=",
        "\u0000",
        "😀",
        "\ud800",
        " if ",
        "#",
      ),
    })
    .map(({ fixture: { input, options }, at, length, put }) => {
      const start = Math.floor(at * input.length);
      return { text: input.slice(0, start) + put + input.slice(start + length), options };
    });

  it("is read without an exception, and nothing that is written of it is a defect", () =>
    fc.assert(
      fc.asyncProperty(broken, async ({ text, options }) => {
        const { sites } = await migrateText("input.py", text, options);
        expect(sites.filter(({ reason }) => reason === "defect")).toEqual([]);
      }),
      cases(150),
    ));
});
