import { describe, expect, it } from "vitest";
import { useTemporaryFolder } from "../files/temporary.ts";
import { put, report, run } from "./run.ts";

// What is nested deeper than a reader goes is named, and everything else in the run is done.

const folder = useTemporaryFolder();

const FLAT = '{"rule":{"dispatchRuleDirect":{"roomName":"lobby"}}}\n';
const DEEP = 20_000;

const FILES: Readonly<Record<string, string>> = {
  "chain.py": `x = ${'"a" + '.repeat(DEEP)}"lk sip dispatch create r.json"\n`,
  "brackets.py": `x = ${"[".repeat(DEEP)}${FLAT.trim()}${"]".repeat(DEEP)}\n`,
  "calls.py": `x = dispatch_rule${".a(1)".repeat(DEEP)}\n`,
  "blocks.py": `${Array.from({ length: 600 }, (_, i) => `${" ".repeat(i)}if a:\n`).join("")}${" ".repeat(600)}x = "dispatch_rule"\n`,
  "no-python.py": `x = "dispatch_rule"\n${"<!--".repeat(DEEP / 4)}\n`,
  "lists.yaml": `x: ${"[".repeat(DEEP)}${FLAT.trim()}${"]".repeat(DEEP)}\n`,
};

describe("a file that is too deep", () => {
  it.each(Object.entries(FILES))("%s is one outcome, and the run goes on", (name, text) => {
    put(folder.path, {
      [name]: text,
      "rule.json": FLAT,
      "create.py": 'import os\nos.system("lk sip dispatch create rule.json")\n',
    });
    const done = run(folder.path, ["migrate", ".", "--format", "json"]);
    expect([done.status, done.stderr]).toEqual([3, ""]);
    const outcomes = report(done).sites.map(({ path, outcome, reason }) => [path, outcome, reason]);
    expect(outcomes).toContainEqual([name, "unreadable", "too-deep"]);
    expect(outcomes).toContainEqual(["rule.json", "migrated", "create-evidence"]);
  });
});

describe("what is as deep as people write it", () => {
  it("is read", () => {
    const nest = `x = ${"(".repeat(150)}"a"${")".repeat(150)}\ny = ${'"a" + '.repeat(800)}"dispatch_rule"\n`;
    const blocks = Array.from({ length: 90 }, (_, i) => `${" ".repeat(i)}if a:\n`).join("");
    put(folder.path, { "fine.py": `${nest}${blocks}${" ".repeat(90)}pass\n` });
    const done = run(folder.path, ["migrate", "fine.py", "--format", "json"]);
    expect(report(done).sites).toMatchObject([{ outcome: "not-create" }]);
  });
});
