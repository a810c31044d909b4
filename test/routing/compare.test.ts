import { fromJson, type JsonValue } from "@bufbuild/protobuf";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { SIPDispatchRuleInfoSchema } from "../../src/gen/livekit/livekit_sip_pb.ts";
import { NONE, OTHER } from "../../src/routing/calls.ts";
import { type CallChange, compareCalls, goesElsewhere, type RuleSet } from "../../src/routing/compare.ts";
import { Router } from "../../src/rule/match.ts";
import { roomPatternOf } from "../../src/rule/room.ts";
import { NEWEST } from "../../src/rule/server.ts";
import { storedRule } from "../../src/rule/stored.ts";

const NUMBERS = ["+15550100", "+15550101", "+15550102"];
const some = (values: string[]) => fc.uniqueArray(fc.constantFrom(...values), { maxLength: 2 });
const ruleSet: fc.Arbitrary<RuleSet> = fc
  .array(
    fc.record({
      rule: fc.record({
        dispatch_rule_direct: fc.record({
          room_name: fc.constantFrom("a", "b"),
          pin: fc.constantFrom("", "", "1", "2"),
        }),
      }),
      trunk_ids: some(["ST_a", "ST_b"]),
      numbers: some(NUMBERS),
      inbound_numbers: some(NUMBERS),
    }),
    { maxLength: 3 },
  )
  .map((rules) =>
    rules.map((rule, index) => ({
      label: `${index}`,
      info: fromJson(SIPDispatchRuleInfoSchema, rule as JsonValue),
    })),
  );

interface Concrete {
  called: string;
  calling: string;
  trunk: string;
  pin: string;
}
const call: fc.Arbitrary<Concrete> = fc.record({
  called: fc.constantFrom(...NUMBERS, "+15550199"),
  calling: fc.constantFrom(...NUMBERS, "+15550198"),
  trunk: fc.constantFrom("ST_a", "ST_b", "ST_z", ""),
  pin: fc.constantFrom("1", "2", "9"),
});

/** Where one call ends, asked of the matcher itself: a room, or nowhere. */
function endOf(set: RuleSet, { called, calling, trunk, pin }: Concrete): string {
  const router = new Router(set, NEWEST);
  const asked = { calledNumber: called, callingNumber: calling, trunk };
  let taken = router.take(asked);
  const asksForPin = taken.outcome === "winner" && taken.winner.asksForPin;
  if (asksForPin) taken = router.take({ ...asked, pin });
  if (taken.outcome === "refused") return "refused";
  if (taken.outcome === "no-match") return "nowhere";
  const { rule } = taken.winner;
  const info = set.find((one) => one.label === rule)?.info;
  const room = info ? roomPatternOf(storedRule({ label: rule, info }, NEWEST)) : "";
  return `room ${room}${asksForPin ? " after the PIN" : ""}`;
}

/** Whether a reported change is about this call. The mentioned numbers are told apart, all others are alike. */
function isAbout({ calls }: CallChange, concrete: Concrete, mentioned: ReadonlySet<string>): boolean {
  return (["called", "calling", "trunk", "pin"] as const).every((name) => {
    const choices = calls[name];
    const value = concrete[name];
    return choices === "any" || choices.includes(mentioned.has(value) ? value : value === "" ? NONE : OTHER);
  });
}

describe("law 7: every call is routed as the report says", () => {
  it("a call that is in a change goes where it says, and any other goes where it went", () => {
    fc.assert(
      fc.property(ruleSet, ruleSet, call, (before, after, concrete) => {
        fc.pre(concrete.called !== concrete.calling);
        const { changes, cut } = compareCalls([before, after], ([was, now]) => goesElsewhere(was, now));
        expect(cut).toBe(0);
        const mentioned = new Set(
          [...before, ...after].flatMap(({ info }) => [
            ...info.numbers,
            ...info.inboundNumbers,
            ...info.trunkIds,
            info.rule?.rule.value?.pin ?? "",
          ]),
        );
        mentioned.delete("");
        const about = changes.filter((change) => isAbout(change, concrete, mentioned));
        const ends = [endOf(before, concrete), endOf(after, concrete)];
        expect(about.length).toBe(ends[0] === ends[1] ? 0 : 1);
        for (const { outcomes } of about) {
          const said = outcomes.map((outcome) =>
            outcome.kind === "room"
              ? `room ${outcome.room}${outcome.pin ? " after the PIN" : ""}`
              : outcome.kind === "refused"
                ? "refused"
                : "nowhere",
          );
          expect(said).toEqual(ends);
        }
      }),
      { numRuns: 3000 },
    );
  });
});

const withNumbers = (label: string, numbers: string[]) => ({
  label,
  info: fromJson(SIPDispatchRuleInfoSchema, { rule: { dispatchRuleDirect: { roomName: label } }, numbers }),
});
const numbersFrom = (first: number, count: number) =>
  Array.from({ length: count }, (_, index) => `+1555${String(first + index).padStart(7, "0")}`);

describe("many numbers", () => {
  it("of one rule are all said, because one stands for all", () => {
    const numbers = numbersFrom(0, 5000);
    const { changes, cut } = compareCalls([[], [withNumbers("a", numbers)]], ([was, now]) =>
      goesElsewhere(was, now),
    );
    expect(cut).toBe(0);
    expect(changes.map(({ calls }) => [calls.called, calls.calling])).toEqual([[numbers, "any"]]);
  });

  it("of very many rules are cut, and counted", () => {
    const set = Array.from({ length: 1000 }, (_, index) =>
      withNumbers(`rule ${index}`, numbersFrom(index * 2, 2)),
    );
    const { changes, cut } = compareCalls([[], set], ([was, now]) => goesElsewhere(was, now));
    expect(cut).toBeGreaterThan(0);
    expect(changes.length).toBeGreaterThan(0);
  });
});
