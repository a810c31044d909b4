import { spawnSync } from "node:child_process";
import { readdirSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { migrateText } from "../../src/migrate/migrate.ts";
import { type Fixture, pythonFixture, PYTHON_FIXTURES } from "./python-fixtures.ts";

const names = readdirSync(PYTHON_FIXTURES);

describe.each(names)("%s", (name) => {
  const fixture = pythonFixture(name);
  const { input, expected, options } = fixture;

  it("becomes what is expected", async () => {
    const { sites, newText } = await migrateText("input.py", input, options);
    expect(sites.map((site, index) => said(site, fixture, index))).toEqual(fixture.sites);
    expect(newText).toBe(expected);
  });

  it("changes nothing the second time", async () => {
    const again = await migrateText("input.py", expected ?? input, options);
    expect(again.newText).toBeUndefined();
    expect(again.sites.filter(({ reason }) => reason === "defect")).toEqual([]);
  });

  it("gives what a person or another program's line ends make of it, too", async () => {
    const other = (text: string): string =>
      text.includes("\r\n") ? text.replaceAll("\r\n", "\n") : text.replaceAll("\n", "\r\n");
    const { newText } = await migrateText("input.py", other(input), options);
    expect(newText).toBe(expected === undefined ? undefined : other(expected));
  });
});

/** What of a result a fixture speaks of. */
function said(
  site: Awaited<ReturnType<typeof migrateText>>["sites"][number],
  { sites }: Fixture,
  index: number,
): object {
  const wanted = sites[index] ?? { outcome: "" };
  const all = {
    ...site,
    findingLine: site.findings[0]?.line,
    findings: site.findings.map(({ id }) => id).filter((id) => wanted.findings?.includes(id)),
  };
  return Object.fromEntries(Object.entries(all).filter(([key]) => Object.hasOwn(wanted, key)));
}

const python = spawnSync("python3", ["--version"]).status === 0;
const missing = python ? "" : "; there is no Python 3 that could tell";

describe.skipIf(!python && process.env["CI"] !== "true")(`every result compiles${missing}`, () => {
  it("in Python 3", () => {
    const texts = names
      .map((name) => pythonFixture(name))
      .filter(({ broken }) => !broken)
      .map(({ input, expected }) => expected ?? input);
    const program =
      "import json, sys\nfor text in json.load(sys.stdin): compile(text.encode(), 'x.py', 'exec')";
    const { status, stderr } = spawnSync("python3", ["-c", program], {
      input: JSON.stringify(texts),
      encoding: "utf8",
    });
    expect(stderr).toBe("");
    expect(status).toBe(0);
  });
});
