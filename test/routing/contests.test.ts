import { fromJson } from "@bufbuild/protobuf";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type SIPDispatchRuleInfo, SIPDispatchRuleInfoSchema } from "../../src/gen/livekit/livekit_sip_pb.ts";
import { allRefusals } from "../../src/routing/conflicts.ts";
import { contestsOf } from "../../src/routing/contests.ts";
import { Router } from "../../src/routing/match.ts";
import { missOf } from "../../src/routing/mismatch.ts";
import { holds } from "../../src/routing/selection.ts";
import { storedRule, type StoredRule } from "../../src/routing/stored-rule.ts";
import { NEW } from "./calls-and-rules.ts";
import { type Called, CALLS, rule } from "./rule-sets.ts";

type Rule = StoredRule<number>;

/** The rules that a server holds of those that are created one after the other. */
function heldOf(infos: readonly SIPDispatchRuleInfo[]): Rule[] {
  const rules = infos.map((info, label) => storedRule({ label, info }, NEW));
  const refused = new Set(allRefusals(rules).refusals.map((refusal) => refusal.rule));
  return rules.filter(({ label }) => !refused.has(label));
}

/** The rule whose room a caller comes into who enters the call's PIN if one is asked for. */
function takerOf(router: Router<number>, { to, from, trunk, pin }: Called): number | undefined {
  const call = { calledNumber: to, callingNumber: from, trunk, pin: undefined };
  const first = router.take(call);
  if (first.outcome !== "winner" || !first.winner.asksForPin)
    return first.outcome === "winner" ? first.winner.rule : undefined;
  const second = router.take({ ...call, pin });
  return second.outcome === "winner" ? second.winner.rule : undefined;
}

/** The rule to which another one loses a call; undefined where the PIN that is entered is not that of the other. */
function beaterOf(router: Router<number>, one: Rule, call: Called): number | undefined {
  const { to, from, trunk, pin } = call;
  const first = router.take({ calledNumber: to, callingNumber: from, trunk, pin: undefined });
  if (first.outcome !== "winner") return undefined;
  if (one.pin === "" || !first.winner.asksForPin) return first.winner.rule;
  return one.pin === pin ? takerOf(router, call) : undefined;
}

/** Tells whether a rule wants a call, whatever PIN is entered. */
function wants(one: Rule, { to, from, trunk }: Called): boolean {
  const call = { calledNumber: to, callingNumber: from, trunk, pin: undefined };
  return missOf({ ...one, pin: "" }, call) === undefined;
}

/** Tells whether the one takes no call that the other does not want, too. */
function isNarrower(one: Rule, other: Rule): boolean {
  return CALLS.every((call) => !wants(one, call) || wants(other, call));
}

const rules = fc.array(rule, { minLength: 1, maxLength: 5 }).map(heldOf);

describe("what rules do to each other, by the matcher", () => {
  it("is that no call comes to some", () => {
    fc.assert(
      fc.property(rules, (held) => {
        const router = new Router(held, NEW);
        const takers = new Set(CALLS.map((call) => takerOf(router, call)));
        const dead = held.flatMap(({ label }) => (takers.has(label) ? [] : [label]));
        expect(contestsOf(held).dead.map((one) => one.rule)).toEqual(expect.arrayContaining(dead));
        expect(contestsOf(held).dead).toHaveLength(dead.length);
      }),
    );
  });

  it("is that some lose calls to others that are no narrower", () => {
    fc.assert(
      fc.property(rules, (held) => {
        const router = new Router(held, NEW);
        const { dead, taken } = contestsOf(held);
        for (const one of held) {
          const losing = CALLS.flatMap((call) => {
            const beater = beaterOf(router, one, call);
            const taker = held.find(({ label }) => label === beater);
            return taker && taker !== one && wants(one, call) ? [{ call, taker }] : [];
          });
          const odd = losing.filter(({ taker }) => !isNarrower(taker, one));
          const said = taken.find(({ rule: label }) => label === one.label);
          const isDead = dead.some(({ rule: label }) => label === one.label);
          if (!said) expect(isDead ? [] : odd).toEqual([]);
          else
            expect(
              odd.some(
                ({ call, taker }) =>
                  taker.label === said.taker &&
                  holds(said.calls.called, call.to) &&
                  holds(said.calls.calling, call.from) &&
                  holds(said.calls.trunk, call.trunk),
              ),
            ).toBe(true);
        }
      }),
    );
  });
});

describe("rules of many numbers", () => {
  const held = heldOf(
    Array.from({ length: 200 }, (_, at) =>
      fromJson(SIPDispatchRuleInfoSchema, {
        rule: { dispatchRuleDirect: { roomName: `${at}` } },
        [at % 2 === 0 ? "numbers" : "inboundNumbers"]: [`+1555010${at}`, `+1555020${at}`],
      }),
    ),
  );

  it("are compared as far as there is time, and what is left out is counted", () => {
    const { dead, cut } = contestsOf(held, [], 2000);
    expect(cut).toBeGreaterThan(100);
    // A call to what was left out may come to any of them.
    expect(dead).toEqual([]);
  });

  it("are all compared if there is time", () => {
    const { taken, cut } = contestsOf(held);
    expect([taken.length, cut]).toEqual([199, 0]);
  });
});
