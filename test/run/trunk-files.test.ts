import { describe, expect, it } from "vitest";
import { runCheck } from "../../src/run/check.ts";
import { runMigration } from "../../src/run/run.ts";
import { migrateOptions } from "../../src/cli/options.ts";
import type { MigrateOptions } from "../../src/config/options.ts";
import { useFolder } from "../evidence/repositories.ts";
import { plant } from "../files/scanned.ts";
import { commit } from "./committed.ts";
import { DRY_RUN } from "./settings.ts";

const folder = useFolder();

const NUMBER = "+15550100";
const RULE = '"rule": {"dispatchRuleDirect": {"roomName": "desk"}}';
const ON_A = `{"dispatch_rule": {"trunk_ids": ["ST_a"], "inbound_numbers": ["${NUMBER}"], ${RULE}}}`;
const LISTED = `{"items": [{"sipTrunkId": "ST_a", "numbers": ["${NUMBER}"]}]}`;
const CREATED = `{"trunk": {"name": "main", "numbers": ["${NUMBER}"]}}`;
const OUTBOUND = `{"trunk": {"address": "sip.example.com", "numbers": ["${NUMBER}"]}}`;

/** What is said of a wrapped rule with an own number in its filter on callers: how certain, and by which file. */
async function said(files: Record<string, string>, named?: string): Promise<string[]> {
  plant(folder.path, files);
  process.chdir(folder.path);
  const { files: checked } = await runCheck([named ?? "."], DRY_RUN);
  return checked.flatMap(({ path, findings }) =>
    findings
      .filter(({ id }) => id === "own-number-as-caller")
      .map(
        ({ certainty = "certain", message }) => `${path} ${certainty} ${/\(([^)]*)\)/.exec(message)?.[1]}`,
      ),
  );
}

describe("trunk files of the repository", () => {
  it.each([
    ["what LiveKit lists", { "trunks.json": LISTED }, ["sip/desk.json certain trunks.json"]],
    [
      "a request that creates one",
      { "sip/inbound-trunk.json": CREATED },
      ["sip/desk.json likely sip/inbound-trunk.json"],
    ],
    [
      "the listing before the request",
      { "b/trunk.json": CREATED, "a/trunk.json": LISTED },
      ["sip/desk.json certain a/trunk.json"],
    ],
    [
      "several files",
      { "Trunks-1.ndjson": CREATED, "trunk-2.json.example": CREATED },
      ["sip/desk.json likely Trunks-1.ndjson and trunk-2.json.example"],
    ],
    ["of another number", { "trunk.json": CREATED.replace(NUMBER, "+15550101") }, []],
    ["another trunk's", { "trunks.json": LISTED.replace("ST_a", "ST_b") }, []],
    ["an outbound trunk", { "outbound-trunk.json": OUTBOUND }, []],
    ["of another name", { "phones.json": CREATED }, []],
    ["that can't be read", { "trunk.json": "{", "trunks.json": ON_A }, []],
    ["of tests, for rules elsewhere", { "test/data/trunks.json": LISTED }, []],
  ])("%s", async (_, files, expected) => {
    expect(await said({ "sip/desk.json": ON_A, ...files })).toEqual(expected);
  });

  it("of tests count for the rules beside and below them", async () => {
    const files = { "tests/a/trunks.json": LISTED, "tests/a/b/desk.json": ON_A, "tests/c/desk.json": ON_A };
    expect(await said(files)).toEqual(["tests/a/b/desk.json certain tests/a/trunks.json"]);
  });

  it("count where only the rule's file is named, if git knows them", async () => {
    commit(folder.path, { "sip/desk.json": ON_A, "config/trunks.json": LISTED });
    expect(await said({ "other-trunks.json": LISTED }, "sip/desk.json")).toEqual([
      "sip/desk.json certain config/trunks.json",
    ]);
  });

  it.each([
    ["a trunk", ON_A, LISTED.replace("ST_a", "ST_b"), "(trunks.json) have no ST_a"],
    [
      "an own number",
      ON_A.replace("inbound_numbers", "numbers"),
      LISTED.replace(NUMBER, "+15550199"),
      "not among",
    ],
    ["a caller", ON_A, LISTED.replace("numbers", "allowedNumbers").replace(NUMBER, "+15550199"), "not among"],
  ])("may be too old to have %s that a rule names", async (_, rule, trunks, words) => {
    plant(folder.path, { "sip/desk.json": rule, "trunks.json": trunks });
    process.chdir(folder.path);
    const of = async (options: MigrateOptions): Promise<unknown[]> => {
      const { files } = await runCheck(["sip/desk.json", "."], { ...DRY_RUN, options });
      return files.flatMap(({ findings }) =>
        findings.map((one) => [one.severity, one.certainty, one.message]),
      );
    };
    expect(await of({})).toEqual([["note", "likely", expect.stringContaining(words)]]);
    const named = migrateOptions({ "known-trunks": "trunks.json" });
    expect(await of(named)).toEqual([["warning", undefined, expect.stringContaining(words)]]);
  });

  it("don't count beside those that the user names", async () => {
    plant(folder.path, { "sip/desk.json": ON_A, "trunks.json": LISTED });
    process.chdir(folder.path);
    const { files } = await runCheck(["."], { ...DRY_RUN, options: { knownTrunks: [] } });
    expect(files.flatMap(({ findings }) => findings.map(({ id }) => id))).toEqual(["unknown-trunk"]);
  });
});

describe("a migration decides", () => {
  const FLAT = `{"trunk_ids": ["ST_a"], "inbound_numbers": ["${NUMBER}"], ${RULE}}`;
  const CALLERS = '{"trunk": {"numbers": ["+15550101"], "allowedNumbers": ["+15550100"]}}';
  it.each([
    ["by what LiveKit lists", LISTED.replace("numbers", "allowedNumbers"), "inbound_numbers", undefined],
    ["by nothing that only creates a trunk, and says what is likely", CALLERS, "numbers", "likely"],
  ])("%s", async (_, trunk, filter, certainty) => {
    plant(folder.path, { "desk.json": FLAT, "trunk.json": trunk });
    process.chdir(folder.path);
    const { results } = await runMigration(["."], DRY_RUN);
    const [site] = results.flatMap(({ sites }) => sites);
    expect(site?.moves.map(({ to }) => to)).toContain(`dispatch_rule.${filter}`);
    const told = site?.findings.find(({ id }) => id === "told-by-trunks");
    expect([told?.certainty, told?.message]).toEqual([certainty, expect.stringContaining("(trunk.json)")]);
  });
});
