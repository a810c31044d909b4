import { mkdirSync } from "node:fs";
import { join, relative, resolve } from "node:path";
import { describe, expect, it } from "vitest";
import { useTemporaryFolder } from "../repo/temporary.ts";
import { put, report, run } from "./run.ts";

const folder = useTemporaryFolder();

const FLAT = '{"rule":{"dispatchRuleDirect":{"roomName":"lobby"}}}\n';

/** The tree in which the config stands at the top, and the files that a run finds, as `path: outcome` from there. */
function found(config: object, from: string, ...args: string[]): string[] {
  for (const inner of ["sip/old", "docs"]) mkdirSync(join(folder.path, inner), { recursive: true });
  for (const path of ["sip/a.json", "sip/old/b.json", "docs/c.json"]) put(folder.path, { [path]: FLAT });
  mkdirSync(join(folder.path, ".git"));
  put(folder.path, { "sip-dispatch.config.json": JSON.stringify(config) });
  const { sites } = report(run(join(folder.path, from), ["migrate", "--format", "json", ...args]));
  const fromTop = (path: string): string => relative(folder.path, resolve(folder.path, from, path));
  return sites.map(({ path, outcome }) => `${fromTop(path)}: ${outcome}`).toSorted();
}

describe("standard input and a config", () => {
  const said = (text: string): string => text.replaceAll(/\s+/g, " ");

  it("with a name, it counts as for a file of that name", () => {
    const config = {
      options: [{ path: "sip/", wrapperKey: "dispatchRule" }],
      silenced: [{ path: "docs/", reason: "shows the old form" }],
    };
    put(folder.path, { "sip-dispatch.config.json": JSON.stringify(config) });
    const migrated = (...more: string[]) => run(folder.path, ["migrate", "-", "-q", ...more], FLAT);
    expect(migrated("--stdin-filename", "sip/a.json").stdout).toContain('"dispatchRule":');
    expect(migrated("--stdin-filename", "a.json").stdout).toContain('"dispatch_rule":');
    expect(migrated().stdout).toContain('"dispatch_rule":');
    expect(migrated("--stdin-filename", "docs/a.json")).toMatchObject({ status: 0, stdout: FLAT });
    expect(migrated("--stdin-filename", "sip/a.json", "--wrapper-key", "dispatch_rule").stdout).toContain(
      '"dispatch_rule":',
    );
  });

  it("without a name it can't count, so naming one is wrong", () => {
    put(folder.path, { "c.json": "{}" });
    const { status, stdout, stderr } = run(folder.path, ["migrate", "-", "--config", "c.json"], FLAT);
    expect([status, stdout]).toEqual([2, ""]);
    expect(said(stderr)).toContain("with - it needs --stdin-filename");
  });
});

describe("a config that is named and can't be read", () => {
  it.each([
    ["nope.json", "no such file"],
    ["sip", "is a directory"],
  ])("%s", (config, why) => {
    mkdirSync(join(folder.path, "sip"));
    const { status, stderr } = run(folder.path, ["migrate", ".", "--config", config]);
    expect(status).toBe(2);
    expect(stderr).not.toContain("Mend");
    expect(stderr.split("\n")[0]).toBe(`sip-dispatch: --config ${config}: ${why}`);
    expect(stderr.replaceAll(/\s+/g, " ")).toContain(
      "without --config, the sip-dispatch.config.json here or above",
    );
  });
});

describe("the patterns of a config file go from its folder", () => {
  it.each([
    ["", "."],
    ["sip", ".."],
    ["docs", ".."],
    ["sip", join("..", "sip"), join("..", "docs")],
  ])("in %s, for %s", (from, ...paths) => {
    expect(found({ exclude: ["/sip/old/"] }, from, ...paths)).toEqual([
      "docs/c.json: migrated",
      "sip/a.json: migrated",
    ]);
  });

  it("from a folder below, for what is there", () => {
    expect(found({ exclude: ["/sip/old/"] }, "sip")).toEqual(["sip/a.json: migrated"]);
  });

  it.each([
    ["", "."],
    ["sip", ".."],
  ])("included files, in %s", (from, path) => {
    expect(found({ include: ["sip/*.json"] }, from, path)).toEqual(["sip/a.json: migrated"]);
  });

  it("beside those of the command line, which go from the working directory", () => {
    expect(found({ include: ["sip/*.json"] }, "sip", "..", "--include", "../docs")).toEqual([
      "docs/c.json: migrated",
      "sip/a.json: migrated",
    ]);
  });

  it.each(["", "sip", "sip/old"])("silenced places, in %s", (from) => {
    const config = { silenced: [{ path: "./sip/old/", reason: "an exhibit" }] };
    const all = found(config, from, join(folder.path, "sip"));
    expect(all).toEqual(["sip/a.json: migrated", "sip/old/b.json: silenced"]);
  });

  it("also of a config that is named", () => {
    put(folder.path, { "named.json": JSON.stringify({ exclude: ["/sip/"] }) });
    const config = join(folder.path, "named.json");
    expect(found({}, "docs", "..", "--config", config)).toEqual(["docs/c.json: migrated"]);
  });
});
