import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, it } from "vitest";
import { useTemporaryFolder } from "../files/temporary.ts";
import { run } from "./run.ts";

const folder = useTemporaryFolder();
const rule = '"rule":{"dispatchRuleDirect":{"roomName":"lobby"}}';
const FLAT = `{"name":"lobby","trunk_ids":["ST_a"],${rule}}`;
const WRAPPED = `{"dispatch_rule":{${rule},"trunkIds":["ST_a"],"name":"lobby"}}`;
const BARE = `{"items":[{"sipDispatchRuleId":"SDR_1","createdAt":"2026-01-01T00:00:00Z","media":{},"name":"lobby","trunkIds":["ST_a"],${rule}}]}`;
const NUMBERS = `{"dispatch_rule":{${rule},"trunkIds":["ST_a"],"name":"lobby","numbers":["+15550100"]}}`;
const CALLERS = `{"name":"lobby","trunk_ids":["ST_a"],"inbound_numbers":["+15550100"],${rule}}`;

const put = (root: string, files: Record<string, string>): void => {
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, name)), { recursive: true });
    writeFileSync(join(root, name), text);
  }
};

const git = (...args: string[]): string =>
  execFileSync("git", ["-c", "user.name=a", "-c", "user.email=a@example.com", ...args], {
    cwd: folder.path,
    encoding: "utf8",
  });

const oneLine = (text: string): string => text.replaceAll(/\s+/g, " ");

describe("the same meaning, whatever the form: status 0", () => {
  it.each([
    ["flat and wrapped", FLAT, WRAPPED],
    ["a file and what is live", WRAPPED, BARE],
    [
      "other spacing, order and case",
      WRAPPED,
      WRAPPED.replace("trunkIds", "trunk_ids").replaceAll(":", " : "),
    ],
  ])("%s", (_, before, after) => {
    put(folder.path, { "a.json": before, "b.json": after });
    const done = run(folder.path, ["diff", "a.json", "b.json"]);
    expect(done).toMatchObject({ status: 0, stderr: "", stdout: "The same meaning: 1 rule.\n" });
  });
});

