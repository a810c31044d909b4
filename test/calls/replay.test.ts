import { fromJson, type JsonObject } from "@bufbuild/protobuf";
import { describe, expect, it } from "vitest";
import { type Replay, replay } from "../../src/calls/replay.ts";
import { SIPDispatchRuleInfoSchema } from "../../src/gen/livekit/livekit_sip_pb.ts";
import { NEWEST } from "../../src/rule/server.ts";
import { callsIn } from "./logs.ts";

/** A rule for calls to a number over ST_a. */
function rule(name: string, called: string, kind: JsonObject, more: JsonObject = {}): JsonObject {
  return {
    sipDispatchRuleId: `SDR_${name}`,
    name,
    trunkIds: ["ST_a"],
    numbers: [called],
    rule: kind,
    ...more,
  };
}
const room = (roomName: string): JsonObject => ({ dispatchRuleDirect: { roomName } });

const SUPPORT = rule("support", "+15550100", { dispatchRuleIndividual: { roomPrefix: "support" } });
const SALES = rule("sales", "+15550101", room("sales"));
const LOBBY = rule("lobby", "+15550102", room("lobby"));
const RULES = [SUPPORT, SALES, LOBBY];

/** Who takes the calls to a number, as it is logged. */
const TAKEN: Readonly<Record<string, (from: string) => Record<string, string>>> = {
  "+15550100": (from) => ({ sipRule: "SDR_support", room: `support_${from}_abcdefghijkl` }),
  "+15550101": () => ({ sipRule: "SDR_sales", room: "sales" }),
  "+15550102": () => ({ sipRule: "SDR_lobby", room: "lobby" }),
};

/** The lines of a call, the `number`th. */
function callLines(number: number, to: string, pin = false): string[] {
  const from = `+155501${10 + (number % 80)}`;
  const taken = TAKEN[to]?.(from);
  const fields = {
    ts: 1_769_860_800 + number,
    caller: "sip/inbound.go:1",
    callID: `SCL_${number}`,
    fromUser: from,
    toUser: to,
    sipTrunk: "ST_a",
  };
  const end = pin ? "wrong-pin" : taken ? "hangup" : "flood";
  return [
    { ...fields, msg: "processing invite" },
    ...(pin ? [{ ...fields, msg: "Requesting Pin for SIP call" }] : []),
    ...(taken && !pin ? [{ ...fields, msg: "Joining room", ...taken }] : []),
    { ...fields, msg: "Closing inbound call", result: "success", reason: end },
  ].map((line) => JSON.stringify(line));
}

/** A thousand calls, in turn to four numbers; every fiftieth is asked for a PIN. */
const NUMBERS = ["+15550100", "+15550101", "+15550102", "+15550103"];
const DAY = callsIn(
  Array.from({ length: 1000 }, (_, at) => callLines(at, NUMBERS[at % 4] ?? "", at % 50 === 0)).flat(),
);

function replayed(before: readonly JsonObject[], after: readonly JsonObject[], calls = DAY): Replay {
  const read = (rules: readonly JsonObject[]) =>
    rules.map((json) => fromJson(SIPDispatchRuleInfoSchema, json));
  return replay(calls, read(before), read(after), NEWEST);
}

/** Where how many calls would go. */
function moves({ moves: all }: Replay): string[] | undefined {
  return all?.map(({ kind: { from, to }, count }) => `${count}: ${from} → ${to}`);
}

