import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import {
  chmodSync,
  chownSync,
  closeSync,
  existsSync,
  ftruncateSync,
  mkdirSync,
  openSync,
  readFileSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
  writeSync,
} from "node:fs";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { git, isRoot, useTemporaryFolder } from "../files/temporary.ts";
import { NOBODY, PROGRAM, put, report, type ReportedSite, type Run, run, runBound } from "./run.ts";

// What a scan may meet that wishes it harm, or is merely odd: none of it runs, hangs or tears anything, and nothing
// beside it is missed.

const folder = useTemporaryFolder();

const FLAT = '{"rule":{"dispatchRuleDirect":{"roomName":"lobby"}}}\n';
const WRAPPED = '{"dispatch_rule":{"rule":{"dispatchRuleDirect":{"roomName":"lobby"}}}}\n';
const SCAN = ["migrate", ".", "--format", "json"];
const WRITE = [...SCAN, "--write"];

describe("a repository that would run programs", () => {
  /** Commits two files, and only then sets traps: whatever the program makes git run leaves a line in the file. */
  function setTraps(): string {
    const traces = join(folder.elsewhere, "traces");
    const trap = join(folder.elsewhere, "trap");
    writeFileSync(trap, `#!/bin/sh\necho "$0 $*" >> '${traces}'\ncat\n`, { mode: 0o755 });
    put(folder.path, {
      "tracked.json": FLAT,
      "page.md": `\`\`\`json\n${FLAT}\`\`\`\n`,
      ".gitattributes": "* filter=trap diff=trap merge=trap text=auto\n*.json -diff\n*.md binary\n",
      ".gitignore": "ignored.json\n",
      "ignored.json": FLAT,
    });
    git(folder.path, "init", "-q");
    git(folder.path, "add", "-A");
    git(folder.path, "commit", "-q", "-m", "test");
    put(folder.path, { "untracked.json": FLAT });
    const hooks = join(folder.path, ".git", "hooks");
    mkdirSync(hooks, { recursive: true });
    for (const hook of HOOKS) writeFileSync(join(hooks, hook), readFileSync(trap), { mode: 0o755 });
    for (const [key, value] of traps(trap)) git(folder.path, "config", key, value);
    // So that a git that compares the file with its index asks the filters.
    utimesSync(join(folder.path, "tracked.json"), new Date(0), new Date(0));
    // In the end, because from now on our own git would run it.
    git(folder.path, "config", "core.fsmonitor", trap);
    return traces;
  }

  it("would run them for a git that is not careful", () => {
    const traces = setTraps();
    expect(() => git(folder.path, "status")).toThrow("clean filter");
    expect(readFileSync(traces, "utf8").split("\n").length).toBeGreaterThan(2);
  });

  it.each([
    ["a dry run", SCAN],
    ["--check", [...SCAN, "--check"]],
    ["--write", WRITE],
    ["--write --no-ignore", [...WRITE, "--no-ignore"]],
    ["one named file", ["migrate", "tracked.json", "--write"]],
  ])("runs none of them: %s", (_, args) => {
    const traces = setTraps();
    run(folder.path, args);
    run(folder.path, ["undo"]);
    expect(existsSync(traces) ? readFileSync(traces, "utf8") : "nothing ran").toBe("nothing ran");
  });

  it("hides nothing", () => {
    setTraps();
    expect(outcomes(run(folder.path, WRITE))).toEqual({
      "page.md": "migrated",
      "tracked.json": "migrated",
      "untracked.json": "migrated",
    });
    expect(text("tracked.json")).toBe(WRAPPED);
    expect(text("page.md")).toBe(`\`\`\`json\n${WRAPPED}\`\`\`\n`);
    expect(text("untracked.json")).toBe(WRAPPED);
    expect(text("ignored.json")).toBe(FLAT);
  });

  it("does not lead out of its tree by core.worktree", () => {
    const outside = join(folder.elsewhere, "outside");
    mkdirSync(outside);
    put(outside, { "rule.json": FLAT });
    setTraps();
    git(folder.path, "config", "core.worktree", outside);
    expect(outcomes(run(folder.path, SCAN))["tracked.json"]).toBe("migrated");
    run(folder.path, WRITE);
    expect(readFileSync(join(outside, "rule.json"), "utf8")).toBe(FLAT);
  });

  it.runIf(isRoot)("that belongs to somebody else is scanned all the same (needs root)", () => {
    put(folder.path, { "rule.json": FLAT });
    git(folder.path, "init", "-q");
    git(folder.path, "add", "-A");
    git(folder.path, "commit", "-q", "-m", "test");
    chownSync(folder.path, NOBODY, NOBODY);
    chownSync(join(folder.path, ".git"), NOBODY, NOBODY);
    expect(outcomes(run(folder.path, SCAN))).toEqual({ "rule.json": "migrated" });
  });
});

