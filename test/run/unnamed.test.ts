import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { report, run } from "../cli/run.ts";
import { MEMORY, useTemporaryFolder } from "../repo/temporary.ts";
import { commit, MAKES } from "./committed.ts";

const FLAT =
  '{ "name": "desk", "trunk_ids": ["ST_5nQd8kVYtWcM"], "rule": { "dispatchRuleDirect": { "roomName": "desk" } } }';
const READS = "jq -r .name rules/a.json\n";
const SETS = "jq '.name = \"x\"' rules/a.json | lk sip dispatch create -\n";

const folder = useTemporaryFolder(MEMORY);

/** A repository of these files, with a flat request in `rules/a.json`. */
const repository = (files: Readonly<Record<string, string>>): void =>
  commit(folder.path, { "rules/a.json": FLAT, ...files });

const textOf = (name: string): string => readFileSync(join(folder.path, name), "utf8");

/** What is to be done next, in the findings of a run about readers. */
function advice(args: readonly string[], from = "."): string[] {
  const { sites } = report(run(join(folder.path, from), ["migrate", "--format", "json", ...args]));
  const findings = sites.flatMap((site) => site.findings);
  const about = findings.filter(({ id }) => id === "reader" || id === "unfollowed-use");
  return about.map(({ next = "" }) => next);
}

/** The words of the last command in a sentence, which has none with spaces. */
function lastCommand(sentence: string): string[] {
  const commands = [...sentence.matchAll(/`sip-dispatch ([^`]+)`/g)].map(([, words = ""]) => words);
  return (commands.at(-1) ?? "").split(" ");
}

/** Arguments of `migrate` from a folder, and the command that is advised then. */
const COMMANDS: [string, Record<string, string>, string[], string, string?][] = [
  ["a reader", { "scripts/deploy.sh": READS }, ["rules/a.json"], "rules/a.json scripts/deploy.sh"],
  ["what sets keys", { "deploy.sh": SETS }, ["rules/a.json"], "rules/a.json deploy.sh"],
  ["what makes the file", { "make.py": MAKES }, ["rules/a.json"], "rules/a.json make.py"],
  ["several", { "b.sh": SETS, "a.sh": READS }, ["rules/a.json"], "rules/a.json a.sh b.sh"],
  [
    "options that were given",
    { "a.sh": READS },
    ["--wrapper-key", "dispatchRule", "rules/a.json", "--quiet"],
    "--wrapper-key dispatchRule rules/a.json a.sh --quiet",
  ],
  ["what follows --", { "a.sh": READS }, ["--quiet", "--", "rules/a.json"], "--quiet -- rules/a.json a.sh"],
  ["a folder", { "a.sh": READS }, ["rules"], "rules a.sh"],
  ["this folder", { "a.sh": READS }, [], ". ../a.sh", "rules"],
  ["from below", { "rules/b.sh": "jq .name rules/a.json\n" }, ["a.json"], "a.json b.sh", "rules"],
  [
    "two files, of which only one is read",
    { "rules/b.json": FLAT, "a.sh": READS },
    ["rules/a.json", "rules/b.json"],
    "rules/a.json rules/b.json a.sh",
  ],
];

describe("a program in a file that was not named", () => {
  it.each(COMMANDS)("the advised command: %s", (_, files, args, command, from = ".") => {
    repository(files);
    const [next = "", ...others] = advice(args, from);
    for (const other of others) expect(other).toBe(next);
    const words = lastCommand(next);
    expect(words.join(" ").replace(" --format json", "")).toBe(`migrate ${command}`);
    const named = run(join(folder.path, from), ["migrate", "--write", ...words.slice(1)]);
    expect(named.status).toBe(0);
    expect(textOf("rules/a.json")).toMatch(/^\{ "dispatch_?[rR]ule"/);
    for (const name of Object.keys(files).filter((one) => /^(a|b|deploy)\.sh$/.test(one))) {
      expect(textOf(name)).toMatch(/dispatch_?[rR]ule\.name/);
    }
  });

  it("is not written by a run that writes the file, which says how to get both", () => {
    repository({ "scripts/deploy.sh": READS });
    const written = run(folder.path, ["migrate", "rules/a.json", "--write"]);
    expect(written.status).toBe(0);
    expect(textOf("scripts/deploy.sh")).toBe(READS);
    expect(written.stdout).toContain(
      "    Take this run back with `sip-dispatch undo`, and name that file too:\n" +
        "    `sip-dispatch migrate rules/a.json scripts/deploy.sh --write`.\n",
    );
    expect(run(folder.path, ["undo"]).status).toBe(0);
    expect(run(folder.path, ["migrate", "rules/a.json", "scripts/deploy.sh", "--write"]).status).toBe(0);
    expect(textOf("scripts/deploy.sh")).toBe("jq -r .dispatch_rule.name rules/a.json\n");
  });

  it("keeps a file whose keys it sets from being written, and both are when both are named", () => {
    repository({ "deploy.sh": SETS });
    const alone = run(folder.path, ["migrate", "rules/a.json", "--write"]);
    expect(alone.status).toBe(3);
    expect(textOf("rules/a.json")).toBe(FLAT);
    expect(alone.stdout).toContain("`sip-dispatch migrate rules/a.json deploy.sh --write`");
    expect(alone.stdout).not.toContain("undo");
    expect(run(folder.path, ["migrate", "rules/a.json", "deploy.sh", "--write"]).status).toBe(0);
    expect(textOf("deploy.sh")).toContain("'.dispatch_rule.name = ");
  });

  it("is told of a command once, however many lines it has", () => {
    repository({ "a.sh": READS.repeat(3) });
    const { stdout } = run(folder.path, ["migrate", "rules/a.json"]);
    expect(stdout.match(/sip-dispatch migrate rules\/a\.json a\.sh/g)).toHaveLength(1);
  });

  it.each([
    ["somebody wants it to stay", { "a.sh": `# sip-dispatch-ignore: prints the old form\n${READS}` }],
    ["it is not simple", { "a.sh": "jq 'keys, .name' rules/a.json\n" }],
    ["it reads another file, which stays", { "b.json": "{}", "a.sh": "jq .name rules/a.json b.json\n" }],
    ["it may mean another file", { "a.sh": 'f=${1:-rules/a.json}; jq .name "$f"\n' }],
  ])("is only pointed at where naming it would not help: %s", (_, files) => {
    repository(files);
    expect(advice(["rules/a.json"]).join("\n")).not.toContain("sip-dispatch migrate");
    expect(advice(["rules/a.json"])).toHaveLength(1);
  });

  it("is only pointed at where the result goes elsewhere", () => {
    repository({ "a.sh": READS });
    expect(advice(["rules/a.json", "-o", "out.json"])).toEqual(["Read `dispatch_rule.name` there."]);
  });
});