describe("a day of a thousand calls", () => {
  it("is explained by its own rules, but for those who entered a PIN", () => {
    const same = replayed(RULES, RULES);
    expect(same).toMatchObject({ calls: 1000, checked: 980, explained: 980, unexplained: [], moves: [] });
    expect(same.undecided.map(({ kind, count }) => [kind, count])).toEqual([["pin", 20]]);
  });

  // Of each number's 250 calls every fiftieth of all is one: 10 of +15550100's and 10 of +15550102's.
  it("goes elsewhere as the change says, to the call", () => {
    const change = [SUPPORT, { ...SALES, numbers: ["+15550103"] }, { ...LOBBY, rule: room("lobby-2") }];
    const changed = replayed(RULES, change);
    expect(moves(changed)).toEqual([
      "250: room sales → no rule",
      "250: no rule → room sales",
      "240: room lobby → room lobby-2",
    ]);
    expect(changed.moves?.[0]?.examples.map(({ callId }) => callId)).toEqual(["SCL_1", "SCL_5", "SCL_9"]);
  });

  it.each([
    [
      "a PIN that is asked for",
      { rule: { dispatchRuleDirect: { roomName: "sales", pin: "1" } } },
      "room sales, after a PIN",
    ],
    ["another agent", { roomConfig: { agents: [{ agentName: "ada" }] } }, "room sales, agent ada"],
    ["another trunk", { trunkIds: ["ST_b"] }, "no rule"],
    ["a filter on callers", { inboundNumbers: ["+15550199"] }, "no rule"],
  ])("goes elsewhere by %s", (_, more, to) => {
    expect(moves(replayed(RULES, [SUPPORT, { ...SALES, ...more }, LOBBY]))).toEqual([
      `250: room sales → ${to}`,
    ]);
  });

  it("goes nowhere where two rules are in conflict after", () => {
    const twin = { ...SALES, sipDispatchRuleId: "SDR_twin", name: "twin" };
    expect(moves(replayed(RULES, [...RULES, twin]))).toEqual([
      "250: room sales → rules in conflict",
      "250: no rule → rules in conflict",
      "240: room lobby → rules in conflict",
      "240: room support_<caller>_<random> → rules in conflict",
    ]);
  });

  it("is explained by rules without ids, by its rooms", () => {
    const files = RULES.map((one): JsonObject => ({ ...one, sipDispatchRuleId: "" }));
    expect(replayed(files, files)).toMatchObject({ checked: 980, explained: 980 });
    const renamed = files.map((one) => (one["name"] === "sales" ? { ...one, rule: room("sales-2") } : one));
    expect(replayed(renamed, files)).toMatchObject({ checked: 980, explained: 730 });
  });

  it("says nothing where fewer than 99 of 100 calls are explained, and why", () => {
    const other = replayed([SUPPORT, LOBBY], RULES);
    expect(other).toMatchObject({ checked: 980, explained: 730, moves: undefined });
    expect(other.unexplained.map(({ kind, count }) => [kind, count])).toEqual([
      [{ logged: "rule SDR_sales", given: "no rule" }, 250],
    ]);
  });

  it("leaves out the few that are not explained", () => {
    const night = callsIn(callLines(5000, "+15550103").map((line) => line.replace("flood", "hangup")));
    const [odd] = callsIn(callLines(5001, "+15550101").map((line) => line.replaceAll("sales", "old")));
    const more = replayed(RULES, [SUPPORT, LOBBY], [...DAY, ...night, ...(odd ? [odd] : [])]);
    expect(more).toMatchObject({ calls: 1002, checked: 981, explained: 980 });
    expect(moves(more)).toEqual(["250: room sales → no rule"]);
    expect(more.undecided.map(({ kind, count }) => [kind, count])).toEqual([
      ["pin", 20],
      ["cut", 1],
    ]);
  });
});

it("a log of livekit-server alone is checked by the rule that it found", () => {
  const line = (at: number, msg: string, sipRule?: string): string =>
    JSON.stringify({
      ts: 1_769_860_800 + at,
      msg,
      fromUser: "+15550177",
      toUser: "+15550101",
      src: "",
      sipTrunk: "ST_a",
      sipRule,
    });
  const calls = [0, 100].flatMap((at) => [
    line(at, "SIP trunk matched for auth"),
    line(at + 1, "SIP trunk matched"),
    ...(at === 0 ? [line(at + 2, "SIP dispatch rule matched", "SDR_sales")] : []),
  ]);
  expect(replayed(RULES, [SUPPORT, LOBBY], callsIn(calls.slice(0, 3)))).toMatchObject({
    checked: 1,
    explained: 1,
    moves: [{ kind: { from: "room sales", to: "no rule" }, count: 1 }],
  });
  // It logs a conflict as it logs no rule.
  const twin = { ...SALES, sipDispatchRuleId: "SDR_twin", name: "twin" };
  expect(replayed([...RULES, twin], [SUPPORT, LOBBY], callsIn(calls.slice(3)))).toMatchObject({
    explained: 1,
  });
});

it("of a log that shows nothing about rules nothing is said", () => {
  const refused = callsIn(
    callLines(0, "+15550100")
      .slice(0, 1)
      .map((line) => line.replace("processing invite", "Authentication failed - response mismatch")),
  );
  expect(replayed(RULES, [], refused)).toMatchObject({
    calls: 1,
    checked: 0,
    moves: undefined,
    undecided: [{ kind: "no-rule-asked", count: 1 }],
  });
  expect(replayed(RULES, [], [])).toMatchObject({ calls: 0, checked: 0, moves: undefined });
});
