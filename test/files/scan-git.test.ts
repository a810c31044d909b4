import { execFileSync } from "node:child_process";
import { chmodSync, mkdirSync, readdirSync, renameSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { cases } from "../cases.ts";
import { filesWith, type Scan } from "../../src/files/scan/scan.ts";
import { oneOfNames } from "../../src/files/scan/search-pattern.ts";
import { HostileRepository } from "./hostile-repository.ts";
import { plant, REQUEST, scanned, whys } from "./scanned.ts";
import { git, program, put, runBound, useTemporaryFolder } from "./temporary.ts";

const folder = useTemporaryFolder();
const environment = { ...process.env };
beforeEach(() => {
  git(folder.path, "init", "-q");
  process.env["HOME"] = folder.elsewhere;
  delete process.env["XDG_CONFIG_HOME"];
});
afterEach(() => {
  process.env = { ...environment };
});

/** A scan that needed no help beside git's. */
async function withGit(path = folder.path, options = {}): Promise<Scan> {
  const scan = await scanned(path, options);
  expect(scan.withoutGit).toBeUndefined();
  return scan;
}

function commitAll(): void {
  git(folder.path, "add", "--all", "--force");
  git(folder.path, "commit", "-q", "--allow-empty", "-m", "test");
}

describe("a work tree", () => {
  test("tracked files, staged ones and untracked ones, but not ignored ones", async () => {
    plant(folder.path, ["tracked.json", "a/b/tracked.py"]);
    plant(folder.path, { "other.json": "{}" });
    commitAll();
    plant(folder.path, { ".gitignore": "*.local.json\n/secret/\n*.py\n" });
    plant(folder.path, [
      "staged.json",
      "untracked.json",
      "a.local.json",
      "secret/rule.json",
      "ignored.py",
      "a/b/c.py",
    ]);
    git(folder.path, "add", "staged.json");
    const scan = await withGit();
    expect(scan.candidates).toEqual(["a/b/tracked.py", "staged.json", "tracked.json", "untracked.json"]);
    expect(scan.ignored).toEqual(["a.local.json", "secret/rule.json"]);
    expect(scan.looked).toBe(8);
    const all = await withGit(folder.path, { noIgnore: true });
    expect(all.candidates).toHaveLength(8);
  });

  test("tracked files count although a pattern ignores them or their folder", async () => {
    plant(folder.path, ["a.json", "secret/b.json", "dist/c.json", "dist/d/e.json"]);
    commitAll();
    plant(folder.path, { ".gitignore": "*.json\nsecret/\ndist/\n" });
    plant(folder.path, ["secret/untracked.json", "untracked.json", "dist/f.json", "dist/g/h.json"]);
    const scan = await withGit();
    expect(scan.candidates).toEqual(["a.json", "dist/c.json", "dist/d/e.json", "secret/b.json"]);
    expect(scan.ignored).toEqual(["dist/f.json", "dist/g/h.json", "secret/untracked.json", "untracked.json"]);
  });

  test("what is vendored or generated stays out although it is tracked", async () => {
    plant(folder.path, ["vendor/a.json", "node_modules/b.json", "sip_pb2.py", "rule.json"]);
    commitAll();
    const scan = await withGit();
    expect(scan.candidates).toEqual(["rule.json"]);
    expect(whys(scan)).toEqual(["node_modules/: vendored", "sip_pb2.py: generated", "vendor/: vendored"]);
  });

  test("a folder in it is scanned alone, with the rules from above", async () => {
    plant(folder.path, ["rule.json", "a/rule.json", "a/b/rule.json", "a/b/x.json", "a/b/old/c.json"]);
    plant(folder.path, { ".gitignore": "/a/b/x.json\n", "a/.ignore": "old/\n" });
    git(folder.path, "add", ".gitignore", "rule.json", "a/b/rule.json");
    const scan = await withGit(join(folder.path, "a/b"));
    expect(scan.candidates).toEqual(["rule.json"]);
    expect(scan.ignored).toEqual(["x.json"]);
    expect(whys(scan)).toEqual(["old/: excluded"]);
    expect((await withGit(join(folder.path, "a"))).candidates).toEqual(["b/rule.json", "rule.json"]);
  });

  test.each(["ignored", "node_modules", "a/dist"])(
    "a folder that is named is looked into: %s",
    async (name) => {
      plant(folder.path, { ".gitignore": "ignored/\nnode_modules\ndist/\n" });
      plant(folder.path, [`${name}/rule.json`]);
      expect((await withGit(join(folder.path, name))).candidates).toEqual(["rule.json"]);
    },
  );

  test(".ignore excludes tracked files too", async () => {
    plant(folder.path, ["old/rule.json", "rule.json"]);
    plant(folder.path, { ".ignore": "old/\n" });
    commitAll();
    const scan = await withGit();
    expect([scan.candidates, whys(scan)]).toEqual([["rule.json"], ["old/: excluded"]]);
  });

  test("include and exclude", async () => {
    plant(folder.path, ["a/rule.json", "b/rule.json", "b/rule.py"]);
    commitAll();
    expect((await withGit(folder.path, { include: ["*.json"], exclude: ["b/"] })).candidates).toEqual([
      "a/rule.json",
    ]);
  });

  test("patterns in the repository's and in the user's own exclude file", async () => {
    plant(folder.path, ["a.json", "b.json", "c.json", "d.json"]);
    put(folder.path, ".git/info/exclude", "a.json\n");
    plant(folder.elsewhere, { ".config/git/ignore": "b.json\n", patterns: "c.json\n" });
    expect((await withGit()).ignored).toEqual(["a.json", "b.json"]);
    put(folder.elsewhere, ".gitconfig", "[core]\n\texcludesFile = ~/patterns\n\tignoreCase = false\n");
    expect((await withGit()).ignored).toEqual(["a.json", "c.json"]);
    put(folder.path, ".gitignore", "D.JSON\n");
    git(folder.path, "config", "core.ignoreCase", "true");
    expect((await withGit()).ignored).toEqual(["a.json", "c.json", "d.json"]);
  });

  test("a linked work tree shares that file", async () => {
    git(folder.path, "commit", "-q", "--allow-empty", "-m", "test");
    git(folder.path, "worktree", "add", "-q", join(folder.elsewhere, "linked"));
    put(folder.path, ".git/info/exclude", "a.json\n");
    plant(join(folder.elsewhere, "linked"), ["a.json", "b.json"]);
    const scan = await withGit(join(folder.elsewhere, "linked"));
    expect([scan.candidates, scan.ignored]).toEqual([["b.json"], ["a.json"]]);
  });
});

describe("what the index says and the work tree does not", () => {
  test("a tracked file that is gone is no file", async () => {
    plant(folder.path, ["a.json", "b/c.json", "d.json"]);
    commitAll();
    rmSync(join(folder.path, "a.json"));
    rmSync(join(folder.path, "b"), { recursive: true });
    const scan = await withGit();
    expect([scan.candidates, scan.looked]).toEqual([["d.json"], 1]);
  });

  test("the text in the work tree counts, not the committed one", async () => {
    plant(folder.path, { "a.json": "{}", "b.json": REQUEST });
    commitAll();
    plant(folder.path, { "a.json": REQUEST, "b.json": "{}" });
    expect((await withGit()).candidates).toEqual(["a.json"]);
  });

  test.each(["--assume-unchanged", "--skip-worktree"])("even with %s", async (flag) => {
    plant(folder.path, { "a.json": "{}", "b.json": REQUEST });
    commitAll();
    git(folder.path, "update-index", flag, "a.json", "b.json");
    plant(folder.path, { "a.json": REQUEST, "b.json": "{}" });
    expect((await withGit()).candidates).toEqual(["a.json"]);
  });

  test("a file that is only announced, and one in a conflict", async () => {
    plant(folder.path, { "rule.json": "{}" });
    commitAll();
    git(folder.path, "checkout", "-q", "-b", "other");
    plant(folder.path, { "rule.json": REQUEST });
    commitAll();
    git(folder.path, "checkout", "-q", "-");
    plant(folder.path, { "rule.json": "[]" });
    commitAll();
    expect(() => git(folder.path, "merge", "other")).toThrow("merge other");
    plant(folder.path, ["announced.json"]);
    git(folder.path, "add", "--intent-to-add", "announced.json");
    const scan = await withGit();
    expect([scan.candidates, scan.looked]).toEqual([["announced.json", "rule.json"], 2]);
  });

  test("a sparse checkout", async () => {
    plant(folder.path, ["a/rule.json", "b/rule.json", "top.json"]);
    commitAll();
    git(folder.path, "sparse-checkout", "set", "--cone", "--sparse-index", "a");
    plant(folder.path, ["b/untracked.json"]);
    expect((await withGit()).candidates).toEqual(["a/rule.json", "b/untracked.json", "top.json"]);
  });

  test("links, in place of a file and of a folder", async () => {
    plant(folder.path, ["a/rule.json", "b.json", "c.json"]);
    symlinkSync("b.json", join(folder.path, "link.json"));
    commitAll();
    renameSync(join(folder.path, "a"), join(folder.elsewhere, "a"));
    symlinkSync(join(folder.elsewhere, "a"), join(folder.path, "a"));
    rmSync(join(folder.path, "b.json"));
    symlinkSync("c.json", join(folder.path, "b.json"));
    const scan = await withGit();
    expect(scan.candidates).toEqual(["c.json"]);
    expect(whys(scan)).toEqual(["a: link", "b.json: link", "link.json: link"]);
  });

  test("a pipe in place of a file", async () => {
    plant(folder.path, ["a.json"]);
    commitAll();
    rmSync(join(folder.path, "a.json"));
    execFileSync("mkfifo", [join(folder.path, "a.json")]);
    expect(whys(await withGit())).toEqual(["a.json: special"]);
  });

  test("submodules and other repositories inside are not part of it", async () => {
    for (const name of ["main", "clone"]) {
      mkdirSync(join(folder.path, name));
      git(join(folder.path, name), "init", "-q");
      plant(join(folder.path, name), ["rule.json"]);
      git(join(folder.path, name), "add", ".");
      git(join(folder.path, name), "commit", "-q", "-m", "test");
    }
    git(folder.path, "-c", "protocol.file.allow=always", "submodule", "--quiet", "add", "./main", "sub");
    plant(folder.path, ["rule.json"]);
    const scan = await withGit();
    expect(scan.candidates).toEqual(["rule.json"]);
    expect(whys(scan)).toEqual(["clone/: repository", "main/: repository", "sub/: repository"]);
    expect((await withGit(join(folder.path, "sub"))).candidates).toEqual(["rule.json"]);
  });

  test("scripts for PowerShell in UTF-16", async () => {
    const bytes = (text: string): Buffer => Buffer.from(`\uFEFF${text}`, "utf16le");
    plant(folder.path, {
      "little.ps1": bytes(REQUEST),
      "big.PSM1": bytes(REQUEST).swap16(),
      "other.ps1": bytes("nothing\n".repeat(10)),
      "encoded.ps1": bytes(REQUEST),
      ".gitattributes": "encoded.ps1 working-tree-encoding=UTF-16\n",
    });
    commitAll();
    expect((await withGit()).candidates).toEqual(["big.PSM1", "encoded.ps1", "little.ps1"]);
  });

  test("attributes and settings that hide files from git grep", async () => {
    plant(folder.path, ["a.json", "b.yaml", "sub/c.json"]);
    plant(folder.path, { ".gitattributes": "*.json -diff\n*.yaml binary working-tree-encoding=UTF-16\n" });
    git(folder.path, "config", "core.attributesFile", join(folder.path, ".gitattributes"));
    for (const [name, value] of [
      ["grep.fullName", "false"],
      ["grep.patternType", "fixed"],
      ["grep.threads", "1"],
      ["color.ui", "always"],
      ["color.grep", "always"],
      ["core.quotePath", "true"],
      ["submodule.recurse", "true"],
    ] as const)
      git(folder.path, "config", name, value);
    git(folder.path, "-c", "core.attributesFile=/dev/null", "add", "a.json", "sub/c.json");
    expect((await withGit()).candidates).toEqual(["a.json", "b.yaml", "sub/c.json"]);
  });
});

test.each([
  "a\nb.json",
  "a\tb.json",
  '"a".json',
  "-rf.json",
  ":(glob)*.json",
  "ü📞.json",
  "H a.json",
  "a\\b.json",
])("the name %j, tracked", async (name) => {
  plant(folder.path, [`${name}.json`, "sub/b.json"]);
  plant(folder.path, { "c.json": "{}" });
  commitAll();
  expect((await withGit()).candidates).toEqual([`${name}.json`, "sub/b.json"].toSorted());
});

test("tracked names that are not UTF-8", async () => {
  const path = Buffer.concat([Buffer.from(`${folder.path}/`), Buffer.from("caf\xe9.json", "latin1")]);
  writeFileSync(path, REQUEST);
  plant(folder.path, ["caf\uFFFD.json"]);
  commitAll();
  const scan = await withGit();
  expect(scan.candidates).toEqual(["caf\uFFFD.json"]);
  expect(scan.unreadable).toMatchObject([{ path: "caf\\xE9.json", message: "has a name that is not UTF-8" }]);
  expect(scan.looked).toBe(2);
});

describe("without git's help everything is found all the same", () => {
  beforeEach(() => {
    plant(folder.path, { ".gitignore": "*.local.json\n" });
    plant(folder.path, ["a.json", "b.local.json"]);
    commitAll();
    git(folder.path, "rm", "-q", "--cached", "b.local.json");
    plant(folder.path, ["c.json"]);
  });
  const complaint = async (): Promise<string | undefined> => {
    const scan = await scanned(folder.path);
    expect([scan.candidates, scan.ignored, scan.looked]).toEqual([["a.json", "c.json"], ["b.local.json"], 4]);
    return scan.withoutGit;
  };

  test("there is none", async () => {
    process.env["PATH"] = folder.elsewhere;
    expect(await complaint()).toContain("git is not installed");
  });

  test("the index is broken", async () => {
    put(folder.path, ".git/index", "broken");
    expect(await complaint()).toContain("git says: ");
  });

  test("the repository is of a kind that this git does not know", async () => {
    git(folder.path, "config", "core.repositoryFormatVersion", "99");
    expect(await complaint()).toContain("99");
  });

  test("git can't search", async () => {
    const [real = ""] = execFileSync("which", ["git"], { encoding: "utf8" }).split("\n");
    const script = `#!/bin/sh\ncase " $* " in *" grep "*) echo "fatal: no memory" >&2; exit 128;; esac\nexec ${real} "$@"\n`;
    chmodSync(put(folder.elsewhere, "git", script), 0o755);
    process.env["PATH"] = `${folder.elsewhere}:${process.env["PATH"] ?? ""}`;
    expect(await complaint()).toContain("no memory");
  });

  test("git is built without Perl's expressions: then it searches with others", async () => {
    const [real = ""] = execFileSync("which", ["git"], { encoding: "utf8" }).split("\n");
    const script = `#!/bin/sh\ncase " $* " in *" --perl-regexp "*) exit 128;; esac\nexec ${real} "$@"\n`;
    chmodSync(put(folder.elsewhere, "git", script), 0o755);
    process.env["PATH"] = `${folder.elsewhere}:${process.env["PATH"] ?? ""}`;
    expect((await withGit()).candidates).toEqual(["a.json", "c.json"]);
    expect(await filesWith(folder.path, oneOfNames(["nothing.json"]))).toEqual([]);
  });
});

test("a tracked file that nobody may read", async () => {
  plant(folder.path, ["a.json", "closed.json"]);
  commitAll();
  const code = `
    import { scanFolders } from "./scan/scan.ts";
    scanFolders([process.argv[2]], { include: [], exclude: [], noIgnore: false })
      .then((scan) => process.stdout.write(JSON.stringify(scan)));`;
  const file = await program(folder.elsewhere, code);
  execFileSync("chmod", ["0", join(folder.path, "closed.json")]);
  expect(runBound([folder.path, folder.elsewhere], file, folder.path)).toMatchObject({
    candidates: [expect.stringMatching(/\/a\.json$/)],
    unreadable: [{ path: expect.stringMatching(/\/closed\.json$/), message: "permission denied" }],
    looked: 2,
  });
});

test("variables of the environment do not lead to another repository", async () => {
  plant(folder.path, ["a.json"]);
  commitAll();
  mkdirSync(join(folder.elsewhere, "other"));
  git(join(folder.elsewhere, "other"), "init", "-q");
  const variables = { GIT_DIR: join(folder.elsewhere, "other/.git"), GIT_WORK_TREE: folder.elsewhere };
  Object.assign(process.env, variables, { GIT_LITERAL_PATHSPECS: "maybe", GIT_CONFIG_PARAMETERS: "broken" });
  expect((await withGit()).candidates).toEqual(["a.json"]);
});

describe("a hostile repository runs nothing", () => {
  let hostile: HostileRepository;
  beforeEach(() => {
    plant(folder.path, ["a/rule.json", "a/other.yaml"]);
    commitAll();
    plant(folder.path, ["untracked.json"]);
    hostile = new HostileRepository(folder.path, folder.elsewhere);
  });

  test.each<[string, () => void]>([
    ["with filters, hooks, pagers, aliases and a file system monitor", () => hostile.withPrograms()],
    ["with hooks elsewhere", () => hostile.withHooksElsewhere()],
    ["bare", () => hostile.withSetting("core.bare", "true")],
    ["with its work tree elsewhere", () => hostile.withSetting("core.worktree", "/")],
    [
      "that lacks objects and names a program to fetch them with",
      () => {
        git(folder.path, "update-index", "--assume-unchanged", "a/rule.json", "a/other.yaml");
        hostile.withoutObject("HEAD:a/rule.json");
      },
    ],
  ])("%s", async (_, attack) => {
    attack();
    const { candidates } = await scanned(folder.path);
    const naming = await filesWith(folder.path, oneOfNames(["other.yaml"]));
    expect(candidates).toEqual(["a/other.yaml", "a/rule.json", "untracked.json"]);
    expect(naming).toEqual([]);
    expect(hostile.sprung()).toBe(false);
  });
});

describe("files that name others", () => {
  test("wherever one of the names stands, tracked or not", async () => {
    plant(folder.path, {
      "create.sh": "make RULE=rules/lobby.json",
      "a/Makefile": "RULES = night.yaml day.yaml",
      "other.sh": "cat lobby.yaml lobbyXjson",
      "binary.bin": "lobby.json",
      "vendor/a.sh": "lobby.json",
      ".gitignore": "ignored.sh\n",
    });
    commitAll();
    plant(folder.path, { "untracked.md": "see lobby.json", "ignored.sh": "lobby.json" });
    expect(await filesWith(folder.path, oneOfNames(["lobby.json", "day.yaml"]))).toEqual([
      "a/Makefile",
      "create.sh",
      "untracked.md",
    ]);
    expect(await filesWith(folder.path, oneOfNames(["lobby.json"]))).toEqual(["create.sh", "untracked.md"]);
    expect(await filesWith(folder.path, oneOfNames([]))).toEqual([]);
  });

  test("names of every kind, as they are", async () => {
    const names = [
      "a+b.json",
      "rule",
      "(x).json",
      "[a].json",
      "ü📞.json",
      "$x.json",
      "a b.json",
      "^",
      "a\\b.json",
    ];
    for (const [at, name] of names.entries()) plant(folder.path, { [`tracked${at}.txt`]: `- ${name}\n` });
    git(folder.path, "add", ".");
    for (const [at, name] of names.entries()) plant(folder.path, { [`untracked${at}.txt`]: `- ${name}\n` });
    for (const [at, name] of names.entries()) {
      expect(await filesWith(folder.path, oneOfNames([name]))).toEqual([
        `tracked${at}.txt`,
        `untracked${at}.txt`,
      ]);
    }
    expect(await filesWith(folder.path, oneOfNames(names))).toHaveLength(2 * names.length);
  });

  test("very many names", async () => {
    plant(folder.path, { "a.sh": "lk rule9999.json", "b.sh": "lk other.json", "c.sh": "lk rule1.json" });
    commitAll();
    const names = Array.from({ length: 10_000 }, (_, at) => `rule${at}.json`);
    expect(await filesWith(folder.path, oneOfNames(names))).toEqual(["a.sh", "c.sh"]);
  });
});

test("law: nothing is left out that git keeps, and nothing kept that git ignores", async () => {
  const name = fc.constantFrom("a", "b", "ab", "data");
  const file = fc.tuple(
    fc.array(name, { maxLength: 3 }),
    fc.constantFrom("a.json", "b.json", "a.yaml", "c.d.json"),
  );
  const part = fc.constantFrom(
    "a",
    "b",
    "*",
    "**",
    "a*",
    "?",
    "[ab]",
    "data",
    "*.json",
    "a.json",
    "b.*",
    "[!a]*",
    "\\a",
  );
  const pattern = fc
    .tuple(
      fc.constantFrom("", "", "!"),
      fc.constantFrom("", "", "/"),
      fc.array(part, { minLength: 1, maxLength: 3 }),
      fc.constantFrom("", "", "/"),
    )
    .map(([not, from, parts, end]) => not + from + parts.join("/") + end);
  const ignoreFile = fc.tuple(
    fc.array(name, { maxLength: 2 }),
    fc.array(pattern, { minLength: 1, maxLength: 5 }),
  );
  await fc.assert(
    fc.asyncProperty(
      fc.array(file, { maxLength: 12 }),
      fc.array(ignoreFile, { maxLength: 3 }),
      async (files, rules) => {
        for (const entry of readdirSync(folder.path)) {
          if (entry !== ".git") rmSync(join(folder.path, entry), { recursive: true });
        }
        plant(
          folder.path,
          files.map(([folders, base]) => [...folders, base].join("/")),
        );
        for (const [folders, lines] of rules) {
          plant(folder.path, { [[...folders, ".gitignore"].join("/")]: `${lines.join("\n")}\n` });
        }
        const listed = git(folder.path, "ls-files", "-z", "--others", "--exclude-standard").split("\0");
        const truth = listed.filter((path) => path !== "" && !path.endsWith(".gitignore"));
        const scan = await scanned(folder.path);
        expect(scan.candidates).toEqual(expect.arrayContaining(truth));
        // What is in a folder that a deeper file took back is kept, where git may ignore it by a pattern from above.
        const takesBack = rules.some(
          ([folders, lines]) => folders.length > 0 && lines.some((line) => line.startsWith("!")),
        );
        if (!takesBack) expect(scan.candidates).toEqual(truth.toSorted());
        const all = new Set(files.map(([folders, base]) => [...folders, base].join("/")));
        expect(new Set([...scan.candidates, ...scan.ignored])).toEqual(all);
      },
    ),
    cases(50),
  );
});
