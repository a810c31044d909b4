import { create, type MessageInitShape } from "@bufbuild/protobuf";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { SIPDispatchRuleInfoSchema } from "../../src/gen/livekit/livekit_sip_pb.ts";
import { compareCalls } from "../../src/routing/call-flows.ts";
import { meaningOf, sameMeaning, spelledOtherwise } from "../../src/routing/meaning.ts";
import { settingsChanged } from "../../src/routing/setting-changes.ts";
import { NEW } from "./calls-and-rules.ts";

type Init = Exclude<MessageInitShape<typeof SIPDispatchRuleInfoSchema>, { $typeName: string }>;
const rule = (init: Init) =>
  create(SIPDispatchRuleInfoSchema, {
    name: "support",
    rule: { rule: { case: "dispatchRuleDirect", value: { roomName: "lobby" } } },
    ...init,
  });

describe("law: the order of a set says nothing", () => {
  const texts = fc.uniqueArray(fc.stringMatching(/^[a-z0-9+]{1,6}$/), { maxLength: 6 });
  const shuffled = <T>(items: T[]) => fc.shuffledSubarray(items, { minLength: items.length });
  it("of numbers, trunks, agents and attributes", () => {
    const both = fc
      .tuple(texts, texts, texts, texts, texts)
      .chain(([numbers, callers, trunks, agents, keys]) =>
        fc.record({
          was: fc.constant([numbers, callers, trunks, agents, keys] as const),
          is: fc.tuple(...[numbers, callers, trunks, agents, keys].map(shuffled)),
        }),
      );
    const made = ([numbers = [], callers = [], trunks = [], agents = [], keys = []]: readonly string[][]) =>
      rule({
        numbers: [...numbers],
        inboundNumbers: [...callers],
        trunkIds: [...trunks],
        roomConfig: { agents: agents.map((agentName) => ({ agentName, metadata: agentName })) },
        attributes: Object.fromEntries(keys.map((key) => [key, "x"])),
      });
    fc.assert(
      fc.property(both, ({ was, is }) => {
        const [before, after] = [made(was), made(is)];
        expect(sameMeaning(before, after)).toBe(true);
        expect(compareCalls([{ before, after }], NEW).flows).toEqual([]);
      }),
      { numRuns: 200 },
    );
  });
});

describe("metadata", () => {
  const is = (before: string, after: string): boolean =>
    sameMeaning(rule({ metadata: before }), rule({ metadata: after }));

  it("that is JSON is compared as JSON", () => {
    expect(is('{"a":1,"b":[2,3]}', '{ "b": [2, 3], "a": 1.0 }')).toBe(true);
    expect(is('{"a":[1,2]}', '{"a":[2,1]}')).toBe(false);
  });

  it.each([
    ["broken JSON", "{a", "{a "],
    ["text", "a b", "a  b"],
    ["a text in JSON", '"a"', ' "a"'],
    ["numbers that JSON.parse would round", '{"id":9007199254740993}', '{"id":9007199254740992}'],
  ])("is compared as text: %s", (_, before, after) => {
    expect(is(before, before)).toBe(true);
    expect(is(before, after)).toBe(false);
  });

  it("may be nested as deep as it likes", () => {
    const deep = "[".repeat(100_000) + "]".repeat(100_000);
    expect(is(deep, deep)).toBe(true);
    expect(is(deep, `${deep} `)).toBe(false);
  });
});

describe("what the server fills in", () => {
  it("is no difference", () => {
    const file = rule({});
    const live = rule({ sipDispatchRuleId: "SDR_1", media: {}, createdAt: { seconds: 1n } });
    expect(sameMeaning(file, live)).toBe(true);
    expect(spelledOtherwise(file, live)).toEqual([]);
  });
});

describe("settings that differ", () => {
  const changed = (before: Init, after: Init) => {
    const [was, now] = [rule(before), rule(after)];
    return settingsChanged(meaningOf(was, now), meaningOf(now, was)).map(
      ({ path, before: one, after: other }) => [path, one, other],
    );
  };
  const agent = (agentName: string, metadata: string) => ({ agentName, metadata });

  it("are named by their keys, through metadata that is JSON, and agents by their names", () => {
    expect(
      changed(
        { roomConfig: { agents: [agent("b", "x"), agent("a", '{"route":"default","n":[1,2]}')] } },
        {
          roomConfig: {
            agents: [agent("a", '{"route":"vip","n":[1,3]}'), agent("b", "x")],
            maxParticipants: 3,
          },
        },
      ),
    ).toEqual([
      ["agents[a].metadata.n[1]", 2, 3],
      ["agents[a].metadata.route", "default", "vip"],
      ["room_config.max_participants", undefined, 3],
    ]);
  });

  it("are no agents that only one side sends, and no numbers", () => {
    expect(changed({ roomConfig: { agents: [agent("a", "")] }, numbers: ["1"] }, { roomConfig: {} })).toEqual(
      [],
    );
  });

  it("are named by any key", () => {
    expect(changed({ attributes: { "a.b": "x", c: "z" } }, { attributes: { "a.b": "y", c: "z" } })).toEqual([
      ['attributes["a.b"]', "x", "y"],
    ]);
  });
});
