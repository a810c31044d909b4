import { toJson } from "@bufbuild/protobuf";
import fc from "fast-check";
import { afterAll, expect, test } from "vitest";
import { SIPDispatchRuleInfoSchema } from "../../src/gen/livekit/livekit_sip_pb.ts";
import { compareCalls, type RuleChange } from "../../src/routing/flows.ts";
import { pinOf } from "../../src/rule/stored.ts";
import { type Called, CALLS, changes, heldIn, said, treated } from "../routing/rule-sets.ts";
import { NEW } from "../rule/rules.ts";
import { casesFor, describePeer, given } from "./peer.ts";

const SEED = Number(process.env["SEED"] ?? 17);

interface Answer {
  winner: number;
}

describePeer("the difference between two sets of rules", "v1.50.4", (peer) => {
  afterAll(() => peer.stop());

  /** Where LiveKit's own code sends each call, without a PIN and then with the one that the caller enters. */
  const endsIn = async (all: readonly RuleChange[], when: "before" | "after"): Promise<string[]> => {
    const held = heldIn(all, when);
    const rules = held.map(({ info }, at) => ({
      ...(toJson(SIPDispatchRuleInfoSchema, info) as object),
      sipDispatchRuleId: `SDR_${at}`,
    }));
    const ask = async (calls: object[]): Promise<Answer[]> =>
      given((await peer.ask<Answer[]>([{ route: { rules, calls } }]))[0]);
    const first = await ask(CALLS.map(({ to, from, trunk }: Called) => ({ to, from, trunk })));
    const second = await ask([...CALLS]);
    return first.map(({ winner }, at) => {
      const asker = held[winner];
      if (!asker) return "nowhere";
      if (pinOf(asker.info) === "") return `${asker.label}`;
      const taker = held[given(second[at]).winner];
      return taker ? `${taker.label} asks` : "nowhere";
    });
  };

  test("every call goes where LiveKit's own code sends it, before and after", async () => {
    let told = 0;
    for (const all of fc.sample(changes, { numRuns: casesFor(0.01), seed: SEED })) {
      const difference = compareCalls(all, NEW);
      const [before, after] = [await endsIn(all, "before"), await endsIn(all, "after")];
      for (const [at, call] of CALLS.entries()) {
        if (difference.moved.has(call.to) && difference.moved.has(call.from)) continue;
        const ends = [given(before[at]), given(after[at])] as const;
        const words = said(difference, call);
        told += words.length;
        const [was, is] = words[0] ?? ends;
        const expected =
          words.length > 0 ? [...ends] : [treated(all, "before", was), treated(all, "after", is)];
        if (words.length > 0) expect([call, words]).toEqual([call, [expected]]);
        else expect([call, expected[0]]).toEqual([call, expected[1]]);
      }
    }
    expect(told).toBeGreaterThan(0);
  });
});
