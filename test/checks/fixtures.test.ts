import { cpSync, existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import { ALL_CHECKS } from "../../src/checks/index.ts";
import { configsOf } from "../../src/cli/configs.ts";
import { migrateOptions } from "../../src/cli/options.ts";
import { runCheck } from "../../src/run/check.ts";
import { useTemporaryFolder } from "../files/temporary.ts";

/**
 * test/fixtures/check/<id>/<case>/ is a folder as somebody has it. `expected.txt` is what the finding <id> says of it, a
 * line a finding; a case without that file looks like one and is right. `args.txt` holds options.
 */
const FIXTURES = join(import.meta.dirname, "../fixtures/check");
const CASES = readdirSync(FIXTURES).flatMap((id) =>
  readdirSync(join(FIXTURES, id)).map((name) => [id, name] as const),
);

const folder = useTemporaryFolder();

describe("what is said", () => {
  const home = process.cwd();
  afterEach(() => process.chdir(home));

  it.each(CASES)("%s: %s", async (id, name) => {
    cpSync(join(FIXTURES, id, name), folder.path, { recursive: true });
    process.chdir(folder.path);
    const { files } = await runCheck(["."], settings());
    const lines = files.flatMap(({ path, findings }) =>
      findings
        .filter((finding) => finding.id === id)
        .map(({ line, column, severity, certainty, message }) => {
          const likely = certainty === "likely" ? " (likely)" : "";
          return `${path}:${line}:${column} ${severity}${likely} ${message}\n`;
        }),
    );
    expect(lines.join("")).toBe(textOf("expected.txt"));
  });
});

describe("the cases", () => {
  const HOOKED = ALL_CHECKS.filter(({ ofRule, ofRules }) => ofRule ?? ofRules).map(({ id }) => id);

  it.each(HOOKED)("show %s, and what looks like it and is right", (id) => {
    const shows = CASES.filter(([of]) => of === id).map(([, name]) =>
      existsSync(join(FIXTURES, id, name, "expected.txt")),
    );
    expect(new Set(shows)).toEqual(new Set([true, false]));
  });
});

function textOf(file: string): string {
  return existsSync(file) ? readFileSync(file, "utf8") : "";
}

/** The settings that the options in `args.txt` make. */
function settings(): Parameters<typeof runCheck>[1] {
  const said = [...textOf("args.txt").matchAll(/--([\w-]+)(?:[ =](\S+))?/g)];
  const args = Object.fromEntries(said.map(([, name = "", value]) => [name, value ?? true]));
  return {
    options: migrateOptions(args),
    configs: configsOf(["."]),
    include: [],
    exclude: ["expected.txt", "args.txt"],
    noIgnore: false,
    requireTrunks: args["require-trunks"] === true,
    stopped: () => false,
    progress: () => {},
  };
}
