import { spawn } from "node:child_process";
import { chmodSync, linkSync, mkdirSync, readdirSync, readFileSync, statSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { contents, MEMORY, mountSmallDisk, useTemporaryFolder } from "../files/temporary.ts";
import { PROGRAM, put, report, run } from "./run.ts";

const folder = useTemporaryFolder(MEMORY);
const DIE = join(import.meta.dirname, "die.cjs");

const REQUEST = '{"rule":{"dispatchRuleDirect":{"roomName":"lobby"}}}';
const flat = (at: number): string => `{"name":"${at}",${REQUEST.slice(1)}\n`;
const wrapped = (at: number): string => `{"dispatch_rule":${flat(at).trimEnd()}}\n`;

/** Makes so many files in `rules/` and gives their names. */
function rules(count: number, text = flat): string[] {
  const files = Object.fromEntries(Array.from({ length: count }, (_, at) => [`rules/${at}.json`, text(at)]));
  mkdirSync(join(folder.path, "rules"), { recursive: true });
  put(folder.path, files);
  return Object.keys(files);
}

const textOf = (name: string): string => readFileSync(join(folder.path, name), "utf8");
const migrate = (names: readonly string[], ...more: string[]) =>
  run(folder.path, ["migrate", "--write", "--format", "json", ...more, "--", ...names]);

/** The reason at each file's site, and whether the file was written. */
function outcomes(done: ReturnType<typeof run>): Record<string, string> {
  const sites = report(done).sites;
  return Object.fromEntries(sites.map(({ path, written, reason }) => [path, written ? "written" : reason]));
}

/** Starts the program, which gets a signal, if one is named, once it has replaced 20 files, and waits for its end. */
async function started(
  args: readonly string[],
  given?: NodeJS.Signals,
): Promise<{ status: number | null; signal: NodeJS.Signals | null; stdout: string; stderr: string }> {
  const env = { ...process.env, ...(given && { SIGNAL: given, SIGNAL_AT: "20" }) };
  const child = spawn(process.execPath, ["--require", DIE, PROGRAM, ...args], {
    cwd: folder.path,
    env,
    stdio: ["ignore", "pipe", "pipe"],
  });
  const output = { stdout: "", stderr: "" };
  child.stdout.setEncoding("utf8").on("data", (text: string) => (output.stdout += text));
  child.stderr.setEncoding("utf8").on("data", (text: string) => (output.stderr += text));
  const ended = await new Promise<{ status: number | null; signal: NodeJS.Signals | null }>((resolve) =>
    child.once("close", (status, signal) => resolve({ status, signal })),
  );
  return { ...ended, ...output };
}

function allRuns(): string[] {
  return [...run(folder.path, ["undo", "--list"]).stdout.matchAll(/^(\S+)  .*files? in /gm)].map(
    ([, id = ""]) => id,
  );
}

describe.each(["SIGINT", "SIGTERM"] as const)("a run that %s ends", (signal) => {
  it("finishes the file in hand, says how far it is, dies of that signal, and can be undone", async () => {
    const names = rules(100);
    const args = ["migrate", "--write", "--", ...names];
    const done = await started(args, signal);
    expect(done).toMatchObject({ signal, stdout: "" });
    const isNew = names.map((name, at) => textOf(name) === wrapped(at));
    const count = isNew.filter(Boolean).length;
    expect(names.filter((name, at) => !isNew[at] && textOf(name) !== flat(at))).toEqual([]);
    expect(count).toBeGreaterThan(0);
    expect(count).toBeLessThan(100);
    expect(done.stderr).toBe(
      `sip-dispatch: interrupted: ${count} of 100 files written.\n\`sip-dispatch undo\` takes them back.\n`,
    );
    expect(readdirSync(join(folder.path, "rules"))).toHaveLength(100);

    const undone = run(folder.path, ["undo"]);
    // Only what was written counts as part of the run.
    expect(undone.stdout).toMatch(new RegExp(`^${count} files are as they were before run `, "m"));
    expect(names.map(textOf)).toEqual(names.map((_, at) => flat(at)));
  });
});

it("an undo that is interrupted goes on when it is called again", async () => {
  const names = rules(100);
  migrate(names);
  const done = await started(["undo"], "SIGINT");
  expect(done).toMatchObject({ signal: "SIGINT", stdout: "" });
  expect(done.stderr).toMatch(
    /^sip-dispatch: interrupted: \d+ of 100 files put back\.\nRun it again to go on\.\n$/,
  );
  expect(names.filter((name, at) => textOf(name) === wrapped(at)).length).toBeGreaterThan(0);
  expect(run(folder.path, ["undo"]).status).toBe(0);
  expect(names.map(textOf)).toEqual(names.map((_, at) => flat(at)));
  expect(readdirSync(join(folder.path, "rules"))).toHaveLength(100);
});

it("an undo of many files names some and counts the rest, within 80 columns", () => {
  const names = rules(100);
  migrate(names);
  put(folder.path, Object.fromEntries(names.slice(0, 30).map((name) => [name, "{}"])));
  const { status, stdout } = run(folder.path, ["undo"]);
  const lines = stdout.trimEnd().split("\n");
  expect(status).toBe(3);
  expect(lines.filter((line) => line.length > 80)).toEqual([]);
  expect(lines.slice(20, 22)).toEqual(["and 50 more", "rules/0.json: was edited since the run"]);
  expect(lines.slice(-3)).toEqual([
    "and 10 more",
    expect.stringMatching(/^70 files are as they were before run /),
    "30 could not be restored.",
  ]);
  expect(run(folder.path, ["undo", "--list"]).stdout).toMatch(/^\S{33}  100 files in rules\n$/);
});

it("names of one file, wherever they stand among the others, are written and put back together", () => {
  rules(100);
  linkSync(join(folder.path, "rules/0.json"), join(folder.path, "rules/0-link.json"));
  linkSync(join(folder.path, "rules/0.json"), join(folder.path, "z.json"));
  const before = contents(folder.path);
  const done = run(folder.path, ["migrate", "--write", "--quiet", "--format", "json", "."]);
  expect([done.status, report(done).totals]).toMatchObject([0, { sites: 102, migrated: 102 }]);
  expect(report(done).sites.filter(({ written }) => !written)).toEqual([]);
  expect([textOf("rules/0-link.json"), textOf("z.json")]).toEqual([wrapped(0), wrapped(0)]);
  expect(run(folder.path, ["undo"]).stdout).toMatch(/^102 files are as they were before run /m);
  expect(contents(folder.path)).toEqual(before);
});

describe("one file's failure", () => {
  it("is its own: read-only directories and files, links, hard links and modes", () => {
    const names = rules(20);
    mkdirSync(join(folder.path, "locked"));
    put(folder.path, { "locked/rule.json": flat(20), "read-only.json": flat(21), "odd.json": flat(22) });
    put(folder.path, { "target.json": flat(23), "one.json": flat(24) });
    chmodSync(join(folder.path, "locked"), 0o555);
    chmodSync(join(folder.path, "read-only.json"), 0o444);
    chmodSync(join(folder.path, "odd.json"), 0o2751);
    symlinkSync("target.json", join(folder.path, "link.json"));
    linkSync(join(folder.path, "one.json"), join(folder.path, "two.json"));
    const before = contents(folder.path);
    const special = ["locked/rule.json", "read-only.json", "odd.json", "link.json", "one.json"];
    const done = migrate([...names.slice(0, 10), ...special, ...names.slice(10), "gone.json"]);
    chmodSync(join(folder.path, "locked"), 0o755);
    expect(done.status).toBe(3);
    expect(outcomes(done)).toEqual({
      ...Object.fromEntries(names.map((name) => [name, "written"])),
      "locked/rule.json": "read-only",
      "read-only.json": "read-only",
      "odd.json": "written",
      "link.json": "written",
      "one.json": "written",
      "gone.json": "io",
    });
    expect(names.map(textOf)).toEqual(names.map((_, at) => wrapped(at)));
    expect([textOf("locked/rule.json"), textOf("read-only.json")]).toEqual([flat(20), flat(21)]);
    expect([textOf("target.json"), textOf("two.json")]).toEqual([wrapped(23), wrapped(24)]);
    expect(statSync(join(folder.path, "odd.json")).mode & 0o7777).toBe(0o2751);
    expect(run(folder.path, ["undo"]).status).toBe(0);
    expect(contents(folder.path)).toEqual(before);
  });

  it("is its own on a disk that fills up: some are written, each of the others says why", ({ skip }) => {
    const unmount = mountSmallDisk(join(folder.path, "rules"), skip);
    try {
      // Of 16 pages the files and a filler take 15; every other new text needs two of them.
      const text = (at: number): string =>
        flat(at)
          .trimEnd()
          .padEnd(at % 2 === 0 ? 1000 : 4090) + "\n";
      const names = rules(14, text);
      put(join(folder.path, "rules"), { filler: "x".repeat(4096) });
      const done = migrate(names);
      const found = outcomes(done);
      expect(done.status).toBe(3);
      expect(new Set(Object.values(found))).toEqual(new Set(["written", "io"]));
      const changed = names.filter((name, at) => textOf(name) !== text(at));
      expect(changed).toEqual(names.filter((name) => found[name] === "written"));
      expect(run(folder.path, ["undo"]).status).toBe(0);
      expect(names.map(textOf)).toEqual(names.map((_, at) => text(at)));
    } finally {
      unmount();
    }
  });

  it("is its own when the journal's disk fills up: what is not noted is not written", ({ skip }) => {
    const disk = join(folder.elsewhere, "disk");
    const unmount = mountSmallDisk(disk, skip);
    try {
      process.env["SIP_DISPATCH_STATE"] = disk;
      const text = (at: number): string => flat(at).trimEnd() + " ".repeat(3000) + "\n";
      const names = rules(40, text);
      const done = migrate(names);
      const found = outcomes(done);
      expect(new Set(Object.values(found))).toEqual(new Set(["written", "io"]));
      const changed = names.filter((name, at) => textOf(name) !== text(at));
      expect(changed).toEqual(names.filter((name) => found[name] === "written"));
      expect(run(folder.path, ["undo"]).status).toBe(0);
      expect(names.map(textOf)).toEqual(names.map((_, at) => text(at)));
    } finally {
      unmount();
    }
  });
});

it("two runs at once over the same files leave each file whole, and both can be undone", async () => {
  const names = rules(60);
  const args = ["migrate", "--write", "--quiet"];
  const other = started([...args, "--wrapper-key", "dispatchRule", "--", ...names]);
  const both = await Promise.all([started([...args, "--", ...names]), other]);
  for (const done of both) expect([0, 3]).toContain(done.status);
  const camel = (at: number): string => wrapped(at).replace("dispatch_rule", "dispatchRule");
  expect(names.filter((name, at) => ![wrapped(at), camel(at)].includes(textOf(name)))).toEqual([]);
  // By their names: one whose files the other has written over, in the instant between its look and its writing, stays the last.
  const ids = allRuns();
  expect(ids.length).toBeGreaterThan(0);
  for (const id of ids) expect([0, 3]).toContain(run(folder.path, ["undo", id]).status);
  expect(names.map(textOf)).toEqual(names.map((_, at) => flat(at)));
  expect(readdirSync(join(folder.path, "rules"))).toHaveLength(60);
});
