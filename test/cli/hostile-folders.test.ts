import { execFileSync } from "node:child_process";
import {
  appendFileSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  truncateSync,
} from "node:fs";
import { join } from "node:path";
import { beforeEach, describe, expect, it } from "vitest";
import { git, useTemporaryFolder } from "../files/temporary.ts";
import { put, type Run, runLimited } from "./run.ts";

// Pipes, devices and endless files where a file is expected that nobody named: none is waited for, none is read to
// its end, and what stands there is said. Not on Windows, which has none of them.

const folder = useTemporaryFolder();

const FLAT = '{"rule":{"dispatchRuleDirect":{"roomName":"lobby"}}}\n';

/** What may stand in a file's place, each with what is said of it. */
const INSTEAD: readonly [string, (path: string) => void, string][] = [
  ["a pipe", (path) => execFileSync("mkfifo", [path]), "is a named pipe, not a file"],
  ["a link to a device", (path) => symlinkSync("/dev/zero", path), "is a device, not a file"],
];

describe.skipIf(process.platform === "win32").each(INSTEAD)("%s", (_, place, said) => {
  describe("as a package.json of a folder above", () => {
    beforeEach(() => {
      mkdirSync(join(folder.path, "inner"));
      put(join(folder.path, "inner"), { "rule.json": FLAT });
      place(join(folder.path, "package.json"));
    });

    it.each([
      [["--version"], 0],
      [["--help"], 0],
      [["migrate", "--help"], 0],
      [["migrate", "rule.json"], 0],
      [["migrate", "."], 0],
      [["convert", "rule.json", "--to", "wrapped"], 0],
      [["diff", "rule.json", "rule.json"], 0],
      [["route", "rule.json", "--to", "+15550100", "--from", "+15550101"], 0],
      [["undo", "--list"], 0],
      [["migrat"], 2],
    ])("nothing is read by %j", (args, status) => {
      const done = runLimited(join(folder.path, "inner"), args);
      expect([done.status, done.stderr]).toEqual([status, status === 0 ? "" : expect.any(String)]);
    });
  });

  it("as the config is one error", () => {
    put(folder.path, { "rule.json": FLAT });
    place(join(folder.path, "sip-dispatch.config.json"));
    const done = runLimited(folder.path, ["migrate", "rule.json"]);
    expect([done.status, done.stdout]).toEqual([2, ""]);
    expect(flowing(done)).toContain(`sip-dispatch.config.json: ${said}`);
  });

  describe("in a repository", () => {
    beforeEach(() => {
      put(folder.path, { "rule.json": FLAT });
      git(folder.path, "init", "-q", "-b", "main");
      git(folder.path, "add", "-A");
      git(folder.path, "commit", "-q", "-m", "test");
    });
    const replace = (name: string): void => {
      const path = join(folder.path, ".git", name);
      rmSync(path, { force: true });
      place(path);
    };

    it.each(["HEAD", "index", "config", "commondir", "packed-refs", "objects/info/alternates"])(
      "as .git/%s git is not asked, and the file is found and stays",
      (name) => {
        replace(name);
        expectUnasked(`\`.git/${name}\` ${said}`);
      },
    );

    it("as a file that the settings include", () => {
      place(join(folder.path, ".git", "more"));
      appendFileSync(join(folder.path, ".git", "config"), '[include] path = "mo""re" # from here\n');
      expectUnasked(`\`.git/more\` ${said}`);
    });

    it("as a file that an included file includes, whatever the condition", () => {
      place(join(folder.path, ".git", "last"));
      put(join(folder.path, ".git"), { more: '[includeIf "gitdir:/nowhere/"]\n\tpath = last\n' });
      appendFileSync(join(folder.path, ".git", "config"), "[include]\n\tpath = more\n");
      expectUnasked(`\`.git/last\` ${said}`);
    });

    it("as the alternates of an alternate", () => {
      const other = join(folder.elsewhere, 'other "one" é');
      mkdirSync(join(other, "info"), { recursive: true });
      place(join(other, "info", "alternates"));
      const quoted = `"${other.replaceAll('"', '\\"').replaceAll("é", "\\303\\251")}"`;
      put(join(folder.path, ".git", "objects", "info"), { alternates: `# borrowed\n${quoted}\n` });
      expectUnasked(`\`${join(other, "info", "alternates")}\` ${said}`);
    });

    it("as a branch: of the history nothing is asked", () => {
      replace("refs/heads/main");
      const why = `\`.git/refs/heads/main\` ${said}`;
      expect(flowing(runLimited(folder.path, ["migrate", ".", "--write"]))).toContain(
        `it is in a repository that git can't read: ${why}`,
      );
      const compared = runLimited(folder.path, ["diff", "HEAD:rule.json", "rule.json"]);
      expect(compared.status).toBe(3);
      expect(flowing(compared)).toContain(`HEAD:rule.json: can't be read, because ${why}`);
    });

    it("in the folder to which a file .git leads", () => {
      const elsewhere = join(folder.elsewhere, "git");
      renameSync(join(folder.path, ".git"), elsewhere);
      put(folder.path, { ".git": `gitdir: ${elsewhere}\n` });
      rmSync(join(elsewhere, "HEAD"));
      place(join(elsewhere, "HEAD"));
      expectUnasked(`\`${join(elsewhere, "HEAD")}\` ${said}`);
    });
  });

  /** A search goes on without git, which is said; a file is not written, because git knows of uncommitted changes. */
  function expectUnasked(why: string): void {
    const done = runLimited(folder.path, ["migrate", ".", "--write"]);
    expect([done.status, flowing(done)]).toEqual([
      3,
      expect.stringContaining(`Git could not be asked: ${why}.`),
    ]);
    expect(flowing(done)).toMatch(/^rule\.json:1:1 needs a person/);
    expect(flowing(done)).toContain(`git can't read: ${why}`);
    expect(readFileSync(join(folder.path, "rule.json"), "utf8")).toBe(FLAT);
  }
});

describe("a file without end", () => {
  it("as .git/HEAD is not read", () => {
    put(folder.path, { "rule.json": FLAT });
    git(folder.path, "init", "-q");
    truncateSync(join(folder.path, ".git", "HEAD"), 2 ** 40);
    const done = runLimited(folder.path, ["migrate", "."]);
    expect(flowing(done)).toContain("Git could not be asked: `.git/HEAD` is 1048576 MiB.");
  });
});

/** What is printed, as if lines had no end. */
function flowing({ stdout, stderr }: Run): string {
  return (stdout + stderr).replaceAll(/\s+/g, " ");
}
