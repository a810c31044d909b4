import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, it } from "vitest";
import { useTemporaryFolder } from "../repo/temporary.ts";
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
  it("says what differs, then the calls, then the JSON", () => {
    put(folder.path, { "a.json": WRAPPED, "b.json": NUMBERS });
    const { stdout, status } = run(folder.path, ["diff", "a.json", "b.json"]);
    expect(status).toBe(1);
    const [meaning = "", rest = ""] = stdout.split("What changes for calls:");
    expect(meaning).toMatch(/called number +any → \+15550100/);
    expect(oneLine(rest)).toContain(
      "a call to any other number from anyone over ST_a: before, room lobby; now, no rule",
    );
    expect(rest).toMatch(/\+ {2}numbers: \[/);
  });

  it("says both readings of flat inbound_numbers", () => {
    put(folder.path, { "a.json": CALLERS, "b.json": NUMBERS });
    const { stdout, status } = run(folder.path, ["diff", "a.json", "b.json"]);
    expect(status).toBe(1);
    expect(oneLine(stdout)).toContain(
      "a call to +15550100 from anyone over ST_a: before, no rule; now, room lobby, as documented",
    );
  });

  it("names rules that are new or gone", () => {
    put(folder.path, {
      "a/one.json": FLAT,
      "b/two.json": FLAT.replace('"lobby"', '"other"'),
      "b/one.json": FLAT,
    });
    expect(run(folder.path, ["diff", "a", "b"]).stdout).toMatch(/other {2}b\/two\.json:1 {2}new/);
    expect(run(folder.path, ["diff", "b", "a"]).stdout).toMatch(/other {2}b\/two\.json:1 {2}gone/);
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
    expect(done.stdout).toMatch(/called number +any → \+15550100/);
    expect(run(folder.path, ["diff", "HEAD", "sip"]).status).toBe(0);
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
    const filler = " ".repeat(20 * 2 ** 20);
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
      expect(done.stderr).toMatch(
        /can't be read by git.*\n? *.*partial clone|neither a file nor a git revision/,
      );
    }
  });

  it("works as an external diff driver, which has to end with 0", () => {
    commit();
    writeFileSync(join(folder.path, "sip/rule.json"), WRAPPED);
    const program = `'${process.execPath}' '${join(import.meta.dirname, "../../bin/sip-dispatch.js")}' diff`;
    writeFileSync(join(folder.path, ".gitattributes"), "*.json diff=sip\n");
    const printed = git("-c", `diff.sip.command=${program}`, "diff");
    expect(printed).toMatch(/^lobby {2}sip\/rule\.json:1/);
    expect(printed).toMatch(/called number +\+15550100 → any/);
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
    ["one side", ["a.json"], 2, /diff takes two sides/],
    ["a missing file", ["a.json", "none.json"], 3, /none\.json: is neither a file nor/],
    ["a broken file", ["a.json", "broken.json"], 3, /broken\.json:1:2: .*\. Mend/],
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

  it("shows no control characters", () => {
    put(folder.path, {
      "a.json": FLAT,
      "b.json": FLAT.replace('"lobby"', String.raw`"\u001b[31mred\u202e"`),
    });
    expect(run(folder.path, ["diff", "a.json", "b.json"]).stdout).not.toMatch(/[\u001b\u202e]/);
  });
});
