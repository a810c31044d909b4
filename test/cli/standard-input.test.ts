import { readdirSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { useTemporaryFolder } from "../files/temporary.ts";
import { put, run, runAlone } from "./run.ts";

const folder = useTemporaryFolder();
const FLAT = '{"name":"a","rule":{"dispatchRuleDirect":{"roomName":"lobby"}}}';
const WRAPPED = `{"dispatch_rule":${FLAT}}`;
const YAML = "name: a\nrule:\n  dispatchRuleDirect:\n    roomName: lobby\n";
const WRAPPED_YAML = "dispatch_rule:\n  name: a\n  rule:\n    dispatchRuleDirect:\n      roomName: lobby\n";
const heredoc = (body: string): string => `set -e\nlk sip dispatch create - <<EOF\n${body}\nEOF\n`;

/** As words, because a sentence may be broken into lines. */
const words = (text: string): string => text.replaceAll(/\s+/g, " ");

describe("a pipe as standard input is read to its end", () => {
  const input = `${" ".repeat(100_000)}{"rule":{"dispatch_rule_direct":{"room_name":"lobby"}}}`;
  const wrapped = { dispatch_rule: { rule: { dispatch_rule_direct: { room_name: "lobby" } } } };

  it.each([
    ["migrate", "-", "-q"],
    ["convert", "-", "-q", "--to", "wrapped"],
  ])("by %s", (...args) => {
    const { status, stdout } = runAlone(folder.path, args, input);
    expect([status, JSON.parse(stdout)]).toEqual([0, wrapped]);
  });
});

describe("YAML on standard input is recognised by its first line of content", () => {
  it.each([
    ["a key", YAML, WRAPPED_YAML],
    ["a comment before it", `# who answers\n\n${YAML}`, `# who answers\n\n${WRAPPED_YAML}`],
    ["a document's start", `---\n${YAML}`, `---\n${WRAPPED_YAML}`],
    [
      "an item of a list",
      "- name: a\n  rule:\n    dispatchRuleIndividual: {}\n",
      "- dispatch_rule:\n    name: a\n    rule:\n      dispatchRuleIndividual: {}\n",
    ],
  ])("%s", (_, text, migrated) => {
    expect(run(folder.path, ["migrate", "-", "-q"], text)).toMatchObject({ status: 0, stdout: migrated });
  });

  it("what looks like it and is none, may be in another language", () => {
    const { status, stdout, stderr } = run(folder.path, ["migrate", "-"], "try:\n\tpass\n");
    expect([status, stdout]).toEqual([3, ""]);
    expect(stderr).toContain("can't be read (not-yaml)");
    expect(words(stderr)).toContain("or name its language with `--stdin-filename`");
  });

  it("what is neither is to be named", () => {
    const { status, stdout, stderr } = run(folder.path, ["migrate", "-"], heredoc(FLAT));
    expect([status, stdout]).toEqual([3, ""]);
    expect(words(stderr)).toContain("this is neither JSON nor YAML");
    expect(words(stderr)).toContain("Name its language with `--stdin-filename`: `--stdin-filename rule.sh`.");
  });

  it.each([["{"], ['[{"rule":'], ["// who answers\n{"], [""]])("broken JSON stays JSON: %j", (text) => {
    const { status, stderr } = run(folder.path, ["migrate", "-"], text);
    expect(status).toBe(3);
    expect(stderr).toContain("(not-json)");
    expect(stderr).not.toContain("--stdin-filename");
  });
});

describe("--stdin-filename names the language", () => {
  it.each([
    ["deploy.sh", heredoc(FLAT), heredoc(WRAPPED)],
    ["sip/guide.md", `# Lobby\n\n~~~json\n${FLAT}\n~~~\n`, `# Lobby\n\n~~~json\n${WRAPPED}\n~~~\n`],
    ["rule.yaml", YAML, WRAPPED_YAML],
    ["rule.json", FLAT, WRAPPED],
  ])("%s", (name, text, migrated) => {
    const { status, stdout, stderr } = run(folder.path, ["migrate", "-", "--stdin-filename", name], text);
    expect([status, stdout]).toEqual([0, migrated]);
    expect(stderr).toContain(`${name}:`);
    expect(readdirSync(folder.path)).toEqual([]);
  });

  it("a file of that name is not read", () => {
    put(folder.path, { "rule.json": "no JSON" });
    const done = run(folder.path, ["migrate", "-", "-q", "--stdin-filename", "rule.json"], FLAT);
    expect(done).toMatchObject({ status: 0, stdout: WRAPPED, stderr: "" });
  });

  it("and nothing else is tried then", () => {
    const { status, stderr } = run(folder.path, ["migrate", "-", "--stdin-filename", "rule.json"], YAML);
    expect(status).toBe(3);
    expect(stderr).toContain("rule.json:1:1  can't be read (not-json)");
  });

  it.each([
    [["a.json", "--stdin-filename", "b.json"], "--stdin-filename is about standard input, so it needs -"],
    [["--stdin-filename", "b.json"], "--stdin-filename is about standard input, so it needs -"],
    [["-", "--stdin-filename", "-"], "--stdin-filename takes the name of a file"],
    [["-", "--stdin-filename="], "--stdin-filename takes the name of a file"],
    [["-", "--stdin-filename"], "--stdin-filename needs a value"],
  ])("wrong: %j", (args, sentence) => {
    const { status, stdout, stderr } = run(folder.path, ["migrate", ...args], FLAT);
    expect([status, stdout, stderr.split("\n")[0]]).toEqual([2, "", `sip-dispatch: ${sentence}`]);
  });
});
