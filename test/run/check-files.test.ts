import { rmSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { configsOf } from "../../src/cli/configs.ts";
import { onlyChanges } from "../../src/run/check-changes.ts";
import { type Checked, runCheck } from "../../src/run/check.ts";
import { plant } from "../files/scanned.ts";
import { MEMORY, useTemporaryFolder } from "../files/temporary.ts";
import { commit } from "./committed.ts";
import { DRY_RUN } from "./settings.ts";

const folder = useTemporaryFolder(MEMORY);
const rule = (room: string, trunk = "ST_a"): string =>
  `{"dispatch_rule": {"name": "${room}", "trunk_ids": ["${trunk}"], "rule": {"dispatchRuleDirect": {"roomName": "${room}"}}}}\n`;

async function check(...names: readonly string[]): Promise<Checked> {
  const paths = names.map((name) => join(folder.path, name));
  return runCheck(paths, { ...DRY_RUN, configs: configsOf(paths) });
}

/** `name id`, of each finding; and what else is told. */
function told({ files, sources, rules, skipped }: Checked) {
  const inside = (path: string): string => path.slice(path.lastIndexOf("/") + 1);
  return {
    findings: files.flatMap(({ path, findings }) => findings.map(({ id }) => `${inside(path)} ${id}`)),
    sources,
    rules,
    skipped: skipped.map(inside),
  };
}

describe("a list of names", () => {
  it("may hold files of any kind, and such as git says were deleted", async () => {
    const others = {
      "logo.png": "\u0089PNG\0",
      LICENSE: "You may.",
      "style.css": "a { rule: b }",
      "gone.json": "{}",
    };
    commit(folder.path, { "a.json": rule("lobby"), ...others });
    rmSync(join(folder.path, "gone.json"));
    expect(told(await check("a.json", ...Object.keys(others), "never.json"))).toEqual({
      findings: ["never.json io"],
      sources: 2,
      rules: 1,
      skipped: ["logo.png", "LICENSE", "style.css", "gone.json"],
    });
  });

  it.each([
    ["rule", rule("lobby"), []],
    [
      "list",
      '{"items": [{"sipDispatchRuleId": "SDR_a", "trunkIds": ["ST_a"], "rule": {"dispatchRuleDirect": {"roomName": "a"}}}]}',
      [],
    ],
    ["cut", rule("lobby").slice(0, -3), ["cut not-json"]],
    ["deploy", `#!/bin/sh\nlk sip dispatch create - <<EOF\n${rule("lobby")}EOF\n`, []],
  ])("may hold rules in a file whose name tells nothing: %s", async (name, text, findings) => {
    plant(folder.path, { [name]: text });
    const checked = told(await check(name));
    expect(checked).toEqual({ findings, sources: 1, rules: findings.length > 0 ? 0 : 1, skipped: [] });
  });
});

describe("only what changed", () => {
  it("is reported, with what it does to rules that did not", async () => {
    commit(folder.path, {
      "a.json": rule("lobby"),
      "b.json": rule("desk", "ST_b"),
      "c.json": rule("fax", "ST_c"),
    });
    expect(told(await check("."))).toMatchObject({ findings: [], sources: 3 });
    plant(folder.path, { "a.json": rule("lobby", "ST_b"), "d.json": rule("night", "ST_c") });
    const checked = await check(".");
    const only = await onlyChanges(checked);
    if ("problem" in only) throw new Error(only.problem);
    expect(told(only)).toEqual({
      findings: ["b.json overlap", "d.json overlap"],
      sources: 2,
      rules: 2,
      skipped: [],
    });
    expect(only).toMatchObject({ isOfChanges: true });
  });

  it("is nothing where nothing did", async () => {
    commit(folder.path, { "a.json": rule("lobby"), "b.json": rule("desk") });
    const checked = await check(".");
    expect(told(checked).findings).toEqual(["b.json overlap"]);
    expect(await onlyChanges(checked)).toMatchObject({ files: [], results: [], sources: 0, rules: 0 });
  });
});
