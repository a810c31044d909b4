import { create, type MessageInitShape } from "@bufbuild/protobuf";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { callLines } from "../../src/report/call-lines.ts";
import { styleFor } from "../../src/report/style.ts";
import { SIPDispatchRuleInfoSchema } from "../../src/gen/livekit/livekit_sip_pb.ts";
import { type CallDifference, compareCalls, type RuleChange } from "../../src/routing/call-flows.ts";
import { type Share, shareOut } from "../../src/routing/call-shares.ts";
import { NEW } from "./calls-and-rules.ts";
import { change, changes } from "./rule-sets.ts";

type Init = Exclude<MessageInitShape<typeof SIPDispatchRuleInfoSchema>, { $typeName: string }>;

/** A rule whose room is called as it is. */
function rule(name: string, more: Init = {}) {
  const kind = { case: "dispatchRuleDirect" as const, value: { roomName: name } };
  return create(SIPDispatchRuleInfoSchema, { name, rule: { rule: kind }, ...more });
}

const number = (at: number): string => `+1555${String(at).padStart(7, "0")}`;
const numbersOf = (of: number, count: number): string[] =>
  Array.from({ length: count }, (_, at) => number(of * count + at));

function compared(rules: readonly RuleChange[], mostSteps?: number) {
  const difference = compareCalls(rules, NEW, mostSteps);
  return { difference, shares: shareOut(difference, rules) };
}

/** The lines about the calls of all rules, as wide as they get. */
function linesAbout(
  rules: readonly RuleChange[],
  { difference, shares }: { difference: CallDifference; shares: Share[] },
): string[] {
  const style = { ...styleFor(false), width: Infinity };
  const about = { nameOf: String, before: "before" as const, style, redact: false };
  const context = { difference, rules, shares, ...about };
  return rules.flatMap((_, at) => callLines(at, context).map((line) => `${at}${line.trimEnd()}`));
}

/** Flat requests of one server, whose numbers go from the filter on callers to the called numbers. */
function migrated(count: number, numbers: number): RuleChange[] {
  return Array.from({ length: count }, (_, at) => ({
    before: rule(`${at}`, { inboundNumbers: numbersOf(at, numbers) }),
    after: rule(`${at}`, { numbers: numbersOf(at, numbers) }),
  }));
}

describe("a migration", () => {
  it.each([1, 2, 20, 1000])("of %i rules says two things of each", (count) => {
    const rules = migrated(count, 1);
    const lines = linesAbout(rules, compared(rules));
    expect(lines).toHaveLength(2 * count);
    expect(lines.slice(0, 2)).toEqual([
      `0  + gains    calls to ${number(0)} (before: no rule)`,
      `0  − loses    calls from ${number(0)} to other numbers (then: no rule)`,
    ]);
  });

  it("does not play a number that moves as a caller of another that moves", () => {
    const { difference } = compared(migrated(2, 2));
    expect(difference.moved).toEqual(new Set([0, 1, 2, 3].map(number)));
    expect(difference.flows).toHaveLength(4);
  });
});

describe("law: of each rule at most three lines are said, one of a kind", () => {
  const isInBounds = (rules: readonly RuleChange[]): boolean => {
    const kinds = linesAbout(rules, compared(rules)).map((line) => line.slice(0, line.indexOf(" ") + 4));
    return new Set(kinds).size === kinds.length && kinds.every((kind) => /^\d+ {2}[+−~]/.test(kind));
  };

  it("of sets that overlap", () => {
    expect(fc.check(fc.property(changes, isInBounds))).toMatchObject({ failed: false });
  });

  it("of a thousand rules that all overlap and all change", () => {
    expect(isInBounds(fc.sample(change, 1000))).toBe(true);
  });
});

