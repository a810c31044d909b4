import type { JsonValue } from "@bufbuild/protobuf";
import { expect, test } from "vitest";
import { matchTrunk } from "../../src/routing/match-trunk.ts";
import { readTrunks, type Trunk, trunksFromJson } from "../../src/routing/trunks.ts";
import { NEW, OLD } from "./calls-and-rules.ts";

const NONE = { name: "", numbers: [], allowedNumbers: [], allowedAddresses: [] };
const MAIN: Trunk = { ...NONE, id: "ST_main", numbers: ["+15550100"] };
const REST: Trunk = { ...NONE, id: "ST_rest" };
const CALL = { calledNumber: "15550100", callingNumber: "+15550177" };

test("the trunk with the number, in whatever spelling, beats one without numbers", () => {
  expect(matchTrunk([REST, MAIN], CALL, NEW)).toEqual({ kind: "specific", trunk: MAIN });
});

test("a trunk without numbers takes the rest", () => {
  expect(matchTrunk([REST, MAIN], { ...CALL, calledNumber: "1" }, NEW)).toEqual({
    kind: "default",
    trunk: REST,
  });
});

test("several trunks are an error, of either kind", () => {
  const again = { ...MAIN, id: "ST_again" };
  expect(matchTrunk([MAIN, again], CALL, NEW)).toEqual({
    kind: "several",
    numberless: false,
    trunks: [MAIN, again],
  });
  expect(matchTrunk([REST, REST], CALL, NEW)).toEqual({
    kind: "several",
    numberless: true,
    trunks: [REST, REST],
  });
});

test.each([
  ["allowed_numbers", { allowedNumbers: ["+15550178"] }, {}],
  ["allowed_addresses", { allowedAddresses: ["192.0.2.0/24"] }, { sourceIp: "198.51.100.1" }],
  ["allowed_numbers", { numbers: [], allowedNumbers: ["+15550178"] }, {}],
])("a trunk whose %s don't admit a call passes it by, and is told", (by, lists, from) => {
  const trunk = { ...MAIN, ...lists };
  expect(matchTrunk([trunk], { ...CALL, ...from }, NEW)).toEqual({ kind: "none", refusing: [{ trunk, by }] });
});

test("a trunk that has the number with another beginning is told, one with another number is not", () => {
  const none = matchTrunk(
    [MAIN, { ...MAIN, numbers: ["+15550101"] }],
    { ...CALL, calledNumber: "0015550100" },
    NEW,
  );
  expect(none).toEqual({ kind: "none", refusing: [{ trunk: MAIN, by: "numbers", number: "+15550100" }] });
});

test("before v1.12.0 a trunk with the number twice was an error", () => {
  const twice = { ...MAIN, numbers: ["+15550100", "15550100"] };
  expect([NEW, OLD].map((server) => matchTrunk([twice], CALL, server).kind)).toEqual(["specific", "several"]);
});

const READ = {
  ...NONE,
  id: "ST_a",
  name: "main",
  numbers: ["+15550100"],
  allowedNumbers: ["+15550177"],
  allowedAddresses: ["192.0.2.1"],
};
const CAMEL = {
  sipTrunkId: "ST_a",
  name: "main",
  numbers: ["+15550100"],
  allowedNumbers: ["+15550177"],
  allowedAddresses: ["192.0.2.1"],
  authUsername: "user",
};
const SNAKE = {
  sip_trunk_id: "ST_a",
  name: "main",
  numbers: ["+15550100"],
  allowed_numbers: ["+15550177"],
  allowed_addresses: ["192.0.2.1"],
  auth_username: "user",
};

test.for([{ items: [CAMEL] }, { items: [SNAKE] }, [CAMEL], [SNAKE], CAMEL, SNAKE])("reads %j", (json) => {
  expect(trunksFromJson(json)).toEqual({ trunks: [READ], unlisted: [] });
});

const { sipTrunkId: _, ...CREATED } = CAMEL;

test.for([{ trunk: CREATED }, [{ trunk: CREATED }], [CREATED]])(
  "%j has a trunk whose id is not known",
  (json) => {
    expect(trunksFromJson(json)).toEqual({ trunks: [], unlisted: [{ ...READ, id: "" }] });
  },
);

