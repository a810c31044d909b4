import { toJson } from "@bufbuild/protobuf";
import fc from "fast-check";
import { afterAll, expect, test } from "vitest";
import { type SIPDispatchRuleInfo, SIPDispatchRuleInfoSchema } from "../../src/gen/livekit/livekit_sip_pb.ts";
import { compareCalls, type RuleChange } from "../../src/routing/call-flows.ts";
import { pairRules } from "../../src/routing/rule-pairs.ts";
import { pinOf } from "../../src/routing/stored-rule.ts";
import { diffFixtures, rulesOf, textOf } from "../report/diff-fixtures.ts";
import { type Called, CALLS, changes, heldIn, said, treated } from "../routing/rule-sets.ts";
import { NEW } from "../routing/calls-and-rules.ts";
import { casesFor, describePeer, given } from "./peer.ts";

const SEED = Number(process.env["SEED"] ?? 17);

interface Answer {
  winner: number;
}

describePeer("the difference between two sets of rules", "v1.50.4", (peer) => {
  afterAll(() => peer.stop());

  /** Where LiveKit's own code sends each call, without a PIN and then with the one that the caller enters. */
  const endsIn = async (
    all: readonly RuleChange[],
    when: "before" | "after",
    those: readonly Called[] = CALLS,
  ): Promise<string[]> => {
    const held = heldIn(all, when);
    const rules = held.map(({ info }, at) => ({
      ...(toJson(SIPDispatchRuleInfoSchema, info) as object),
      sipDispatchRuleId: `SDR_${at}`,
    }));
    const ask = async (calls: object[]): Promise<Answer[]> =>
      given((await peer.ask<Answer[]>([{ route: { rules, calls } }]))[0]);
    const first = await ask(those.map(({ to, from, trunk }) => ({ to, from, trunk })));
    const second = await ask([...those]);
    return first.map(({ winner }, at) => {
      const asker = held[winner];
      if (!asker) return "nowhere";
      if (pinOf(asker.info) === "") return `${asker.label}`;
      const taker = held[given(second[at]).winner];
      return taker ? `${taker.label} asks` : "nowhere";
    });
  };

  /** How many calls the difference tells of, all calls being sent by LiveKit's own code as it says. */
  const toldOf = async (all: readonly RuleChange[], those: readonly Called[]): Promise<number> => {
    const difference = compareCalls(all, NEW);
    const [before, after] = [await endsIn(all, "before", those), await endsIn(all, "after", those)];
    let told = 0;
    for (const [at, call] of those.entries()) {
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
    return told;
  };

  test("every call goes where LiveKit's own code sends it, before and after", async () => {
    let told = 0;
    for (const all of fc.sample(changes, { numRuns: casesFor(0.01), seed: SEED }))
      told += await toldOf(all, CALLS);
    expect(told).toBeGreaterThan(0);
  });

  test.each(diffFixtures())("the fixture %s says what LiveKit's own code does", async (name) => {
    const [before, after] = [await rulesOf(name, "before"), await rulesOf(name, "after")];
    const all = pairRules(before, after).map((pair) => ({
      before: pair.before?.info,
      after: pair.after?.info,
    }));
    const isSaid = /^ {2}[+−~] /m.test(textOf(name, 80));
    const told = await toldOf(all, callsTo([...before, ...after].map(({ info }) => info)));
    expect(told > 0).toBe(isSaid || TREATED_ALIKE.includes(name));
  });
});

/** Fixtures of which only settings differ, which a flow tells and no line about calls. */
const TREATED_ALIKE = ["agent-metadata", "broken-metadata"];

/** Every call that these rules could tell apart, with values that none of them lists. */
function callsTo(infos: readonly SIPDispatchRuleInfo[]): Called[] {
  const of = (list: (info: SIPDispatchRuleInfo) => readonly string[], other: string): string[] => [
    ...new Set([...infos.flatMap(list), other]),
  ];
  const numbers = of((info) => [...info.numbers, ...info.inboundNumbers], "+15550199");
  const trunks = [...of((info) => info.trunkIds, "ST_z"), ""];
  const pins = of((info) => [pinOf(info)].filter((pin) => pin !== ""), "9");
  return numbers.flatMap((to) =>
    numbers.flatMap((from) => trunks.flatMap((trunk) => pins.map((pin) => ({ to, from, trunk, pin })))),
  );
}
