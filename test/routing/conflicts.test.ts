import { create, type JsonObject } from "@bufbuild/protobuf";
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { cases } from "../cases.ts";
import { SIPDispatchRuleInfoSchema } from "../../src/gen/livekit/livekit_sip_pb.ts";
import { allRefusals, type ConflictReport, firstRefusal } from "../../src/routing/conflicts.ts";
import { normalizeNumber } from "../../src/routing/normalize-number.ts";
import { type StoredRule, storedRule } from "../../src/routing/stored-rule.ts";
import { direct, NEW, OLD, rulesFrom } from "./calls-and-rules.ts";

function first(infos: Record<string, JsonObject>, server = NEW): ConflictReport<string> {
  return firstRefusal(rulesFrom(infos).map((rule) => storedRule(rule, server)));
}

test("a conflict says where the later rule meets the earlier one", () => {
  const a = { rule: direct("a", "1"), trunkIds: ["ST_a"], numbers: ["+15550100"] };
  const b = { rule: direct("b", "1"), trunkIds: ["ST_b", "ST_a"], numbers: ["+15550101", "1 (555) 0100"] };
  expect(first({ a, b })).toEqual({
    refusals: [
      {
        code: "conflict",
        rule: "b",
        other: "a",
        itself: false,
        meeting: {
          pin: "1",
          trunkId: "ST_a",
          callingNumber: undefined,
          calledNumber: "1 (555) 0100",
          isSpelledOtherwise: true,
        },
      },
    ],
    unchecked: 0,
  });
});

test.for<[string, JsonObject, JsonObject]>([
  ["another PIN", { rule: direct("a", "1") }, { rule: direct("a", "2") }],
  ["another trunk", { rule: direct("a"), trunkIds: ["ST_a"] }, { rule: direct("a"), trunkIds: ["ST_b"] }],
  ["a trunk and none", { rule: direct("a"), trunkIds: ["ST_a"] }, { rule: direct("a") }],
  [
    "another number",
    { rule: direct("a"), numbers: ["+15550100"] },
    { rule: direct("a"), numbers: ["+15550101"] },
  ],
  [
    "the same number in the other filter",
    { rule: direct("a"), numbers: ["+15550100"] },
    { rule: direct("a"), inboundNumbers: ["+15550100"] },
  ],
])("%s is no conflict", ([, a, b]) => {
  expect(first({ a, b })).toEqual({ refusals: [], unchecked: 0 });
});

test("where numbers are unknown, rules that differ in them alone are in conflict", () => {
  const a = { rule: direct("a"), numbers: ["+15550100"] };
  const b = { rule: direct("b"), numbers: ["+15550101"] };
  expect([first({ a, b }, NEW).refusals.length, first({ a, b }, OLD).refusals.length]).toEqual([0, 1]);
});

test("a rule that lists a number in two spellings is in conflict with itself", () => {
  expect(
    first({ a: { rule: direct("a"), inboundNumbers: ["15550100", "+15550100"] } }).refusals,
  ).toMatchObject([
    { code: "conflict", rule: "a", other: "a", itself: true, meeting: { callingNumber: "+15550100" } },
  ]);
});

test("a rule that says no kind is refused", () => {
  expect(first({ a: { rule: {} } }).refusals).toEqual([{ code: "no-kind", rule: "a" }]);
});

test("all refusals are those of rules that are created one after the other", () => {
  const rules = rulesFrom({
    a: { rule: direct("a"), numbers: ["1"] },
    b: { rule: direct("b"), numbers: ["1", "2"] },
    c: { rule: direct("c"), numbers: ["2"] },
    d: { rule: direct("d"), numbers: ["2"] },
  }).map((rule) => storedRule(rule, NEW));
  const { refusals } = allRefusals(rules);
  expect(refusals.map((refusal) => "other" in refusal && [refusal.rule, refusal.other])).toEqual([
    ["b", "a"],
    ["d", "c"],
  ]);
});

function orAny(list: readonly string[]): readonly (string | undefined)[] {
  return list.length === 0 ? [undefined] : list;
}