describe("odd names", () => {
  const names = [
    "two\nlines.json",
    "tab\tin.json",
    "'single'.json",
    '"double".json',
    "back\\slash.json",
    " spaces .json",
    "-x.json",
    "--write.json",
    ":(glob)magic.json",
    "[a-z]*?.json",
    "$(touch ran).json",
    "\u001B[31mred.json",
    "caf\u00E9.json",
    "cafe\u0301.json",
    "\u{1F4DE}.json",
  ];
  const notUtf8 = Buffer.concat([Buffer.from("latin-"), Buffer.from([0xe9]), Buffer.from(".json")]);

  it.each([
    ["in git", true],
    ["outside git", false],
  ])("are found, written and restored %s", (_, inGit) => {
    put(folder.path, Object.fromEntries(names.map((name) => [name, FLAT])));
    mkdirSync(join(folder.path, "folder.json"));
    put(join(folder.path, "folder.json"), { "two\nlines.json": FLAT });
    if (inGit) commitAll();
    const done = run(folder.path, WRITE);
    expect(report(done).totals).toMatchObject({ migrated: names.length + 1, unreadable: 0, needsPerson: 0 });
    for (const name of [...names, "folder.json/two\nlines.json"])
      expect([name, text(name)]).toEqual([name, WRAPPED]);
    expect(existsSync(join(folder.path, "ran"))).toBe(false);
    expect(run(folder.path, ["undo"]).status).toBe(0);
    for (const name of [...names, "folder.json/two\nlines.json"])
      expect([name, text(name)]).toEqual([name, FLAT]);
  });

  it("reach no terminal as they are", () => {
    put(folder.path, Object.fromEntries(names.map((name) => [name, FLAT])));
    const { stdout, stderr } = run(folder.path, ["migrate", ".", "--verbose"]);
    expect(stdout + stderr).not.toMatch(/[\u0000-\u0009\u000B-\u001F\u007F-\u009F]/);
    expect(stdout).not.toMatch(/^lines\.json/m);
  });

  it.each([
    ["in git", true],
    ["outside git", false],
  ])("that are not UTF-8 are accounted for, and do not hide the others %s", (_, inGit) => {
    put(folder.path, { "rule.json": FLAT });
    const odd = Buffer.concat([Buffer.from(`${folder.path}/`), notUtf8]);
    writeFileSync(odd, FLAT);
    if (inGit) commitAll();
    const done = run(folder.path, WRITE);
    const { sites } = report(done);
    expect(sites).toHaveLength(2);
    expect(text("rule.json")).toBe(WRAPPED);
    const migrated = sites.filter(({ outcome }) => outcome === "migrated").length === 2;
    expect(readFileSync(odd, "utf8")).toBe(migrated ? WRAPPED : FLAT);
    expect(done.status).toBe(migrated ? 0 : 3);
    run(folder.path, ["undo"]);
    expect(readFileSync(odd, "utf8")).toBe(FLAT);
  });
});

