import { describe, expect, it } from "vitest";
import { migrateDocument } from "../../src/plan/migrate.ts";
import { checkedResults, checkInput, type Checked } from "../../src/run/check.ts";
import { readUnnamed } from "../../src/run/unnamed-text.ts";

const LISTED = {
  sipDispatchRuleId: "SDR_a",
  trunkIds: ["ST_a"],
  rule: { dispatchRuleDirect: { roomName: "lobby" } },
};
const FLAT = '{"name":"a","trunkIds":["ST_b"],"rule":{"dispatchRuleDirect":{"roomName":"lobby"}}}';

async function checked(text: string): Promise<Checked> {
  const document = await readUnnamed(text);
  if ("reason" in document) throw new Error(document.message);
  const context = { known: new Map(), silences: [], notices: [], isCheck: true } as const;
  return checkInput(text, migrateDocument("-", document, {}, context), { options: {} });
}

async function said(text: string): Promise<string[]> {
  const { files } = await checked(text);
  return files.flatMap(({ findings }) => findings.map(({ line, column, id }) => `${line}:${column} ${id}`));
}

describe("a listing of a server", () => {
  it.each(["{}", " {}\n", '{"items": []}', '{"items":null}', "[]", "null"])("%j is empty", async (text) => {
    expect(await checked(text)).toMatchObject({ files: [], rules: 0, sources: 1 });
  });

  it.each([
    ["as lk prints it", JSON.stringify({ items: [LISTED, LISTED] })],
    ["a list of its items", JSON.stringify([LISTED, LISTED])],
    ["an item a line", `${JSON.stringify(LISTED)}\n${JSON.stringify(LISTED)}\n`],
    ["with proto names", JSON.stringify({ items: [LISTED, LISTED] }).replaceAll("trunkIds", "trunk_ids")],
  ])("is read %s", async (_, text) => {
    expect(await checked(text)).toMatchObject({ rules: 2, files: [{ findings: [{ id: "overlap" }] }] });
  });

  it("may hold rules that are of no kind", async () => {
    const items = [{ sipDispatchRuleId: "SDR_a" }, { sipDispatchRuleId: "SDR_b", rule: {} }];
    expect((await checked(JSON.stringify({ items }))).rules).toBe(2);
  });
});

describe("other input", () => {
  it.each([
    ["a request as JSON", FLAT, ["1:1 flat-form"]],
    [
      "requests as NDJSON",
      `${FLAT}\n\n{"trunkIds":["ST_a"],"rule":{"dispatchRuleIndividual":{}}}`,
      ["1:1 flat-form", "3:1 flat-form"],
    ],
    [
      "YAML",
      "name: a\ntrunkIds: [ST_a]\nrule:\n  dispatchRuleDirect:\n    roomName: lobby\n",
      ["1:1 flat-form"],
    ],
    [
      "what its first line names",
      `#!/bin/sh\nlk sip dispatch create - <<EOF\n${FLAT}\nEOF\n`,
      ["3:1 flat-form"],
    ],
    ["trunks", '{"items":[{"sipTrunkId":"ST_a","numbers":["+15550100"]}]}', ["1:1 no-rule"]],
    ["other JSON", '{"name":"a"}', ["1:1 no-rule"]],
    ["nothing", "", ["1:1 not-json"]],
    ["a complaint", "error: no such project", ["1:1 no-rule"]],
    ["what is neither JSON nor YAML", "no such project", ["1:1 not-json"]],
  ])("%s", async (_, text, findings) => {
    expect(await said(text)).toEqual(findings);
  });
});

it("there may be more findings of a file than a call takes arguments", () => {
  const one = { id: "overlap", severity: "note", line: 1, column: 1, message: "" } as const;
  const findings = Array.from({ length: 200_000 }, () => ({ ...one }));
  const { files } = checkedResults([{ path: "a.json", sites: [], findings }], { options: {} });
  expect(files[0]?.findings).toHaveLength(200_000);
});