test("reads JSON of many lines, and JSON on each line", () => {
  const lines = [JSON.stringify({ items: [CAMEL] }), "", JSON.stringify({ trunk: CREATED })].join("\r\n");
  const both = { trunks: [READ], unlisted: [{ ...READ, id: "" }] };
  expect(readTrunks(`\uFEFF${lines}\n`)).toEqual(both);
  expect(readTrunks(JSON.stringify([CAMEL, { trunk: CREATED }], null, 2))).toEqual(both);
});

test.for([
  ["", "This is not JSON."],
  ["ST_a main +15550100", "This is not JSON."],
  ['{"items": [', "This is not JSON."],
  ['{"items": []}\n{"items": [', "Line 2: This is not JSON."],
  ['{"items": []}\n\n[1]', "Line 3: Trunk 1 is not an object."],
])("%j: %s", ([text, problem]) => {
  expect(readTrunks(text ?? "")).toEqual({ problem });
});

test.for([{}, { items: [] }, []])("%j has no trunks", (json) => {
  expect(trunksFromJson(json)).toEqual({ trunks: [], unlisted: [] });
});

test("a null leaves a field unset", () => {
  expect(trunksFromJson({ sipTrunkId: "ST_a", numbers: null })).toEqual({
    trunks: [{ ...NONE, id: "ST_a" }],
    unlisted: [],
  });
});

const NO_LIST =
  "This is not a list of inbound trunks: it has neither `items` nor a `trunk` nor a `sipTrunkId`.";
const OUTBOUND = "Trunk 1 has an address to call, so it is an outbound trunk.";

test.for<[JsonValue, string]>([
  [null, NO_LIST],
  ["ST_a", NO_LIST],
  [{ items: {} }, NO_LIST],
  [{ trunk: "ST_a" }, NO_LIST],
  [{ dispatch_rule: { rule: {} } }, "This is not a list of inbound trunks: it is a dispatch rule."],
  [{ trunk_ids: ["ST_a"], rule: {} }, "This is not a list of inbound trunks: it is a dispatch rule."],
  [{ items: [CAMEL, "ST_b"] }, "Trunk 2 is not an object."],
  [[{ name: "main" }], "Trunk 1 has neither a sipTrunkId nor numbers."],
  [[{ sipTrunkId: "", name: "main" }], "Trunk 1 has neither a sipTrunkId nor numbers."],
  [[{ sipTrunkId: 1 }], "Trunk 1 has a sipTrunkId that is not a string."],
  [[{ sipTrunkId: "ST_a", numbers: "+15550100" }], "Trunk 1 has numbers that are not a list of strings."],
  [
    [{ sipTrunkId: "ST_a", allowed_numbers: [15550177] }],
    "Trunk 1 has allowed_numbers that are not a list of strings.",
  ],
  [[{ sipTrunkId: "ST_a", sip_trunk_id: "ST_a" }], "Trunk 1 spells sip_trunk_id in two ways."],
  [[{ sipTrunkId: "ST_a", address: "sip.example.com" }], OUTBOUND],
  [{ trunk: { address: "sip.example.com", numbers: ["+15550100"] } }, OUTBOUND],
  [[{ sipDispatchRuleId: "SDR_a", rule: {} }], "Trunk 1 is a dispatch rule."],
])("%j: %s", ([json, problem]) => {
  expect(trunksFromJson(json)).toEqual({ problem });
});

test("keys that every object inherits are keys like any other", () => {
  const hostile = '{"__proto__": {"items": [{"sipTrunkId": "ST_a"}]}, "constructor": 1}';
  expect(trunksFromJson(JSON.parse(hostile))).toHaveProperty("problem");
  const trunk = '{"sipTrunkId": "ST_a", "__proto__": {"numbers": ["+15550100"]}, "toString": null}';
  expect(trunksFromJson(JSON.parse(trunk))).toEqual({ trunks: [{ ...NONE, id: "ST_a" }], unlisted: [] });
  expect({}).not.toHaveProperty("numbers");
});
