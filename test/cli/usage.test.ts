import { existsSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { useTemporaryFolder } from "../files/temporary.ts";
import { put, run } from "./run.ts";

const folder = useTemporaryFolder();
const FLAT = '{"rule":{"dispatchRuleDirect":{"roomName":"lobby"}}}';

describe("a wrong command line is said as it is", () => {
  it.each([
    [["convert", "a.json", "b.json", "--to", "info"], "convert takes one file, so b.json is one too many"],
    [["convert", "-", "b.json", "--to", "info"], "convert takes one file, so b.json is one too many"],
    [["undo", "x", "y"], "undo takes one run, so y is one too many"],
    [["migrat", "a.json"], "there is no command migrat; did you mean migrate?"],
    [["help", "migrat"], "there is no command migrat; did you mean migrate?"],
    [
      ["migrate", "a.json", "--trunks", "foo bar"],
      '--trunks takes trunk ids separated by commas, and "foo bar" is',
    ],
    [["migrate", "a.json", "--format"], "--format needs a value"],
    [["migrate", "a.json", "--assume"], "--assume needs a value"],
    [["convert", "a.json", "--to"], '--to needs a value: one of "flat", "wrapped", "info"'],
  ])("%j", (args, sentence) => {
    put(folder.path, { "a.json": FLAT, "b.json": FLAT });
    const { status, stdout, stderr } = run(folder.path, args);
    expect([status, stdout, stderr.split("\n")[0]]).toEqual([2, "", `sip-dispatch: ${sentence}`]);
  });
});

it("the examples in the help can be copied: none is broken", () => {
  for (const command of ["migrate", "check", "convert", "diff", "route", "diagnose", "undo"]) {
    const [, examples = ""] = run(folder.path, [command, "--help"]).stdout.split("\nExamples:\n");
    const lines = examples.trimEnd().split("\n");
    expect(lines.filter((line) => !/^ {2}(# |sip-dispatch |lk |kubectl )/.test(line))).toEqual([]);
    expect(lines.filter((line) => line.length > 80)).toEqual([]);
  }
});

it("help COMMAND is COMMAND --help", () => {
  const help = run(folder.path, ["help", "diff"]);
  expect(help).toMatchObject({ status: 0, stderr: "" });
  expect(help.stdout).toBe(run(folder.path, ["diff", "--help"]).stdout);
  expect(run(folder.path, ["help"]).stdout).toBe(run(folder.path, ["--help"]).stdout);
});

describe("convert of a listing says to pick one, and how", () => {
  it.each([
    ['{"items":[{"sipDispatchRuleId":"SDR_a"},{}]}', "a list of 2", "`jq '.items[0]'`"],
    ["[{}]", "a list of 1", "`jq '.[0]'`"],
    ["[]", "an empty list", "Give it one."],
  ])("%s", (text, what, next) => {
    const { status, stdout, stderr } = run(folder.path, ["convert", "-", "--to", "info"], text);
    expect([status, stdout]).toEqual([3, ""]);
    expect(stderr).toMatch(`-:1:1: this is ${what}, and`);
    expect(stderr.replaceAll(/\s+/g, " ")).toContain(next);
  });
});

describe("an empty listing is an empty set of rules", () => {
  const call = ["--to", "+15550100", "--from", "+15550101"];

  it.each(["{}", '{"items":[]}'])("%s", (listing) => {
    put(folder.path, { "a.json": FLAT, "live.json": listing });
    const routed = run(folder.path, ["route", "live.json", ...call]);
    expect(routed).toMatchObject({ status: 1, stderr: "" });
    expect(routed.stdout).toContain("none matches");
    expect(run(folder.path, ["diff", "live.json", "live.json"])).toMatchObject({ status: 0, stderr: "" });
    expect(run(folder.path, ["diff", "live.json", "a.json"])).toMatchObject({ status: 1, stderr: "" });
  });

  it("one that is only found in a folder is not", () => {
    put(folder.path, { "package.json": "{}" });
    expect(run(folder.path, ["route", ".", ...call]).status).toBe(3);
  });
});

describe("what became of the file of -o", () => {
  it.each([
    ["part of it needs a person", `[${FLAT},{"rule":{"dispatchRuleDirect":{}},"bogus":1}]`],
    ["all of it needs a person", '{"rule":{"dispatchRuleDirect":{}},"bogus":1}'],
    ["it is no request", '{"name":"x"}'],
  ])("%s", (_, text) => {
    put(folder.path, { "a.json": text });
    const { status, stderr } = run(folder.path, ["migrate", "a.json", "-o", "out.json"]);
    expect(status).toBe(3);
    const said = stderr.replaceAll(/\s+/g, " ");
    expect(said).toContain("out.json was not written, because not all of the file could be migrated.");
    expect(existsSync(join(folder.path, "out.json"))).toBe(false);
  });

  it("a folder", () => {
    put(folder.path, { "a.json": FLAT });
    mkdirSync(join(folder.path, "dir"));
    const { status, stdout, stderr } = run(folder.path, ["migrate", "a.json", "-o", "dir"]);
    expect([status, stdout, stderr]).toEqual([3, expect.stringContaining("is a directory"), ""]);
  });

  it("all of it is wrapped already", () => {
    put(folder.path, { "a.json": `{"dispatch_rule":${FLAT}}` });
    const { status, stderr } = run(folder.path, ["migrate", "a.json", "-o", "out.json"]);
    expect([status, stderr]).toEqual([
      0,
      "sip-dispatch: out.json holds the text unchanged: all of it is wrapped already.\n",
    ]);
    expect(existsSync(join(folder.path, "out.json"))).toBe(true);
  });

  it("nothing more is said where it was written", () => {
    put(folder.path, { "a.json": FLAT });
    expect(run(folder.path, ["migrate", "a.json", "-o", "out.json"])).toMatchObject({
      status: 0,
      stderr: "",
    });
  });
});