describe("what is no file", () => {
  it.each([
    ["in git", true],
    ["outside git", false],
  ])("a FIFO is not waited for, %s", async (_, inGit) => {
    put(folder.path, { "rule.json": FLAT });
    if (inGit) commitAll();
    execFileSync("mkfifo", [join(folder.path, "pipe.json"), join(folder.path, "script.sh")]);
    const done = await finished(start(WRITE));
    expect(done.status).not.toBeNull();
    expect(outcomes(done)["rule.json"]).toBe("migrated");
    expect(statSync(join(folder.path, "pipe.json")).isFIFO()).toBe(true);
  });

  it("a FIFO that is named is refused", async () => {
    execFileSync("mkfifo", [join(folder.path, "pipe.json")]);
    const done = await finished(start(["migrate", "pipe.json", "--format", "json"]));
    expect(report(done).sites).toMatchObject([{ outcome: "unreadable", reason: "io" }]);
  });

  it.each([
    ["in git", true],
    ["outside git", false],
  ])("a link out of the tree is not followed, %s; one that is named is", (_, inGit) => {
    const outside = join(folder.elsewhere, "outside");
    mkdirSync(outside);
    put(outside, { "rule.json": FLAT });
    symlinkSync(join(outside, "rule.json"), join(folder.path, "link.json"));
    symlinkSync(outside, join(folder.path, "linked"));
    put(folder.path, { "own.json": FLAT });
    if (inGit) commitAll();
    const done = run(folder.path, WRITE);
    expect(text("own.json")).toBe(WRAPPED);
    expect(readFileSync(join(outside, "rule.json"), "utf8")).toBe(FLAT);
    expect(report(done).sites.filter(({ written }) => written)).toHaveLength(1);

    expect(run(folder.path, ["migrate", "link.json", "--write"]).status).toBe(0);
    expect(readFileSync(join(outside, "rule.json"), "utf8")).toBe(WRAPPED);
  });

  it("a file to which links in the tree lead is migrated once", () => {
    mkdirSync(join(folder.path, "sip"));
    put(folder.path, { "sip/rule.json": FLAT });
    symlinkSync("sip/rule.json", join(folder.path, "a.json"));
    symlinkSync("sip", join(folder.path, "b"));
    const done = run(folder.path, WRITE);
    expect(report(done).totals).toMatchObject({ migrated: 1 });
    expect(text("sip/rule.json")).toBe(WRAPPED);
  });

  it.each([
    ["in git", true],
    ["outside git", false],
  ])("a loop of links has an end, %s", async (_, inGit) => {
    put(folder.path, { "rule.json": FLAT });
    mkdirSync(join(folder.path, "deep"));
    symlinkSync("..", join(folder.path, "deep", "up"));
    symlinkSync("b.json", join(folder.path, "a.json"));
    symlinkSync("a.json", join(folder.path, "b.json"));
    symlinkSync("nowhere.json", join(folder.path, "dangling.json"));
    if (inGit) commitAll();
    const done = await finished(start(WRITE));
    expect(report(done).totals).toMatchObject({ migrated: 1 });
    expect(text("rule.json")).toBe(WRAPPED);
  });
});

describe("files of odd size and content", () => {
  it("3 GiB in one file are too large, and that is said", async () => {
    put(folder.path, { "rule.json": FLAT });
    const big = join(folder.path, "big.json");
    const file = openSync(big, "w");
    writeSync(file, FLAT + "\n".repeat(2 ** 20));
    ftruncateSync(file, 3 * 2 ** 30);
    closeSync(file);
    const done = await finished(start(WRITE, ["--max-old-space-size=256"]));
    expect(outcomes(done)).toEqual({ "big.json": "unreadable", "rule.json": "migrated" });
    expect(site(done, "big.json")).toMatchObject({ reason: "too-large" });
    expect(done.status).toBe(3);
    expect(statSync(big).size).toBe(3 * 2 ** 30);
  });

  it.each([
    ["in git", true],
    ["outside git", false],
  ])("binaries that hold the words are no texts, %s", (_, inGit) => {
    const binary = Buffer.concat([
      Buffer.from([0x7f, 0x45, 0x4c, 0x46, 0, 1]),
      Buffer.from(FLAT),
      Buffer.alloc(64),
    ]);
    put(folder.path, { "rule.json": FLAT, tool: binary, "tool.so": binary, "data.json": binary });
    if (inGit) commitAll();
    const done = run(folder.path, WRITE);
    expect(outcomes(done)).toEqual({ "rule.json": "migrated" });
    expect(done.status).toBe(0);
    const said = run(folder.path, ["migrate", ".", "--verbose"]).stdout;
    for (const name of ["tool", "tool.so", "data.json"]) expect(said).toContain(`${name}  skipped`);
    for (const name of ["tool", "tool.so", "data.json"])
      expect(readFileSync(join(folder.path, name)).equals(binary)).toBe(true);
  });

  it("a YAML alias bomb does not go off", async () => {
    const levels = Array.from({ length: 30 }, (_, at) => {
      const item = at === 0 ? "lol" : `*l${at - 1}`;
      return `  l${at}: &l${at} [${Array.from({ length: 10 }, () => item).join(", ")}]\n`;
    });
    const bomb = `anchors:\n${levels.join("")}rule:\n  dispatch_rule_direct: { room_name: x }\ntrunk_ids: *l29\n`;
    put(folder.path, { "bomb.yaml": bomb, "rule.json": FLAT });
    const done = await finished(start(WRITE, ["--max-old-space-size=256"]));
    expect(done.status).toBe(3);
    expect(outcomes(done)["rule.json"]).toBe("migrated");
    expect(outcomes(done)["bomb.yaml"]).toMatch(/needs-person|unreadable/);
    expect(text("bomb.yaml")).toBe(bomb);
  });

  it("an alias of itself does not go round", async () => {
    const loop = "rule: &r\n  dispatch_rule_direct: { room_name: x }\n  again: *r\n";
    put(folder.path, { "loop.yaml": loop, "rule.json": FLAT });
    const done = await finished(start(WRITE));
    expect(outcomes(done)["rule.json"]).toBe("migrated");
    expect(text("loop.yaml")).toBe(loop);
    expect(done.status).toBe(3);
  });

  it("a page with 2,000 fences is one page", async () => {
    const page = (request: string): string => `\`\`\`json\n${request}\`\`\`\n\n`.repeat(2_000);
    put(folder.path, { "page.md": page(FLAT) });
    const done = await finished(start(WRITE));
    expect(done.status).toBe(0);
    expect(report(done).totals).toMatchObject({ migrated: 2_000 });
    expect(text("page.md") === page(WRAPPED)).toBe(true);
  });

  it("a page of openings alone is one, too", async () => {
    const page = `${"> ".repeat(500)}\n${"- ".repeat(5_000)}\n${"```json\n~~~\n".repeat(20_000)}${FLAT}`;
    put(folder.path, { "page.md": page, "rule.json": FLAT });
    const done = await finished(start(SCAN));
    expect(outcomes(done)["rule.json"]).toBe("migrated");
    expect([0, 3]).toContain(done.status);
  });
});

