import { spawnSync } from "node:child_process";
import { cpSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { useTemporaryFolder } from "../files/temporary.ts";
import { PROGRAM } from "./run.ts";

const folder = useTemporaryFolder();
const EXAMPLE = join(import.meta.dirname, "../../examples/support-line.json");
const hasScript = process.platform === "linux" && spawnSync("script", ["--version"]).status === 0;

/** What the program prints to a terminal of so many columns, which `script` of util-linux makes. */
function printed(columns: number, term = "xterm"): string {
  cpSync(EXAMPLE, join(folder.path, "rule.json"));
  const program = `"${process.execPath}" "${PROGRAM}" route rule.json --to +15550100 --from +15550102`;
  const command = `stty cols ${columns} && ${program}`;
  const env: NodeJS.ProcessEnv = { ...process.env, TERM: term };
  for (const name of ["NO_COLOR", "FORCE_COLOR"]) delete env[name];
  const args = ["--quiet", "--return", "--command", command, "/dev/null"];
  return spawnSync("script", args, { cwd: folder.path, env, encoding: "utf8" }).stdout;
}

function widest(text: string): number {
  const lines = text.replaceAll(/\u001B\[[\d;]*m/g, "").split("\r\n");
  return Math.max(...lines.map((line) => line.length));
}

describe.skipIf(!hasScript && !process.env["CI"])("on a terminal", () => {
  it.each([
    [60, 40, 60],
    [80, 60, 80],
    [120, 80, 120],
    [300, 80, 120],
  ])("of %i columns a report is as wide as fits, and no wider than 120", (columns, least, most) => {
    const text = printed(columns);
    expect(widest(text)).toBeGreaterThan(least);
    expect(widest(text)).toBeLessThanOrEqual(most);
    expect(text).toContain("\u001B[31m    rule     none matches. ");
  });

  it("that is dumb there are no colours", () => {
    const text = printed(80, "dumb");
    expect(text).toContain("none matches");
    expect(text).not.toContain("\u001B");
  });
});
