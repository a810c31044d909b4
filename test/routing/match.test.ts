import type { JsonObject } from "@bufbuild/protobuf";
import * as fc from "fast-check";
import { expect, test } from "vitest";
import type { Call } from "../../src/routing/call.ts";
import { Router } from "../../src/routing/match.ts";
import { direct, NEW, OLD, rulesFrom } from "./calls-and-rules.ts";

const DID = "+15550100";
const CALLER = "+15550177";
const CALL: Call = { calledNumber: DID, callingNumber: CALLER };

function router(infos: Record<string, JsonObject>, server = NEW): Router<string> {
  return new Router(rulesFrom(infos), server);
}

test("a winner comes with its room", () => {
  expect(router({ a: { rule: { dispatchRuleIndividual: { roomPrefix: "call" } } } }).take(CALL)).toEqual({
    outcome: "winner",
    winner: { rule: "a", asksForPin: false, room: { name: `call_${CALLER}`, random: true } },
  });
});

test("a rule with a PIN asks for it, until it is entered", () => {
  const rules = router({ a: { rule: direct("a", "1234") } });
  const asked = [undefined, "1234"].map((pin) => rules.take({ ...CALL, pin }));
  expect(asked).toMatchObject([{ winner: { asksForPin: true } }, { winner: { asksForPin: false } }]);
});

test("no rule is no match, and the caller gets an answer since v1.13.8", () => {
  expect(router({}).take(CALL)).toEqual({ outcome: "no-match", rejected: true });
  expect(router({}, OLD).take(CALL)).toEqual({ outcome: "no-match", rejected: false });
});

test("a conflict refuses the calls for which the server lists both rules", () => {
  const rules = router({
    a: { rule: direct("a"), trunkIds: ["ST_a"] },
    b: { rule: direct("b"), trunkIds: ["ST_a"] },
    any: { rule: direct("any") },
  });
  const outcomes = ["ST_a", "ST_b", undefined].map((trunk) => rules.take({ ...CALL, trunk }).outcome);
  expect(outcomes).toEqual(["refused", "winner", "refused"]);
  expect(rules.losers({ ...CALL, trunk: "ST_a" })).toEqual([]);
});

test("each loser has its first reason", () => {
  const rules = router({
    "other trunk": { rule: direct("a"), trunkIds: ["ST_b"], inboundNumbers: ["1"] },
    "dead filter": { rule: direct("a"), inboundNumbers: [DID], numbers: ["1"] },
    "other spelling": { rule: direct("a"), numbers: ["15550100"], inboundNumbers: [CALLER] },
    "has a PIN": { rule: direct("a", "1") },
    wildcard: { rule: direct("a"), numbers: [DID] },
    winner: { rule: direct("b"), trunkIds: ["ST_a"], numbers: [DID] },
    "no filter": { rule: direct("a"), trunkIds: ["ST_a"] },
    "other room": { rule: direct("c"), trunkIds: ["ST_a"], inboundNumbers: [CALLER] },
  });
  expect(rules.losers({ ...CALL, trunk: "ST_a", pin: "" })).toEqual([
    { rule: "other trunk", loss: { code: "other-trunk", trunkIds: ["ST_b"] } },
    {
      rule: "dead filter",
      loss: { code: "calling-number", listed: [DID], spelledOtherwise: undefined, holdsCalledNumber: true },
    },
    {
      rule: "other spelling",
      loss: { code: "called-number", listed: ["15550100"], spelledOtherwise: "15550100" },
    },
    { rule: "has a PIN", loss: { code: "pin-unknown" } },
    { rule: "wildcard", loss: { code: "wildcard" } },
    { rule: "no filter", loss: { code: "priority", own: 2100, winner: 1100 } },
    { rule: "other room", loss: { code: "room-order", own: "c", winner: "b" } },
  ]);
});

test("an entered PIN leaves out open rules and other PINs", () => {
  const rules = router({
    open: { rule: direct("a") },
    other: { rule: direct("a", "1") },
    right: { rule: direct("a", "2") },
  });
  expect(rules.losers({ ...CALL, pin: "2" })).toEqual([
    { rule: "open", loss: { code: "open" } },
    { rule: "other", loss: { code: "wrong-pin" } },
  ]);
});

test("a call without a trunk passes bound rules by", () => {
  expect(router({ a: { rule: direct("a"), trunkIds: ["ST_a"] } }).losers(CALL)).toEqual([
    { rule: "a", loss: { code: "no-trunk", trunkIds: ["ST_a"] } },
  ]);
});

test("of equal rules the first id wins; where one has none yet, nobody knows", () => {
  const called = { rule: direct("a"), numbers: [DID] };
  const caller = { rule: direct("a"), inboundNumbers: [CALLER] };
  const ids = { b: { ...called, sipDispatchRuleId: "SDR_b" }, a: { ...caller, sipDispatchRuleId: "SDR_a" } };
  expect(router(ids).losers(CALL)).toEqual([{ rule: "b", loss: { code: "id-order" } }]);
  const one = { new: called, a: { ...caller, sipDispatchRuleId: "SDR_a" } };
  expect(router(one).losers(CALL)).toEqual([{ rule: "new", loss: { code: "undecided" } }]);
});

test("before v1.9.11 numbers filter nothing", () => {
  const rules = { a: { rule: direct("a"), numbers: ["+15550142"] } };
  expect([NEW, OLD].map((server) => router(rules, server).take(CALL).outcome)).toEqual([
    "no-match",
    "winner",
  ]);
});

test("the order in which rules with ids are given plays no part", () => {
  const number = fc.constantFrom(DID, "15550100", CALLER);
  const lists = fc.record({
    numbers: fc.array(number, { maxLength: 2 }),
    inboundNumbers: fc.array(number, { maxLength: 2 }),
    trunkIds: fc.constantFrom<string[][]>([], ["ST_a"]),
  });
  const kind = fc.constantFrom<JsonObject[]>(direct("a"), direct("b", "1"), { dispatchRuleCallee: {} });
  fc.assert(
    fc.property(
      fc.array(fc.tuple(kind, lists), { maxLength: 6 }),
      number,
      number,
      (drawn, calledNumber, callingNumber) => {
        const infos = drawn.map(([rule, filters], at): [string, JsonObject] => [
          `rule ${at}`,
          { rule, ...filters, sipDispatchRuleId: `SDR_${at}` },
        ]);
        const call = { calledNumber, callingNumber, trunk: "ST_a" };
        const forth = router(Object.fromEntries(infos));
        const back = router(Object.fromEntries(infos.toReversed()));
        expect(forth.take(call)).toEqual(back.take(call));
        expect(forth.losers(call)).toEqual(back.losers(call));
      },
    ),
  );
});