describe("another meaning: status 1", () => {
  it("says what differs, then the calls, and the JSON where it is asked for", () => {
    put(folder.path, { "a.json": WRAPPED, "b.json": NUMBERS });
    const { stdout, status } = run(folder.path, ["diff", "a.json", "b.json"]);
    expect(status).toBe(1);
    expect(stdout).toMatch(/ to +any number → \+15550100/);
    expect(oneLine(stdout)).toContain("− loses calls to other numbers (then: no rule)");
    expect(stdout).not.toMatch(/numbers: \[/);
    const json = run(folder.path, ["diff", "a.json", "b.json", "--json-diff"]).stdout;
    expect(json).toMatch(/\+ {2}numbers: \[/);
  });

  it("says both readings of flat inbound_numbers", () => {
    put(folder.path, { "a.json": CALLERS, "b.json": NUMBERS });
    const { stdout, status } = run(folder.path, ["diff", "a.json", "b.json"]);
    expect(status).toBe(1);
    expect(oneLine(stdout)).toContain("+ gains calls to +15550100 (before: no rule)");
    expect(oneLine(stdout)).toContain("docs what comes after is what the flat form's documentation promised");
  });

  it("names rules that are new or gone", () => {
    put(folder.path, {
      "a/one.json": FLAT,
      "b/two.json": NUMBERS.replace('"name":"lobby"', '"name":"other"'),
      "b/one.json": FLAT,
    });
    expect(run(folder.path, ["diff", "a", "b"]).stdout).toMatch(/other {2}b\/two\.json:1 +new rule/);
    expect(run(folder.path, ["diff", "b", "a"]).stdout).toMatch(/other {2}b\/two\.json:1 +gone/);
  });

  it("prints nothing with --quiet, and JSON for programs", () => {
    put(folder.path, { "a.json": WRAPPED, "b.json": NUMBERS });
    expect(run(folder.path, ["diff", "a.json", "b.json", "--quiet"])).toMatchObject({
      status: 1,
      stdout: "",
    });
    const json = JSON.parse(run(folder.path, ["diff", "a.json", "b.json", "--format", "json"]).stdout);
    expect(json).toMatchObject({
      version: 1,
      same: false,
      rules: [{ name: "lobby", same: false, afterInfo: { numbers: ["+15550100"] } }],
    });
  });

  it("says what an older server does with numbers", () => {
    const inRoom = (room: string): string =>
      `{"dispatch_rule":{"numbers":["+15550100"],"rule":{"dispatchRuleDirect":{"roomName":"${room}"}}}}`;
    put(folder.path, { "a.json": inRoom("a"), "b.json": inRoom("b") });
    const { stdout } = run(folder.path, ["diff", "a.json", "b.json", "--server", "1.9.10"]);
    expect(stdout).toContain("  ~ changes  all calls: room a → b");
    expect(oneLine(stdout)).toContain(
      "This livekit-server drops `numbers`: a rule that has them takes calls to any number there.",
    );
    expect(run(folder.path, ["diff", "a.json", "b.json"]).stdout).not.toContain("drops");
  });

  it("hides PINs with --redact", () => {
    put(folder.path, {
      "a.json": FLAT,
      "b.json": FLAT.replace('"roomName":"lobby"', '"roomName":"lobby","pin":"4821"'),
    });
    for (const format of ["text", "json"]) {
      const { stdout } = run(folder.path, ["diff", "a.json", "b.json", "--redact", "--format", format]);
      expect(stdout).toContain("[redacted]");
      expect(stdout).not.toContain("4821");
    }
  });
});

describe("git", () => {
  const commit = (): void => {
    git("init", "--quiet", "--initial-branch=main");
    put(folder.path, { "sip/rule.json": FLAT, "other.txt": "x" });
    git("add", ".");
    git("commit", "--quiet", "-m", "one");
    writeFileSync(join(folder.path, "sip/rule.json"), NUMBERS);
    git("commit", "--quiet", "-a", "-m", "two");
  };

  it.each([
    [["HEAD~1:sip/rule.json", "sip/rule.json"]],
    [["HEAD~1:./sip/rule.json", "HEAD:sip/rule.json"]],
    [["HEAD~1..HEAD"]],
    [["HEAD~1.."]],
    [["HEAD~1", "sip"]],
    [["HEAD~1:sip", "HEAD:sip"]],
  ])("%j", (sides) => {
    commit();
    const done = run(folder.path, ["diff", ...sides]);
    expect(done).toMatchObject({ status: 1, stderr: "" });
    expect(done.stdout).toMatch(/ to +any number → \+15550100/);
    expect(run(folder.path, ["diff", "HEAD", "sip"]).status).toBe(0);
  });

  describe("as git has it", () => {
    /** Two rules at HEAD; one is changed in the index, the other in the work tree, and a third is new. */
    const changeAll = (): void => {
      const named = (name: string): string =>
        FLAT.replaceAll('"lobby"', `"${name}"`).replace("ST_a", `ST_${name}`);
      const numbered = (name: string): string =>
        named(name).replace("{", '{"inbound_numbers":["+15550100"],');
      git("init", "--quiet", "--initial-branch=main");
      put(folder.path, { "sip/staged.json": named("staged"), "sip/edited.json": named("edited") });
      git("add", ".");
      git("commit", "--quiet", "-m", "one");
      put(folder.path, { "sip/staged.json": numbered("staged") });
      git("add", ".");
      put(folder.path, { "sip/edited.json": numbered("edited"), "other/new.json": named("new") });
    };
    const changed = (args: string[], from = folder.path): string[] => {
      const { stdout, stderr } = run(from, ["diff", ...args]);
      expect(stderr).toBe("");
      return ["staged", "edited", "new"].filter((name) => new RegExp(`^${name} `, "m").test(stdout));
    };

    it.each<[string[], string[]]>([
      [[], ["staged", "edited", "new"]],
      [["HEAD"], ["staged", "edited", "new"]],
      [["--staged"], ["staged"]],
      [["--staged", "HEAD"], ["staged"]],
      [["HEAD..HEAD"], []],
      [["HEAD...HEAD"], []],
      [
        ["--", "sip"],
        ["staged", "edited"],
      ],
      [
        ["HEAD", "--", "sip/edited.json", "other"],
        ["edited", "new"],
      ],
      [["sip"], ["staged", "edited"]],
      [["--staged", "--", "sip/edited.json"], []],
      [["HEAD:sip/edited.json"], ["edited"]],
    ])("%j", (args, names) => {
      changeAll();
      expect(changed(args)).toEqual(names);
    });

    it("from a folder below the top, the whole of it", () => {
      changeAll();
      const below = join(folder.path, "sip");
      expect(changed([], below)).toEqual(["staged", "edited", "new"]);
      expect(changed(["--", "edited.json"], below)).toEqual(["edited"]);
      expect(changed(["HEAD", "--", "../other"], below)).toEqual(["new"]);
    });

    it("without files that git ignores, and with those that are deleted", () => {
      changeAll();
      put(folder.path, { ".gitignore": "other\n" });
      expect(changed([])).toEqual(["staged", "edited"]);
      rmSync(join(folder.path, "sip/edited.json"));
      expect(run(folder.path, ["diff", "--", "sip/edited.json"]).stdout).toMatch(/^edited .* gone$/m);
    });

    it("what a branch adds, as a pull request shows it", () => {
      commit();
      git("checkout", "--quiet", "-b", "branch", "HEAD~1");
      put(folder.path, { "sip/more.json": FLAT.replaceAll("lobby", "more").replace("ST_a", "ST_more") });
      git("add", ".");
      git("commit", "--quiet", "-m", "three");
      expect(run(folder.path, ["diff", "main..branch"]).stdout).toContain("+15550100 → any number");
      const { stdout } = run(folder.path, ["diff", "main...branch"]);
      expect(stdout).toMatch(/^more .* new rule$/m);
      expect(stdout).toContain("1 rule of 2 differs: 1 new; 1 the same.");
    });

    it.each([
      [["nowhere"], 3, /nowhere: is neither a file nor a git revision/],
      [["nowhere..HEAD"], 3, /nowhere: git knows no such revision/],
      [["nowhere", "sip/none.json"], 3, /^nowhere: is neither a file nor a git revision/],
      [["--staged", "HEAD", "HEAD"], 2, /diff takes one revision/],
      [["HEAD", "HEAD", "HEAD"], 2, /diff takes two sides/],
      [["sip", "other", "--", "sip"], 2, /paths behind -- are those of revisions/],
      [["main", "sip"], 2, /main is a revision and a path/],
    ])("refuses %j", (args, status, message) => {
      changeAll();
      put(folder.path, { main: "" });
      const done = run(folder.path, ["diff", ...args]);
      expect(done).toMatchObject({ status, stdout: "" });
      expect(done.stderr).toMatch(message);
    });

    it("says what is in a merge conflict", () => {
      commit();
      git("checkout", "--quiet", "-b", "branch", "HEAD~1");
      put(folder.path, { "sip/rule.json": CALLERS });
      git("commit", "--quiet", "-a", "-m", "three");
      expect(() => git("merge", "--quiet", "main")).toThrow("Command failed");
      const done = run(folder.path, ["diff", "--staged"]);
      expect(done.status).toBe(3);
      expect(done.stderr).toContain("index:sip/rule.json: is in a merge conflict.");
    });
  });

  it("takes of a revision the files that it takes of a folder", () => {
    git("init", "--quiet", "--initial-branch=main");
    put(folder.path, {
      "sip/rule.json": FLAT,
      "vendor/sip/rule.json": FLAT,
      "old/rule.json": FLAT,
      "rule.json.1234567": FLAT,
      "tsconfig.json": "{ ,, }",
      "package-lock.json": FLAT,
      "sip-dispatch.config.json": '{ "exclude": ["/old/"] }',
    });
    git("add", "-A");
    git("commit", "--quiet", "-m", "one");
    const same = { status: 0, stderr: "" };
    const of = (count: number): object => ({ ...same, stdout: `The same meaning: ${count} rule.\n` });
    expect(run(folder.path, ["diff", "HEAD", "."])).toMatchObject(of(1));
    expect(run(folder.path, ["diff", "HEAD..HEAD"])).toMatchObject(of(1));
    expect(run(folder.path, ["diff", "HEAD:old", "old"])).toMatchObject(same);
    expect(run(folder.path, ["diff", "HEAD:vendor", "vendor"])).toMatchObject(of(1));
    expect(run(folder.path, ["diff", "HEAD:old/rule.json", "old/rule.json"])).toMatchObject(of(1));
    expect(run(join(folder.path, "sip"), ["diff", "HEAD", ".."])).toMatchObject(of(1));
  });

  it("reads many and large files of a revision", () => {
    git("init", "--quiet", "--initial-branch=main");
    const named = (name: string): string =>
      FLAT.replace('"lobby"', `"${name}"`).replace("ST_a", `ST_${name}`);
    const files = Array.from({ length: 20 }, (_, index) => [`${index}.json`, named(`n${index}`)]);
    const filler = " ".repeat(2 ** 20);
    put(folder.path, {
      ...Object.fromEntries(files),
      "large.json": named("large") + filler,
      "larger.json": filler + named("larger"),
      "empty.json": "",
      "line\nbreak.json": named("broken"),
    });
    git("add", "-A");
    git("commit", "--quiet", "-m", "one");
    expect(run(folder.path, ["diff", "HEAD", "."])).toMatchObject({
      status: 0,
      stdout: "The same meaning: 23 rules.\n",
    });
  });

  it("says what a partial clone lacks, instead of taking it for gone", () => {
    commit();
    git("config", "uploadpack.allowFilter", "true");
    const url = `file://${folder.path}`;
    for (const filter of ["blob:none", "tree:0"]) {
      const clone = join(folder.elsewhere, filter.replace(":", "-"));
      git("clone", "--quiet", "--no-checkout", `--filter=${filter}`, url, clone);
      const done = run(clone, ["diff", "HEAD~1..HEAD"]);
      expect(done).toMatchObject({ status: 3, stdout: "" });
      expect(done.stderr).toMatch(/can't be read by git.*\n? *.*partial clone|git knows no such revision/);
    }
  });

  it("works as an external diff driver, which has to end with 0", () => {
    commit();
    writeFileSync(join(folder.path, "sip/rule.json"), WRAPPED);
    const program = `'${process.execPath}' '${join(import.meta.dirname, "../../bin/sip-dispatch.js")}' diff`;
    writeFileSync(join(folder.path, ".gitattributes"), "*.json diff=sip\n");
    const printed = git("-c", `diff.sip.command=${program}`, "diff");
    expect(printed).toMatch(/^lobby {2}sip\/rule\.json:1/);
    expect(printed).toMatch(/ to +\+15550100 → any number/);
  });

  it.each([
    ["nowhere:sip/rule.json", /nowhere:sip\/rule\.json: is neither a file nor a git revision\. Name /],
    ["HEAD:sip/none.json", /HEAD:sip\/none\.json: is not in that revision\. Check /],
    ["--output=x", /there is no option --output/],
  ])("refuses %s", (side, message) => {
    commit();
    const done = run(folder.path, ["diff", side, "sip/rule.json"]);
    expect([2, 3]).toContain(done.status);
    expect(done.stderr).toMatch(message);
    expect(done.stderr).not.toMatch(/^\s+at /m);
  });

  it("runs nothing that a repository configures", () => {
    commit();
    const canary = join(folder.path, "canary");
    const trap = `touch '${canary}'; cat`;
    for (const key of [
      "core.fsmonitor",
      "filter.trap.clean",
      "filter.trap.smudge",
      "diff.trap.textconv",
      "core.pager",
      "core.sshCommand",
    ]) {
      git("config", key, trap);
    }
    writeFileSync(join(folder.path, ".gitattributes"), "*.json filter=trap diff=trap\n");
    expect(run(folder.path, ["diff", "HEAD~1..HEAD"]).status).toBe(1);
    expect(run(folder.path, ["diff", "HEAD:sip/rule.json", "sip/rule.json"]).status).toBe(0);
    expect(existsSync(canary)).toBe(false);
    expect(readFileSync(join(folder.path, "sip/rule.json"), "utf8")).toBe(NUMBERS);
  });
});

describe("bad input", () => {
  it.each([
    ["one side outside of a repository", ["a.json"], 2, /diff needs two files or folders/],
    ["a missing file", ["a.json", "none.json"], 3, /none\.json: is neither a file nor/],
    ["a broken file", ["a.json", "broken.json"], 3, /broken\.json:1:2: [^]*\. Fix/],
    [
      "a request that needs a person",
      ["a.json", "unknown.json"],
      3,
      /unknown\.json:1:2: `trunks` is not a field/,
    ],
  ])("%s", (_, sides, status, message) => {
    put(folder.path, { "a.json": FLAT, "broken.json": "{,}", "unknown.json": `{"trunks":["ST_a"],${rule}}` });
    const done = run(folder.path, ["diff", ...sides]);
    expect(done.status).toBe(status);
    expect(done.stderr).toMatch(message);
  });

  it("compares what can be compared, and what is broken counts as neither new nor gone", () => {
    put(folder.path, {
      "a/one.json": FLAT,
      "a/two.json": CALLERS.replaceAll("lobby", "two"),
      "b/one.json": NUMBERS,
      "b/two.json": '{"rule":{"dispatchRuleDirect":{,}}}',
    });
    for (const sides of [
      ["a", "b"],
      ["b", "a"],
    ]) {
      const done = run(folder.path, ["diff", ...sides]);
      expect(done.status).toBe(3);
      expect(done.stderr).toMatch(/^b\/two\.json:1:\d+: /);
      expect(done.stdout).toContain("1 rule of 1 differs");
      expect(oneLine(done.stdout)).toContain(
        "1 rule not compared, because its other side can't be read: two (a/two.json:1).",
      );
      expect(done.stdout).not.toMatch(/new rule|gone/);
    }
  });

  it("shows no control characters", () => {
    put(folder.path, {
      "a.json": FLAT,
      "b.json": FLAT.replace('"lobby"', String.raw`"\u001b[31mred\u202e"`),
    });
    expect(run(folder.path, ["diff", "a.json", "b.json"]).stdout).not.toMatch(/[\u001b\u202e]/);
  });
});
