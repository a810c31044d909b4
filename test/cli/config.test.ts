import { mkdirSync, readFileSync, rmSync } from "node:fs";
import { join, relative, resolve } from "node:path";
import { describe, expect, it } from "vitest";
import { git, useTemporaryFolder } from "../files/temporary.ts";
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
      "without --config, the nearest sip-dispatch.config.json above a file counts",
    );
  });
});

describe("the nearest config counts", () => {
  const SILENT = JSON.stringify({ silenced: [{ path: "*.json", reason: "an exhibit" }] });
  const OPTIONS = JSON.stringify({ options: [{ path: "*.json", trunks: ["ST_inner"] }] });
  /** A repository with a config at its top, another one in `sip/`, and a folder beside it. */
  function tree(outer: string, inner: string): void {
    for (const path of [".git", "sip/old", "docs"]) mkdirSync(join(folder.path, path), { recursive: true });
    for (const path of ["sip/a.json", "sip/old/b.json", "docs/c.json"]) put(folder.path, { [path]: FLAT });
    put(folder.path, { "sip-dispatch.config.json": outer, "sip/sip-dispatch.config.json": inner });
  }
  const outcomes = (from: string, ...paths: string[]): string[] =>
    report(run(join(folder.path, from), ["migrate", "--format", "json", ...paths]))
      .sites.map(({ path, outcome }) => `${path.split("/").at(-1)}: ${outcome}`)
      .toSorted();

  it.each([
    ["the top, for all", "", ["."]],
    ["the top, for files", "", ["sip/a.json", "sip/old/b.json", "docs/c.json"]],
    ["a folder beside", "docs", [".", "../sip"]],
    ["a folder below", "sip/old", [".", "../a.json", "../../docs/c.json"]],
  ])("from %s", (_, from, paths) => {
    tree("{}", SILENT);
    expect(outcomes(from, ...paths)).toEqual(["a.json: silenced", "b.json: silenced", "c.json: migrated"]);
  });

  it("and no other: what the outer one silences or sets does not hold below an inner one", () => {
    tree(SILENT, OPTIONS);
    expect(outcomes("", ".")).toEqual(["a.json: migrated", "b.json: migrated", "c.json: silenced"]);
    expect(run(folder.path, ["migrate", "sip/a.json", "--write"]).status).toBe(0);
    expect(readFileSync(join(folder.path, "sip/a.json"), "utf8")).toContain("ST_inner");
  });

  it("each has patterns of its own for folders", () => {
    tree(JSON.stringify({ exclude: ["c.json"] }), JSON.stringify({ include: ["/a.json"] }));
    put(folder.path, { "sip/d.json": FLAT, "e.json": FLAT });
    expect(outcomes("docs", "..")).toEqual(["a.json: migrated", "e.json: migrated"]);
  });

  it("one that is named counts for all", () => {
    tree("{}", SILENT);
    put(folder.path, { "named.json": "{}" });
    const all = ["a.json: migrated", "b.json: migrated", "c.json: migrated"];
    expect(outcomes("", "sip", "docs", "--config", "named.json")).toEqual(all);
  });

  it("not one above the repository", () => {
    tree("{}", "{}");
    mkdirSync(join(folder.path, "sip/.git"));
    rmSync(join(folder.path, "sip/sip-dispatch.config.json"));
    put(folder.path, { "sip-dispatch.config.json": SILENT });
    expect(outcomes("", "sip/a.json", "docs/c.json")).toEqual(["a.json: migrated", "c.json: silenced"]);
  });

  it("outside a repository, not one above both the working directory and what is named", () => {
    tree(SILENT, "{}");
    rmSync(join(folder.path, ".git"), { recursive: true });
    rmSync(join(folder.path, "sip/sip-dispatch.config.json"));
    expect(outcomes("", "sip/a.json")).toEqual(["a.json: silenced"]);
    expect(outcomes("docs", "..")).toEqual(["a.json: silenced", "b.json: silenced", "c.json: silenced"]);
    expect(outcomes("sip", "old")).toEqual(["b.json: migrated"]);
    expect(outcomes("docs", "../sip/a.json")).toEqual(["a.json: migrated"]);
  });

  it("one that can't be read ends the run before anything is written", () => {
    tree("{}", '{"silence": []}');
    const done = run(folder.path, ["migrate", "docs/c.json", "sip/a.json", "--write"]);
    expect([done.status, done.stdout]).toEqual([2, ""]);
    expect(done.stderr).toMatch(/^sip\/sip-dispatch\.config\.json:1:2: the config has no key `silence`/);
    expect(readFileSync(join(folder.path, "docs/c.json"), "utf8")).toBe(FLAT);
  });

  it("a silence in any of them that is about nothing is said", () => {
    tree("{}", JSON.stringify({ silenced: [{ path: "/gone.json", reason: "an exhibit" }] }));
    expect(run(folder.path, ["migrate", "."]).stdout.replaceAll(/\s+/g, " ")).toContain(
      "Nothing is silenced by sip/sip-dispatch.config.json:1: delete what stands there.",
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

it("what the config leaves out says nothing of a request; what --exclude leaves out does", () => {
  put(folder.path, { "a.json": FLAT });
  mkdirSync(join(folder.path, "test"));
  put(folder.path, { "test/run.sh": "lk sip dispatch update --id SDR_a a.json\n" });
  git(folder.path, "init", "--quiet");
  const of = (...args: string[]): unknown =>
    report(run(folder.path, ["migrate", "a.json", "--format", "json", ...args])).sites[0]?.outcome;
  expect([of(), of("--exclude", "test/")]).toEqual(["not-create", "not-create"]);
  put(folder.path, { "sip-dispatch.config.json": '{ "exclude": ["/test/"] }' });
  expect(of()).toBe("migrated");
});
