import { existsSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { changedFiles, deletedFiles } from "../../src/files/git/changed.ts";
import { plant } from "./scanned.ts";
import { git, useTemporaryFolder } from "./temporary.ts";

const folder = useTemporaryFolder();
const at = (...names: readonly string[]): string[] => names.map((name) => join(folder.path, name));

function commit(files: Readonly<Record<string, string>>): void {
  plant(folder.path, files);
  git(folder.path, "init", "-q", "-b", "main");
  git(folder.path, "add", ".");
  git(folder.path, "commit", "-q", "-m", "test");
}

/** The names of the files that changed, among these. */
async function changed(names: readonly string[], since?: string): Promise<unknown> {
  const told = changedFiles(at(...names), since);
  return "problem" in told ? told : [...told].map((path) => path.slice(folder.path.length + 1));
}

describe("files that changed since HEAD", () => {
  it("are those with other bytes, and new ones, staged or not", async () => {
    commit({ "a.json": "{}\n", "sip/b.json": "{}\n", "sip/c.json": "{}\n" });
    plant(folder.path, { "sip/b.json": "{ }\n", "sip/c.json": "{}\n", "d.json": "{}\n", "e.json": "{}\n" });
    git(folder.path, "add", "e.json");
    const names = ["a.json", "sip/b.json", "sip/c.json", "d.json", "e.json"];
    expect(await changed(names)).toEqual(["sip/b.json", "d.json", "e.json"]);
  });

  it("are not those whose line endings git has normalised", async () => {
    commit({ "a.json": "{}\n" });
    writeFileSync(join(folder.path, "a.json"), "{}\r\n");
    expect(await changed(["a.json"])).toEqual([]);
  });

  it("are all, before the first commit", async () => {
    git(folder.path, "init", "-q");
    plant(folder.path, { "a.json": "{}" });
    expect(await changed(["a.json"])).toEqual(["a.json"]);
  });

  it("are told without a filter of the repository", async () => {
    commit({ "a.json": "{}\n", ".gitattributes": "*.json filter=odd\n" });
    git(folder.path, "config", "filter.odd.clean", `touch ${join(folder.path, "ran")}; cat`);
    plant(folder.path, { "a.json": "{ }\n" });
    expect(await changed(["a.json"])).toEqual(["a.json"]);
    expect(existsSync(join(folder.path, "ran"))).toBe(false);
  });
});

describe("files that changed since a revision", () => {
  it("are those of the branch, and not what went on elsewhere", async () => {
    commit({ "a.json": "1", "b.json": "1", "c.json": "1" });
    git(folder.path, "checkout", "-q", "-b", "branch");
    commit({ "a.json": "2" });
    git(folder.path, "checkout", "-q", "main");
    commit({ "b.json": "2" });
    git(folder.path, "checkout", "-q", "branch");
    plant(folder.path, { "c.json": "2" });
    expect(await changed(["a.json", "b.json", "c.json"], "main")).toEqual(["a.json", "c.json"]);
    expect(await changed(["a.json", "b.json", "c.json"], "HEAD")).toEqual(["c.json"]);
  });

  it("can't be told of one that git doesn't know, or where there is no repository", async () => {
    plant(folder.path, { "a.json": "1" });
    expect(await changed(["a.json"])).toEqual({ problem: "there is no git repository here" });
    commit({});
    expect(await changed(["a.json"], "--all")).toMatchObject({ problem: "git knows no revision --all" });
  });
});

describe("files that were deleted", () => {
  it("are those that git had", () => {
    commit({ "a.json": "1", "sip/b.json": "1", "c.json": "1", "*.json": "1" });
    plant(folder.path, { "staged.json": "1" });
    git(folder.path, "add", "staged.json");
    for (const name of ["a.json", "sip", "staged.json"]) rmSync(join(folder.path, name), { recursive: true });
    git(folder.path, "rm", "-q", "c.json");
    git(folder.path, "commit", "-q", "-m", "test");
    const gone = at("a.json", "sip/b.json", "c.json", "staged.json");
    expect(deletedFiles([...gone, ...at("never.json", "n*.json", "*.json")])).toEqual(new Set(gone));
  });
});