describe("places where nothing can be written or read", () => {
  it("a read-only directory: its file is named, the others are written", () => {
    mkdirSync(join(folder.path, "closed"));
    put(folder.path, { "closed/rule.json": FLAT, "rule.json": FLAT });
    if (isRoot) chownAll(["closed/rule.json", "closed", "rule.json"]);
    chmodSync(join(folder.path, "closed"), 0o555);
    const done = runBound(folder.path, WRITE, [folder.path, folder.elsewhere]);
    chmodSync(join(folder.path, "closed"), 0o755);
    expect(site(done, "closed/rule.json")).toMatchObject({ reason: "read-only", written: false });
    expect(site(done, "rule.json")).toMatchObject({ outcome: "migrated", written: true });
    expect(text("closed/rule.json")).toBe(FLAT);
    expect(text("rule.json")).toBe(WRAPPED);
    expect(done.status).toBe(3);
  });

  it("a file and a directory that may not be read are named", () => {
    mkdirSync(join(folder.path, "locked"));
    put(folder.path, { "locked/rule.json": FLAT, "closed.json": FLAT, "rule.json": FLAT });
    chmodSync(join(folder.path, "closed.json"), 0);
    chmodSync(join(folder.path, "locked"), 0);
    const done = runBound(folder.path, SCAN, [folder.path, folder.elsewhere]);
    const said = runBound(folder.path, ["migrate", "."], [folder.path, folder.elsewhere]);
    chmodSync(join(folder.path, "locked"), 0o755);
    expect(site(done, "closed.json")).toMatchObject({ outcome: "unreadable", reason: "io" });
    expect(outcomes(done)["rule.json"]).toBe("migrated");
    expect(done.status).toBe(3);
    expect(said.stdout + said.stderr).toContain("locked");
  });
});

describe("a git that is of no help", () => {
  const FILES = {
    "tracked.json": FLAT,
    "page.md": `\`\`\`json\n${FLAT}\`\`\`\n`,
    ".gitignore": "ignored.json\n",
    "ignored.json": FLAT,
  };
  const FOUND = { "page.md": "migrated", "tracked.json": "migrated", "untracked.json": "migrated" };

  it.each([
    ["is missing", undefined],
    ["fails at everything", "echo 'git: something is wrong' >&2; exit 129"],
    ["dies", "kill -9 $$"],
    [
      "has no PCRE",
      `for word; do case $word in -P*|-[!-]*P*|--perl-regexp) echo "fatal: cannot use Perl-compatible regexes when not compiled with USE_LIBPCRE" >&2; exit 128;; esac; done; exec REAL "$@"`,
    ],
    [
      "knows only some options",
      `for word; do case $word in --literal-pathspecs|--no-optional-locks|--recurse-submodules|--full-name|-P*|-[!-]*P*) echo "unknown option: $word" >&2; exit 129;; esac; done; exec REAL "$@"`,
    ],
  ])("because it %s: nothing is missed, and what it ignores stays ignored", async (_, script) => {
    put(folder.path, FILES);
    commitAll();
    put(folder.path, { "untracked.json": FLAT });
    const bin = join(folder.elsewhere, "bin");
    mkdirSync(bin);
    const real = execFileSync("sh", ["-c", "command -v git"], { encoding: "utf8" }).trim();
    if (script)
      writeFileSync(join(bin, "git"), `#!/bin/sh\n${script.replace("REAL", real)}\n`, { mode: 0o755 });
    const done = await finished(start(SCAN, [], { PATH: bin }));
    expect(outcomes(done)).toEqual(FOUND);
    expect(done.status).toBe(0);
    const written = await finished(start([...WRITE, "--force"], [], { PATH: bin }));
    expect(outcomes(written)).toEqual(FOUND);
    expect(text("tracked.json")).toBe(WRAPPED);
    expect(text("untracked.json")).toBe(WRAPPED);
    expect(text("ignored.json")).toBe(FLAT);
  });

  it("is not needed outside a repository", async () => {
    put(folder.path, { "rule.json": FLAT });
    const done = await finished(start(WRITE, [], { PATH: folder.elsewhere }));
    expect(outcomes(done)).toEqual({ "rule.json": "migrated" });
    expect(text("rule.json")).toBe(WRAPPED);
  });
});

