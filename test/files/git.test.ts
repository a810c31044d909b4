import { execFileSync } from "node:child_process";
import { appendFileSync, chmodSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { gitStates, type GitState } from "../../src/files/git/states.ts";
import { HostileRepository } from "./hostile-repository.ts";
import { git, put, useTemporaryFolder } from "./temporary.ts";

const folder = useTemporaryFolder();
const environment = { ...process.env };
afterEach(() => {
  process.env = { ...environment };
});

async function state(path: string): Promise<GitState> {
  const stateOf = gitStates([path]);
  return stateOf(path, readFileSync(path));
}

function repository(...args: string[]): string {
  git(folder.path, "init", "-q", ...args);
  return folder.path;
}

function committed(name: string, content: string): string {
  const path = put(folder.path, name, content);
  git(folder.path, "--literal-pathspecs", "add", "--", name);
  git(folder.path, "commit", "-q", "-m", "test");
  return path;
}

describe("a file without changes", () => {
  test("outside any repository", async () => {
    expect(await state(put(folder.path, "rule.json", "{}"))).toBe("unchanged");
  });

  test("as it was committed", async () => {
    repository();
    expect(await state(committed("rule.json", "{}\n"))).toBe("unchanged");
  });

  test("committed in a folder, beside a changed file", async () => {
    repository();
    mkdirSync(join(folder.path, "a/b"), { recursive: true });
    const path = committed("a/b/rule.json", "{}\n");
    appendFileSync(committed("a/b/other.json", "{}\n"), " ");
    expect(await state(path)).toBe("unchanged");
  });

  test("in a repository whose hashes are SHA-256", async () => {
    repository("--object-format=sha256");
    const path = committed("rule.json", "{}\n");
    expect(await state(path)).toBe("unchanged");
    appendFileSync(path, " ");
    expect(await state(path)).toBe("changed");
  });

  test("whose CRLF git has normalised", async () => {
    git(repository(), "config", "core.autocrlf", "true");
    const path = committed("rule.json", "{\r\n}\r\n");
    expect(await state(path)).toBe("unchanged");
    writeFileSync(path, "{\r\n\r\n}\r\n");
    expect(await state(path)).toBe("changed");
  });

  test("untracked, ignored, or no longer tracked", async () => {
    repository();
    const dropped = committed("dropped.json", "{}");
    git(folder.path, "rm", "-q", "--cached", "dropped.json");
    put(folder.path, ".gitignore", "ignored.json\n");
    expect(await state(dropped)).toBe("unchanged");
    expect(await state(put(folder.path, "untracked.json", "{}"))).toBe("unchanged");
    expect(await state(put(folder.path, "ignored.json", "{}"))).toBe("unchanged");
  });

  test("beside a `.git` that is no repository", async () => {
    repository();
    mkdirSync(join(folder.path, "inner/.git"), { recursive: true });
    const path = committed("inner/rule.json", "{}");
    expect(await state(path)).toBe("unchanged");
    appendFileSync(path, " ");
    expect(await state(path)).toBe("changed");
  });
});

describe("a file with changes", () => {
  test("not staged, staged, and staged but taken back in the file", async () => {
    repository();
    const path = committed("rule.json", "one");
    writeFileSync(path, "two");
    expect(await state(path)).toBe("changed");
    git(folder.path, "add", "rule.json");
    expect(await state(path)).toBe("changed");
    writeFileSync(path, "one");
    expect(await state(path)).toBe("changed");
  });

  test("added but never committed, with and without any commit", async () => {
    repository();
    const first = put(folder.path, "first.json", "{}");
    git(folder.path, "add", "first.json");
    expect(await state(first)).toBe("changed");
    git(folder.path, "commit", "-q", "-m", "test");
    const second = put(folder.path, "second.json", "{}");
    git(folder.path, "add", "--intent-to-add", "second.json");
    expect(await state(second)).toBe("changed");
  });

  test("in a conflict, although it is as HEAD has it", async () => {
    repository("-b", "main");
    committed("first.json", "{}");
    git(folder.path, "checkout", "-q", "-b", "other");
    committed("rule.json", "theirs");
    git(folder.path, "checkout", "-q", "main");
    const path = committed("rule.json", "ours");
    expect(() => git(folder.path, "merge", "other")).toThrow("merge other");
    writeFileSync(path, "ours");
    expect(await state(path)).toBe("changed");
  });

  test("said to be unchanged by the index", async () => {
    repository();
    const path = committed("rule.json", "one");
    git(folder.path, "update-index", "--assume-unchanged", "rule.json");
    appendFileSync(path, " ");
    expect(await state(path)).toBe("changed");
  });

  test("in a linked work tree and in a submodule", async () => {
    const main = join(folder.path, "main");
    mkdirSync(main);
    git(main, "init", "-q");
    put(main, "rule.json", "{}");
    git(main, "add", ".");
    git(main, "commit", "-q", "-m", "test");
    git(main, "worktree", "add", "-q", "../linked");
    git(folder.path, "init", "-q");
    git(folder.path, "-c", "protocol.file.allow=always", "submodule", "--quiet", "add", "./main", "sub");
    for (const place of ["linked", "sub"]) {
      const path = join(folder.path, place, "rule.json");
      expect(await state(path)).toBe("unchanged");
      appendFileSync(path, " ");
      expect(await state(path)).toBe("changed");
    }
  });

  test("in a repository that git can't read", async () => {
    repository();
    const path = committed("rule.json", "{}");
    put(folder.path, ".git/index", "broken");
    expect(await state(path)).toBe("unknown");
  });

  test("of which git can't say because it is not installed", async () => {
    repository();
    const path = committed("rule.json", "{}");
    process.env["PATH"] = folder.path;
    expect(await state(path)).toBe("no-git");
    expect(await state(put(folder.elsewhere, "rule.json", "{}"))).toBe("unchanged");
  });
});

test.each([
  "-f.json",
  "a\nb.json",
  "a\tb.json",
  '"quoted".json',
  ":(glob)*.json",
  ":!a.json",
  "*.json",
  "ü📞.json",
  " ",
])("the name %j is taken as it is", async (name) => {
  repository();
  const path = committed(name, "one");
  committed("other.json", "other");
  expect(await state(path)).toBe("unchanged");
  appendFileSync(path, " ");
  expect(await state(path)).toBe("changed");
});

test("variables of the environment do not lead to another repository", async () => {
  repository();
  const path = committed("rule.json", "{}");
  const other = join(folder.path, "other");
  mkdirSync(other);
  git(other, "init", "-q");
  appendFileSync(path, " ");
  const variables = {
    GIT_DIR: join(other, ".git"),
    GIT_WORK_TREE: other,
    GIT_INDEX_FILE: join(other, "index"),
  };
  Object.assign(process.env, variables, { GIT_CONFIG_PARAMETERS: "broken", GIT_LITERAL_PATHSPECS: "maybe" });
  expect(await state(path)).toBe("changed");
});

describe("a hostile repository runs nothing and hides nothing", () => {
  let hostile: HostileRepository;
  let path = "";
  beforeEach(() => {
    repository();
    mkdirSync(join(folder.path, "rules"));
    path = committed("rules/rule.json", "{}\n");
    hostile = new HostileRepository(folder.path, folder.elsewhere);
  });
  const answers = async (): Promise<unknown> => {
    const first = await state(path);
    appendFileSync(path, " ");
    return [first, await state(path), hostile.sprung() ? "ran a program" : "ran nothing"];
  };

  test.each<[string, () => void]>([
    ["with filters, hooks, pagers, aliases and a file system monitor", () => hostile.withPrograms()],
    ["with hooks elsewhere", () => hostile.withHooksElsewhere()],
    ["bare", () => hostile.withSetting("core.bare", "true")],
    ["with its work tree elsewhere", () => hostile.withSetting("core.worktree", "/")],
  ])("%s", async (_, attack) => {
    attack();
    expect(await answers()).toStrictEqual(["unchanged", "changed", "ran nothing"]);
  });

  test("that lacks objects and names a program to fetch them with", async () => {
    hostile.withoutObject("HEAD:rules");
    // Without the tree nobody can say that HEAD holds this file.
    expect(await state(path)).toBe("changed");
    expect(hostile.sprung()).toBe(false);
  });
});

describe("many files at once", () => {
  /** A git that notes that it was started, and the number of times that it was. */
  function countedGit(): () => number {
    const real = execFileSync("sh", ["-c", "command -v git"], { encoding: "utf8" }).trim();
    const bin = join(folder.elsewhere, "bin");
    mkdirSync(bin);
    const log = put(folder.elsewhere, "log", "");
    chmodSync(put(bin, "git", `#!/bin/sh\necho >> '${log}'\nexec '${real}' "$@"\n`), 0o755);
    process.env["PATH"] = `${bin}:${process.env["PATH"] ?? ""}`;
    return () => readFileSync(log, "utf8").length;
  }

  test("are asked about with two processes for each work tree", async () => {
    const trees = ["", "nested", "nested/deep"].map((name) => join(folder.path, name));
    const paths = trees.flatMap((tree) => {
      mkdirSync(join(tree, "rules"), { recursive: true });
      git(tree, "init", "-q");
      const names = Array.from({ length: 200 }, (_, at) => `rules/${at}.json`);
      const files = names.map((name) => put(tree, name, "{}"));
      git(tree, "add", "--", ...names);
      git(tree, "commit", "-q", "-m", "test");
      return files;
    });
    const changed = paths.filter((_, at) => at % 3 === 0);
    for (const path of changed) appendFileSync(path, " ");
    const untracked = put(folder.path, "untracked.json", "{}");
    const outside = put(folder.elsewhere, "outside.json", "{}");

    const count = countedGit();
    const asked = [...paths, untracked, outside];
    const stateOf = gitStates(asked);
    expect(asked.filter((path) => stateOf(path, readFileSync(path)) !== "unchanged")).toStrictEqual(changed);
    expect(count()).toBe(6);
  });

  test("need more processes when a command line can't hold their names", async () => {
    repository();
    const long = "n".repeat(200);
    const names = Array.from({ length: 300 }, (_, at) => `${long}${at}.json`);
    const paths = names.map((name) => put(folder.path, name, "{}"));
    git(folder.path, "add", ".");
    git(folder.path, "commit", "-q", "-m", "test");
    appendFileSync(paths[299] ?? "", " ");
    const count = countedGit();
    const stateOf = gitStates(paths);
    expect(paths.filter((path) => stateOf(path, readFileSync(path)) === "changed")).toStrictEqual([
      paths[299],
    ]);
    // 300 names of 208 characters are 62,400: three command lines for each of the two listings.
    expect(count()).toBe(6);
  });

  test("one that was not asked about is not known", async () => {
    const path = put(folder.path, "rule.json", "{}");
    const stateOf = gitStates([]);
    expect(stateOf(path, readFileSync(path))).toBe("unknown");
  });
});
