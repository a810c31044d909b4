import { fromJson, type JsonObject } from "@bufbuild/protobuf";
import { expect, test } from "vitest";
import { CreateSIPDispatchRuleRequestSchema } from "../../src/gen/livekit/livekit_sip_pb.ts";
import { checkCreate, checkReplace, invalidRequest, letInBy } from "../../src/routing/acceptance.ts";
import type { ConflictReport } from "../../src/routing/conflicts.ts";
import type { Rule } from "../../src/routing/stored-rule.ts";
import { direct, NEW, rulesFrom } from "./calls-and-rules.ts";

const ON_A = { rule: direct("a"), trunkIds: ["ST_a"] };
const ON_B = { rule: direct("b"), trunkIds: ["ST_b"] };

type Held = Record<string, JsonObject>;

/** The held rules as a server has them, whose ids are in the order given. */
function heldRules(held: Held): Rule<string>[] {
  return rulesFrom(held).map((rule, at) => {
    rule.info.sipDispatchRuleId = `SDR_${at}`;
    return rule;
  });
}

/** Which rule is refused for which other, when this one is created. */
function create(held: Held, rule: JsonObject, flatTrunkIds: string[] = []): string[][] {
  return rulesFrom({ new: rule }).flatMap((created) =>
    pairs(checkCreate(heldRules(held), created, flatTrunkIds, NEW)),
  );
}

/** Which rule is refused for which other, when this one replaces the first of the held rules. */
function replaceFirst(held: Held, rule: JsonObject): string[][] {
  return rulesFrom({ new: { ...rule, sipDispatchRuleId: "SDR_0" } }).flatMap((replacement) =>
    pairs(checkReplace(heldRules(held), replacement, NEW)),
  );
}

function pairs({ refusals }: ConflictReport<string>): string[][] {
  return refusals.map((refusal) => [
    refusal.rule,
    refusal.code === "conflict" ? refusal.other : refusal.code,
  ]);
}

test("a flat request is checked with its trunks' rules", () => {
  expect(create({ first: ON_A, second: ON_A }, ON_B, ["ST_b"])).toEqual([]);
});

test("any other request is checked with all rules, and theirs with each other", () => {
  expect(create({ first: ON_A, second: ON_A }, ON_B)).toEqual([["second", "first"]]);
});

test("the new rule is checked second", () => {
  expect(create({ a: ON_A, b: ON_B }, ON_A)).toEqual([["new", "a"]]);
  expect(create({ a: ON_A, b: ON_B }, ON_B)).toEqual([["b", "new"]]);
});

test("a first rule is checked with itself alone", () => {
  expect(create({}, { ...ON_A, trunkIds: ["ST_a", "ST_a"] })).toEqual([["new", "new"]]);
});

test("a replacement that moves to other trunks lets a conflict in", () => {
  const letIn = (held: Held, rule: JsonObject): string[][] =>
    rulesFrom({ new: { ...rule, sipDispatchRuleId: "SDR_0" } }).flatMap((replacement) => {
      const refusal = letInBy(heldRules(held), replacement, NEW);
      return refusal ? pairs({ refusals: [refusal], unchecked: 0 }) : [];
    });
  const held = { a: ON_A, b: ON_B };
  expect(letIn(held, ON_B)).toEqual([["b", "new"]]);
  expect(letIn(held, { rule: direct("c"), trunkIds: ["ST_c"] })).toEqual([]);
  // That one the server notices.
  expect(letIn(held, { rule: direct("c"), trunkIds: ["ST_a", "ST_b"] })).toEqual([]);
  // An old conflict is none that it lets in.
  expect(letIn({ a: ON_A, b: ON_B, again: ON_B }, { rule: direct("c"), trunkIds: ["ST_c"] })).toEqual([]);
});

test("a replacement stands where the old rule stood", () => {
  expect(replaceFirst({ a: ON_A, b: ON_B }, ON_A)).toEqual([]);
  expect(replaceFirst({ a: ON_A, b: ON_B }, { ...ON_A, trunkIds: ["ST_a", "ST_b"] })).toEqual([["b", "new"]]);
});

test("a replacement that leaves the old rule's trunks is compared with nothing", () => {
  expect(replaceFirst({ a: ON_A, b: ON_B }, ON_B)).toEqual([]);
});

const RULE = direct("a");
const codec = (name: string): JsonObject => ({ dispatchRule: { rule: RULE, media: { codecs: [{ name }] } } });
const timeout = (mediaTimeout: string): JsonObject => ({
  dispatchRule: { rule: RULE, media: { mediaTimeout } },
});

test.for<[JsonObject, string | undefined]>([
  [{ rule: RULE }, undefined],
  [{ dispatchRule: { rule: RULE } }, undefined],
  [{ dispatchRule: { rule: {} } }, undefined],
  [{ name: "a" }, "missing rule"],
  [{ rule: RULE, dispatchRule: {} }, "missing rule"],
  [{ dispatchRule: { rule: RULE, sipDispatchRuleId: "SDR_a" } }, "rule id must not be set"],
  [codec("G722"), undefined],
  [codec(""), "missing codec name"],
  [codec("G 722"), "invalid codec name"],
  [codec("G722/8000"), "codec name must not contain '/'"],
  [timeout("600s"), undefined],
  [timeout("600.000000001s"), "media_timeout must not exceed 10m0s"],
  [timeout("-0.000000001s"), "media_timeout must not be negative"],
])("%j: %s", ([json, error]) => {
  expect(invalidRequest(fromJson(CreateSIPDispatchRuleRequestSchema, json))).toBe(error);
});
