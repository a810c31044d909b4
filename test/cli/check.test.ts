import { mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { git, useTemporaryFolder } from "../files/temporary.ts";
import { put, run, runAlone } from "./run.ts";

const folder = useTemporaryFolder();
const DIRECT = '"rule": {"dispatchRuleDirect": {"roomName": "lobby"}}';
const RIGHT = `{"dispatch_rule": {"trunk_ids": ["ST_a"], ${DIRECT}}}\n`;
const WILDCARD = `{"dispatch_rule": {${DIRECT}}}\n`; // a note
const FLAT = `{"trunk_ids": ["ST_a"], ${DIRECT}}\n`; // a warning
const WRONG = `{"dispatch_rule": {"pins": "1", "trunk_ids": ["ST_a"], ${DIRECT}}}\n`; // an error
const FILES = {
  "right.json": RIGHT,
  "wildcard.json": WILDCARD,
  "flat.json": FLAT,
  "wrong.json": WRONG,
  "cut.json": "{",
};

describe("the exit status", () => {
  it.each([
    [["right.json"], 0],
    [["wildcard.json"], 0],
    [["wildcard.json", "--fail-on", "note"], 1],
    [["flat.json"], 1],
    [["flat.json", "--fail-on", "error"], 0],
    [["wrong.json", "--fail-on", "error"], 1],
    [["cut.json", "wrong.json"], 3],
    [["cut.json", "--fail-on", "error", "--format", "github"], 3],
    [["flat.json", "--quiet", "--format", "sarif"], 1],
  ])("of %j is %i", (args, status) => {
    put(folder.path, FILES);
    expect(run(folder.path, ["check", ...args])).toMatchObject({ status, stderr: "" });
  });

  it.each([
    [["-", "right.json"], "- is standard input, and can't be combined with files"],
    [["-", "--fix"], "--fix rewrites files, so it can't be used with -"],
    [["-", "--changed"], "--changed is about files, so it can't be used with -"],
    [["--fix", "--changed"], "--changed is about what is reported"],
    [["--calls", "right.json"], "--calls is about what is repaired, so it needs --fix"],
    [["--unsafe"], "--unsafe is about what is repaired, so it needs --fix"],
    [["--fail-on", "warn"], '--fail-on takes one of "error", "warning", "note", not "warn"'],
    [["--changed"], "--changed: there is no git repository here"],
    [["--stdin-filename", "a.sh"], "--stdin-filename is about standard input, so it needs -"],
  ])("of %j is 2", (args, sentence) => {
    put(folder.path, FILES);
    const { status, stdout, stderr } = run(folder.path, ["check", ...args]);
    expect([status, stdout, stderr.split("\n")[0]]).toEqual([2, "", `sip-dispatch: ${sentence}`]);
  });
});

it("--fix --unsafe repairs a rule, and --calls routes the calls of a log through it before and after", () => {
  const own = '{"sipDispatchRuleId": "SDR_a", "trunkIds": ["ST_example"], "inboundNumbers": ["+15550100"], ';
  const night = `{"sipDispatchRuleId": "SDR_night", "trunkIds": ["ST_night"], ${DIRECT}}`;
  const trunks = '[{"sipTrunkId": "ST_example", "numbers": ["+15550100"]}, {"sipTrunkId": "ST_night"}]';
  const log = readFileSync(join(import.meta.dirname, "../../examples/sip.log"), "utf8");
  put(folder.path, {
    "own.json": `${own}${DIRECT}}\n`,
    "night.json": night,
    "trunks.json": trunks,
    "sip.log": log,
  });
  const asked = ["check", "--fix", "--unsafe", "--calls", "sip.log", "--format", "json"];
  const { status, stdout } = run(folder.path, asked);
  expect(JSON.parse(stdout)).toMatchObject({
    findings: [],
    repaired: [{ path: "own.json", reason: "repaired", written: true }],
    loggedCalls: { calls: 3, explained: 3, moves: [{ from: "no rule", to: "room lobby", count: 1 }] },
  });
  expect(status).toBe(0);
  expect(readFileSync(join(folder.path, "own.json"), "utf8")).toBe(
    `${own.replace("inboundNumbers", "numbers")}${DIRECT}}\n`,
  );
});

describe("--fix", () => {
  it.each(["json", "sarif", "github", "markdown"])(
    "says with --format %s on standard error what it wrote",
    (format) => {
      put(folder.path, { "flat.json": FLAT, "wrong.json": WRONG });
      const done = run(folder.path, ["check", "--fix", "--format", format, "flat.json", "wrong.json"]);
      expect(done).toMatchObject({
        status: 1,
        stderr: expect.stringContaining("flat.json:1:1  migrated and written"),
      });
      expect(done.stdout).toContain("unknown-field");
      expect(done.stdout).not.toContain("flat-form");
    },
  );
});

describe("standard input", () => {
  it.each([
    ["{}", 0, "0 rules in 1 file: nothing to report.\n"],
    [FLAT, 1, /^-:1:1 warning flat-form /],
    ["", 3, /^-:1:1 error not-json /],
  ])("%j", (text, status, printed) => {
    const done = runAlone(folder.path, ["check", "-"], text);
    expect(done).toMatchObject({ status, stderr: "" });
    expect(done.stdout).toMatch(printed);
  });
});

describe("--changed", () => {
  const check = (...args: readonly string[]) => run(folder.path, ["check", "--quiet", ...args]);

  it("takes nothing, a revision, or a path", () => {
    mkdirSync(join(folder.path, "sip"));
    put(folder.path, { "flat.json": FLAT });
    git(folder.path, "init", "-q", "-b", "main");
    git(folder.path, "add", ".");
    git(folder.path, "commit", "-q", "-m", "test");
    put(join(folder.path, "sip"), { "flat.json": FLAT.replaceAll("ST_a", "ST_b") });
    expect(check("--changed")).toMatchObject({
      status: 1,
      stdout: expect.stringMatching(/^sip\/flat\.json:1:1 /),
    });
    expect(check("--changed", "sip")).toMatchObject({
      status: 1,
      stdout: expect.stringMatching(/^sip\/flat\.json:1:1 /),
    });
    git(folder.path, "add", ".");
    git(folder.path, "commit", "-q", "-m", "test");
    expect(check("--changed")).toMatchObject({ status: 0, stdout: "" });
    expect(check("--changed", "main~1", "--format", "github").stdout).toMatch(
      /^::warning file=sip\/flat\.json,[^\n]*\n$/,
    );
    git(folder.path, "branch", "sip");
    expect(check("--changed", "sip")).toMatchObject({
      status: 2,
      stderr: expect.stringContaining("is a revision and a path"),
    });
    expect(check("--changed", "nope")).toMatchObject({
      status: 2,
      stderr: expect.stringContaining("git knows no revision nope"),
    });
  });
});
