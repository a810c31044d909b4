import { expect, test } from "vitest";
import { inStoreOrder, listedFor, storedRule } from "../../src/routing/stored-rule.ts";
import { direct, NEW, OLD, rulesFrom } from "./calls-and-rules.ts";

test("a server before v1.9.11 stores no numbers", () => {
  const rules = rulesFrom({ a: { rule: direct("a"), numbers: ["+15550100"] } });
  expect(rules.map((rule) => storedRule(rule, NEW).called)).toEqual([["+15550100"]]);
  expect(rules.map((rule) => storedRule(rule, OLD).called)).toEqual([[]]);
});

test("rules are listed by their ids' bytes, those without one last and as given", () => {
  const rules = rulesFrom({
    new1: {},
    b: { sipDispatchRuleId: "SDR_b" },
    B: { sipDispatchRuleId: "SDR_B" },
    new2: {},
    "10": { sipDispatchRuleId: "SDR_10" },
    "9": { sipDispatchRuleId: "SDR_9" },
  });
  expect(inStoreOrder(rules).map((rule) => rule.label)).toEqual(["10", "9", "B", "b", "new1", "new2"]);
});

test("a server lists the trunk's rules and the wildcard rules", () => {
  const rules = rulesFrom({ a: { trunkIds: ["ST_a", "ST_b"] }, c: { trunkIds: ["ST_c"] }, any: {} });
  const listed = (trunkIds: string[]) => rules.filter(listedFor(trunkIds)).map((rule) => rule.label);
  expect([listed(["ST_b"]), listed(["ST_x"]), listed([])]).toEqual([
    ["a", "any"],
    ["any"],
    ["a", "c", "any"],
  ]);
});