const HOOKS = [
  "fsmonitor-watchman",
  "post-index-change",
  "pre-commit",
  "post-checkout",
  "post-commit",
  "reference-transaction",
  "pre-auto-gc",
];

/** Settings by which git runs a program. */
function traps(trap: string): [string, string][] {
  return [
    ["filter.trap.clean", trap],
    ["filter.trap.smudge", trap],
    ["filter.trap.process", trap],
    ["filter.trap.required", "true"],
    ["diff.trap.textconv", trap],
    ["diff.trap.command", trap],
    ["diff.external", trap],
    ["merge.trap.driver", trap],
    ["core.pager", trap],
    ["pager.grep", trap],
    ["pager.status", trap],
    ["core.editor", trap],
    ["core.sshCommand", trap],
    ["core.askPass", trap],
    ["core.alternateRefsCommand", trap],
    ["credential.helper", `!${trap}`],
    ["gpg.program", trap],
    ...["grep", "ls-files", "ls-tree", "rev-parse", "status", "check-ignore", "check-attr", "cat-file"].map(
      (name): [string, string] => [`alias.${name}`, `!${trap} alias ${name}`],
    ),
    ["grep.patternType", "fixed"],
    ["grep.fallbackToNoIndex", "true"],
    ["core.quotePath", "true"],
    ["color.ui", "always"],
    ["grep.lineNumber", "true"],
    ["grep.column", "true"],
    ["core.excludesFile", "/dev/null"],
  ];
}

function commitAll(): void {
  git(folder.path, "init", "-q");
  git(folder.path, "add", "-A");
  git(folder.path, "commit", "-q", "-m", "test");
}

function text(name: string): string {
  return readFileSync(join(folder.path, name), "utf8");
}

function chownAll(names: readonly string[]): void {
  for (const name of names) chownSync(join(folder.path, name), NOBODY, NOBODY);
}

/** The outcome of each file that holds a request or can't be read. A file has one request here. */
function outcomes(done: Run): Record<string, string> {
  return Object.fromEntries(
    report(done)
      .sites.filter(({ outcome }) => outcome !== "not-create")
      .map(({ path, outcome }) => [path, outcome]),
  );
}

function site(done: Run, path: string): ReportedSite | undefined {
  return report(done).sites.find((one) => one.path === path);
}

/** Starts the program as `run` does, but does not wait for it; it does not outlive the test. */
function start(
  args: readonly string[],
  nodeOptions: readonly string[] = [],
  env: Record<string, string> = {},
): ChildProcess {
  const command = [...nodeOptions, PROGRAM, ...args];
  const child = spawn(process.execPath, command, {
    cwd: folder.path,
    env: { ...process.env, COLUMNS: "80", ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  onTestFinished(() => void child.kill("SIGKILL"));
  return child;
}

/** Waits for its end. */
async function finished(child: ChildProcess): Promise<Run> {
  const out: Buffer[] = [];
  const err: Buffer[] = [];
  child.stdout?.on("data", (data: Buffer) => out.push(data));
  child.stderr?.on("data", (data: Buffer) => err.push(data));
  const status = await new Promise<number | null>((resolve) => child.once("close", resolve));
  const bytes = Buffer.concat(out);
  return { status, bytes, stdout: bytes.toString(), stderr: Buffer.concat(err).toString() };
}
