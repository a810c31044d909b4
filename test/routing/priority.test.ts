import type { JsonObject } from "@bufbuild/protobuf";
import { expect, test } from "vitest";
import { comparePriority, priorityOf } from "../../src/routing/priority.ts";
import { storedRule } from "../../src/routing/stored-rule.ts";
import { direct, NEW, rulesFrom } from "./calls-and-rules.ts";

const NUMBERS = ["+15550100"];

test.for<[number, JsonObject]>([
  [0, { rule: direct("a", "1"), numbers: NUMBERS, inboundNumbers: NUMBERS }],
  [1, { rule: { dispatchRuleIndividual: { pin: "1" } }, numbers: NUMBERS, inboundNumbers: NUMBERS }],
  [2, { rule: { dispatchRuleCallee: { pin: "1" } }, numbers: NUMBERS, inboundNumbers: NUMBERS }],
  [100, { rule: direct("a"), numbers: NUMBERS, inboundNumbers: NUMBERS }],
  [1101, { rule: { dispatchRuleIndividual: {} }, numbers: NUMBERS }],
  [1102, { rule: { dispatchRuleCallee: {} }, inboundNumbers: NUMBERS }],
  [2000, { rule: direct("a", "1") }],
  [2100, { rule: direct("a") }],
  [2147483647, { rule: {}, numbers: NUMBERS }],
])("%i for %j", ([priority, json]) => {
  expect(rulesFrom({ it: json }).map((rule) => priorityOf(storedRule(rule, NEW)))).toEqual([priority]);
});

test("of equal priorities the smaller room comes first", () => {
  const rules = rulesFrom({ b: { rule: direct("b") }, B: { rule: direct("B") }, "": { rule: direct("") } });
  const sorted = rules.map((rule) => storedRule(rule, NEW)).toSorted(comparePriority);
  expect(sorted.map((rule) => rule.label)).toEqual(["", "B", "b"]);
});