/** The server's own table, every combination an entry: the first rule that finds an entry taken. */
function byTable(rules: StoredRule<number>[]): object | undefined {
  const table = new Map<string, StoredRule<number>>();
  for (const rule of rules) {
    const { label, pin, trunk, calling, called } = rule;
    for (const trunkId of orAny(trunk)) {
      for (const callingNumber of orAny(calling)) {
        for (const calledNumber of orAny(called)) {
          const values = [
            trunkId ?? "",
            normalizeNumber(callingNumber ?? ""),
            normalizeNumber(calledNumber ?? ""),
          ];
          const key = JSON.stringify([pin, ...values]);
          const other = table.get(key);
          if (other !== undefined) {
            const isSpelledOtherwise =
              (callingNumber !== undefined && !other.calling.includes(callingNumber)) ||
              (calledNumber !== undefined && !other.called.includes(calledNumber));
            const meeting = { pin, trunkId, callingNumber, calledNumber, isSpelledOtherwise };
            return {
              code: "conflict",
              rule: label,
              other: other.label,
              itself: other.label === label,
              meeting,
            };
          }
          table.set(key, rule);
        }
      }
    }
  }
  return undefined;
}

function listOf(...values: string[]): fc.Arbitrary<string[]> {
  return fc.array(fc.constantFrom(...values), { maxLength: 4 });
}

test("the first conflict is the one that the server's table of all combinations finds", () => {
  const rule = fc.record({
    pin: fc.constantFrom("", "1"),
    trunkIds: listOf("", "ST_a", "ST_b", "ST_c", "ST_d"),
    inboundNumbers: listOf("", "1", "+1", "2", "3", "a"),
    numbers: listOf("", "(1)", "+1", "2", "3", "4"),
  });
  fc.assert(
    fc.property(fc.array(rule, { maxLength: 8 }), (rules) => {
      const stored = rules.map(({ pin, ...lists }, label) => {
        const info = create(SIPDispatchRuleInfoSchema, {
          ...lists,
          rule: { rule: { case: "dispatchRuleDirect", value: { pin } } },
        });
        return storedRule({ label, info }, NEW);
      });
      expect(firstRefusal(stored).refusals[0]).toEqual(byTable(stored));
    }),
    cases(500),
  );
});

function many(count: number, lists: (at: number) => object): StoredRule<number>[] {
  return Array.from({ length: count }, (_, label) => {
    const rule = { rule: { case: "dispatchRuleDirect" as const, value: {} } };
    return storedRule({ label, info: create(SIPDispatchRuleInfoSchema, { rule, ...lists(label) }) }, NEW);
  });
}

function block(at: number): string[] {
  return Array.from({ length: 100 }, (_, number) => `+${at * 100 + number}`);
}

test("10,000 rules with 100 numbers each are all checked", () => {
  expect(firstRefusal(many(10_000, (at) => ({ numbers: block(at) })))).toEqual({
    refusals: [],
    unchecked: 0,
  });
});

test("10,000 rules of the same numbers are all checked", () => {
  const { refusals, unchecked } = allRefusals(many(10_000, () => ({ numbers: block(0) })));
  expect([refusals.length, unchecked]).toEqual([9_999, 0]);
});

test("long lists are not multiplied out", () => {
  const long = Array.from({ length: 20_000 }, (_, number) => `${number}`);
  const rules = many(2, (at) => ({ trunkIds: long, inboundNumbers: long, numbers: at === 0 ? long : ["x"] }));
  expect(firstRefusal(rules)).toEqual({ refusals: [], unchecked: 0 });
});

function aliases(place: number): string[] {
  return Array.from({ length: 10 }, (_, alias) => `${place} ${alias}`);
}

test("rules that overlap in any two lists and meet in no third are cut off, and the rest is counted", () => {
  const rules = many(22 ** 3, (at) => ({
    trunkIds: aliases(at % 22),
    inboundNumbers: aliases(Math.floor(at / 22) % 22),
    numbers: aliases(Math.floor(at / 22 ** 2)),
  }));
  const { refusals, unchecked } = firstRefusal(rules);
  expect(refusals).toEqual([]);
  expect(unchecked).toBeGreaterThan(0);
});