describe("calls that go from rule to rule", () => {
  it("are said once, at the rule that loses them", () => {
    const rules = [
      { before: rule("a", { numbers: [number(0), number(1)] }), after: rule("a", { numbers: [number(0)] }) },
      { before: rule("b", { numbers: [number(2)] }), after: rule("b", { numbers: [number(1), number(2)] }) },
    ];
    expect(linesAbout(rules, compared(rules))).toEqual([
      `0  − loses    calls to ${number(1)} (then: 1, room b, no agent by name)`,
    ]);
  });

  it("are said at the rule that changed, where only one did", () => {
    const lobby = rule("lobby");
    const rules = [
      { before: lobby, after: lobby },
      { before: undefined, after: rule("vip", { numbers: [number(0)] }) },
    ];
    const all = compared(rules);
    expect(linesAbout(rules, all)).toEqual([
      `1  + gains    calls to ${number(0)} (before: 0, room lobby, no agent by name)`,
    ]);
    expect(all.shares.map(({ moves }) => moves)).toEqual([true, true]);
  });

  it("may go between two rules that stay, where a rule that asked for a PIN is gone", () => {
    const withPin = (name: string, pin: string) => {
      const kind = { case: "dispatchRuleDirect" as const, value: { roomName: name, pin } };
      return create(SIPDispatchRuleInfoSchema, {
        rule: { rule: kind },
        trunkIds: ["ST_a"],
        numbers: [number(0)],
      });
    };
    const stays = create(SIPDispatchRuleInfoSchema, { ...withPin("b", "2"), numbers: [] });
    const open = rule("open", { trunkIds: ["ST_a"], inboundNumbers: [number(9)] });
    const rules = [
      { before: withPin("a", "1"), after: undefined },
      { before: stays, after: stays },
      { before: open, after: open },
    ];
    expect(linesAbout(rules, compared(rules))).toContain(
      `1  − loses    calls to ${number(0)} from ${number(9)} (then: 2, room open, no agent by name)`,
    );
  });
});

describe("rules that a server refuses", () => {
  it("are those that come new, and they take no calls", () => {
    const old = rule("old", { numbers: [number(0)] });
    const { difference } = compared([
      { before: undefined, after: rule("new", { numbers: [number(0)] }) },
      { before: old, after: old },
    ]);
    expect(difference.newRefusals).toMatchObject([{ rule: 0, other: 1 }]);
    expect(difference.flows).toEqual([]);
  });

  it("today are taken for rules of other servers, so that each is compared", () => {
    const rules = [0, 1, 2].map((at) => ({
      before: rule(`${at}`),
      after: rule(`${at}`, { numbers: [number(at)] }),
    }));
    const all = compared(rules);
    expect(all.difference.oldRefusals.map((one) => one.rule)).toEqual([1, 2]);
    expect(linesAbout(rules, all)).toEqual(
      [0, 1, 2].map((at) => `${at}  − loses    calls to other numbers (then: no rule)`),
    );
  });

  it("are not those without a kind on both sides", () => {
    const none = create(SIPDispatchRuleInfoSchema, { name: "none" });
    const { difference } = compared([{ before: none, after: none }]);
    expect(difference).toMatchObject({ flows: [], newRefusals: [] });
  });
});

describe("sets of thousands of rules", () => {
  it("say what was left out, when there is too much to compare", () => {
    const rules = Array.from({ length: 200 }, (_, at) =>
      at % 2 === 0
        ? { before: rule("a", { numbers: [number(at)] }), after: rule("b", { numbers: [number(at)] }) }
        : {
            before: rule("a", { inboundNumbers: [number(at)] }),
            after: rule("c", { inboundNumbers: [number(at)] }),
          },
    );
    expect(compared(rules).difference.cut).toBe(0);
    const { difference } = compared(rules, 3000);
    expect(difference.cut).toBeGreaterThan(0);
    expect(difference.flows.length).toBeGreaterThan(0);
  });

  it("with a thousand numbers each have as many lines as those with one", () => {
    const rules = migrated(300, 100);
    expect(linesAbout(rules, compared(rules))).toHaveLength(600);
  });
});
