import type { JsonObject } from "@bufbuild/protobuf";
import { expect, test } from "vitest";
import { checkReplace, letInBy } from "../../src/routing/acceptance.ts";
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
