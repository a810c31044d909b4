import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { compareCalls, type RuleChange } from "../../src/routing/call-flows.ts";
import { shareOut } from "../../src/routing/call-shares.ts";
import { Router } from "../../src/routing/match.ts";
import { NEW } from "./calls-and-rules.ts";
import { type Called, CALLS, changes, heldIn, isIn, said, treated } from "./rule-sets.ts";

/** Where each call ends in a set, asked of the matcher itself. */
function endsIn(all: readonly RuleChange[], when: "before" | "after"): (call: Called) => string {
  const router = new Router(heldIn(all, when), NEW);
  return ({ to, from, trunk, pin }) => {
    const call = { calledNumber: to, callingNumber: from, trunk };
    let taken = router.take(call);
    const asks = taken.outcome === "winner" && taken.winner.asksForPin;
    if (asks) taken = router.take({ ...call, pin });
    return taken.outcome === "winner" ? `${taken.winner.rule}${asks ? " asks" : ""}` : "nowhere";
  };
}

const RUNS = Number(process.env["PAIRS"] ?? 300);

describe("law 7: every call is routed as the report says", () => {
  it("a call in a flow goes where it says, and any other is treated as before", () => {
    let told = 0;
    fc.assert(
      fc.property(changes, (all) => {
        const difference = compareCalls(all, NEW);
        const [before, after] = [endsIn(all, "before"), endsIn(all, "after")];
        const wrong: unknown[] = [];
        for (const call of CALLS) {
          if (difference.moved.has(call.to) && difference.moved.has(call.from)) continue;
          const [was, is] = [before(call), after(call)];
          const words = said(difference, call);
          told += words.length;
          // Of a call in no flow another rule may take it, if it does the same with it.
          const isRight =
            words.length > 0
              ? JSON.stringify(words) === JSON.stringify([[was, is]])
              : treated(all, "before", was) === treated(all, "after", is);
          if (!isRight) wrong.push({ call, was, is, words });
        }
        expect({ wrong, cut: difference.cut }).toEqual({ wrong: [], cut: 0 });
      }),
      { numRuns: RUNS },
    );
    expect(told).toBeGreaterThan(RUNS);
  });

  it("what a person is told to dial ends where the list of test calls says", () => {
    let told = 0;
    fc.assert(
      fc.property(changes, (all) => {
        const difference = compareCalls(all, NEW);
        const [before, after] = [endsIn(all, "before"), endsIn(all, "after")];
        const parts = shareOut(difference, all).flatMap(({ gains, loses, changes: other }) => [
          ...gains,
          ...loses,
          ...other,
        ]);
        for (const { from, to, examples } of parts) {
          for (const { box, reached } of examples) {
            const calls = CALLS.filter(
              (call) =>
                isIn(box, call) && !(difference.moved.has(call.to) && difference.moved.has(call.from)),
            );
            told += calls.length;
            const expected = [reached.before ? from : NaN, reached.after ? to : NaN];
            for (const call of calls)
              expect([call, [before(call), after(call)].map((end) => Number.parseInt(end, 10))]).toEqual([
                call,
                expected,
              ]);
          }
        }
      }),
      { numRuns: RUNS },
    );
    expect(told).toBeGreaterThan(RUNS);
  });
});
