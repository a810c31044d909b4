import { describe, expect, it } from "vitest";
import { callsIn, diagnosesOf } from "./logs.ts";

/** A line of livekit-sip about a call, with what it says. */
function line(message: string, at: number, fields: Readonly<Record<string, unknown>> = {}): string {
  return JSON.stringify({
    level: "info",
    ts: 1_769_860_800 + at,
    logger: "sip",
    caller: "sip/inbound.go:414",
    msg: message,
    nodeID: "NE_a",
    callID: "SCL_a",
    fromIP: "192.0.2.1",
    fromUser: "+15550177",
    toUser: "+15550100",
    ...fields,
  });
}

const flood = { sipTrunk: "ST_a", status: 486, result: "client_error", reason: "flood" };

/** The id, the numbers, the cause and its certainty of each call. */
function shortly(lines: readonly string[]): string[] {
  return diagnosesOf(lines).map(({ call: { callId, from, to }, cause, certainty }) =>
    [callId || "-", from, to, cause, certainty].join(" "),
  );
}

describe("a call", () => {
  it("that shares its id with another is told apart by its numbers", () => {
    const other = { ...flood, toUser: "+15550101", reason: "wrong-pin" };
    expect(
      shortly([
        line("Closing inbound call", 1, flood),
        line("Closing inbound call", 2, other),
        line("processing invite", 0),
      ]),
    ).toEqual(["SCL_a +15550177 +15550100 no-rule certain", "SCL_a +15550177 +15550101 wrong-pin certain"]);
  });

  it("that livekit-sip made itself is no inbound one", () => {
    const outbound = { caller: "sip/outbound.go:366", direction: "outbound" };
    expect(shortly([line("Closing outbound call", 0, outbound)])).toEqual([]);
    expect(
      shortly([line("triggering media timeout", 0, { ...outbound, caller: "sip/media_port.go:603" })]),
    ).toEqual([]);
    expect(
      shortly([line("SIP call ended", 0, { reason: "hangup", caller: "service/service.go:261" })]),
    ).toEqual([]);
  });

  it("whose begin is cut off is explained by its end, and one whose end is, not", () => {
    expect(shortly([line("Closing inbound call", 0, flood)])).toEqual([
      "SCL_a +15550177 +15550100 no-rule certain",
    ]);
    expect(shortly([line("processing invite", 0), line("Joining room", 1, { sipRule: "SDR_a" })])).toEqual([
      "SCL_a +15550177 +15550100 unknown unknown",
    ]);
  });

  it("has the lines, too, that have lost its numbers, wherever they stand", () => {
    const closing = line("Closing inbound call", 1, flood);
    const torn = closing.slice(0, closing.indexOf('"fromUser"'));
    const lines = [torn, line("processing invite", 0), line("Rejecting inbound flood", 1)];
    expect(callsIn(lines).map(({ callId, to }) => `${callId} ${to}`)).toEqual(["SCL_a +15550100"]);
    expect(callsIn([torn]).map(({ callId, to }) => `${callId} ${to}`)).toEqual(["SCL_a "]);
  });

  it("is the same when the clock jumps back while it lasts", () => {
    const [call] = callsIn([line("processing invite", 3600), line("Closing inbound call", 0, flood)]);
    expect([call?.first, call?.last, call?.reason]).toEqual([1_769_860_800_000, 1_769_864_400_000, "flood"]);
  });

  it("of livekit-sip 1.8.0 has its reason in a line without numbers, before or after", () => {
    const closing = line("Closing inbound call", 1, { ...flood, reason: "UNKNOWN_REASON" });
    const ended = line("SIP call ended", 1, { reason: "flood", fromUser: undefined, toUser: undefined });
    const expected = ["SCL_a +15550177 +15550100 no-rule certain"];
    expect(shortly([closing, ended])).toEqual(expected);
    expect(shortly([ended, closing])).toEqual(expected);
    expect(shortly([closing])).toEqual(["SCL_a +15550177 +15550100 unknown unknown"]);
  });

  it("of livekit-sip 1.1.1 has an id for each INVITE, and logs no wrong password", () => {
    const challenge = (id: string, at: number): string[] =>
      ["processing invite", "Requesting inbound auth"].map((message) =>
        line(message, at, { callID: id, sipCallID: "one@192.0.2.1", sipTrunk: "ST_a" }),
      );
    expect(shortly([...challenge("SCL_a", 0), ...challenge("SCL_b", 1)])).toEqual([
      "SCL_b +15550177 +15550100 wrong-credentials likely",
    ]);
    expect(shortly(challenge("SCL_a", 0))).toEqual(["SCL_a +15550177 +15550100 no-credentials likely"]);
  });

  it("that up to 1.3.0 no rule took may be one of two rules in conflict", () => {
    const closing = line("Closing inbound call", 1, { sipTrunk: "ST_a", reason: "no-dispatch" });
    const rejected = line("Rejecting inbound call, doesn't match any Dispatch Rules", 1, {
      sipTrunk: "ST_a",
    });
    const error = line("SIP handle dispatch rule error", 0.99, {
      callID: undefined,
      fromUser: undefined,
      toUser: undefined,
      error: 'twirp error invalid_argument: … already exists in dispatch rule "SDR_a" "support"',
    });
    expect(shortly([rejected, closing])).toEqual(["SCL_a +15550177 +15550100 no-rule likely"]);
    expect(shortly([rejected, closing, error])).toEqual(["SCL_a +15550177 +15550100 rule-conflict certain"]);
    const elsewhere = error.replace("NE_a", "NE_b");
    expect(shortly([elsewhere, rejected, closing])).toEqual(["SCL_a +15550177 +15550100 no-rule likely"]);
  });

  it("that livekit-server could not decide in time is not one of a conflict", () => {
    expect(
      shortly([
        line("Rejecting inbound call, dispatch evaluation failed", 1),
        line("SIP handle dispatch rule error", 1, { callID: "", error: "no response from servers" }),
      ]),
    ).toEqual(["SCL_a +15550177 +15550100 server-unreachable certain"]);
  });

  it("is not two because both programs logged it, and has the rule that asked for the PIN", () => {
    const server = (message: string, at: number, fields: Readonly<Record<string, unknown>>): string =>
      JSON.stringify({
        level: "debug",
        ts: 1_769_860_800 + at,
        msg: message,
        toUser: "+15550100",
        fromUser: "+15550177",
        src: "192.0.2.1",
        ...fields,
      });
    const lines = [
      line("processing invite", 0),
      server("SIP trunk matched for auth", 0.1, { sipTrunk: "ST_a" }),
      server("SIP trunk matched", 0.2, { sipTrunk: "ST_a" }),
      server("SIP dispatch rule matched", 0.2, { sipTrunk: "ST_a", sipRule: "SDR_pin" }),
      line("Rejecting call", 9, { pin: "4821", noPin: false }),
      server("SIP trunk matched", 9, { sipTrunk: "ST_a" }),
      line("Closing inbound call", 10, { ...flood, reason: "wrong-pin" }),
    ];
    const [one, ...others] = diagnosesOf(lines);
    expect(others).toEqual([]);
    expect(one?.explanation).toContain("by rule SDR_pin");
    expect(JSON.stringify(one)).not.toContain("4821");
    // A minute later it is another call.
    const later = lines
      .filter((text) => text.includes("debug"))
      .map((text) => text.replaceAll("17698608", "17698609"));
    expect(shortly([...lines, ...later])).toHaveLength(2);
  });
});

// What was logged for t1, t2, j2, j4, j5 and j6 of the calls that were made, whose logs are not kept.
describe("a call that a rule took", () => {
  const taken = { sipTrunk: "ST_a", sipRule: "SDR_a", room: "support" };
  const closing = (reason: string): string =>
    line("Closing inbound call", 40, { ...taken, result: "x", reason });

  it.each([
    [
      "triggering media timeout",
      [line("triggering media timeout", 31), closing("media-timeout")],
      "media-timeout certain",
    ],
    ["Call accepted, but no ACK received", [], "unknown unknown"],
    ["Waiting for track subscription(s)", [closing("cannot-subscribe")], "nobody-answered certain"],
    [
      "server initiated leave",
      [line("server initiated leave", 9, { reason: "ROOM_DELETED" }), closing("removed")],
      "removed certain",
    ],
    ["the agent hung up", [closing("removed")], "removed certain"],
    ["BYE from remote", [line("BYE from remote", 9), closing("bye-q.850-31")], "hangup certain"],
  ])("and then: %s", (message, lines, cause) => {
    const said = diagnosesOf([
      line("processing invite", 0),
      line("Joining room", 1, taken),
      line("Accepting the call", 1, taken),
      line(message, 2, taken),
      ...lines,
    ]);
    expect(said.map((one) => `${one.cause} ${one.certainty}`)).toEqual([cause]);
    expect(said[0]?.explanation).toContain("by rule SDR_a, into room support");
  });
});

describe("what is secret is not repeated", () => {
  it.each([
    "could not dial wss://a/rtc?access_token=eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2ln&x=1",
    "bad credentials in wss://user:hunter22@a/rtc",
    'Digest username="pbx", response=ae779cff908b51dd',
  ])("%s", (error) => {
    const [one] = diagnosesOf([line("Cannot create LiveKit participant", 0, { error })]);
    expect(one?.explanation).not.toMatch(/eyJ|hunter22|ae779cff/);
    expect(one?.explanation).toContain("[hidden]");
  });
});

describe("whatever a line holds", () => {
  it.each([
    ["a number of a megabyte", { fromUser: "1".repeat(1e6) }],
    ["a prototype", { ["__proto__"]: { callID: "SCL_b" }, constructor: "SCL_c" }],
    ["numbers that are none", { fromUser: { a: 1 }, toUser: ["+15550100"], sipTrunk: null }],
    ["a time that is none", { ts: 1e300 }],
    ["a time in words", { ts: "yesterday" }],
  ])("%s, it is one call", (_, fields) => {
    const [one, ...others] = diagnosesOf([line("Closing inbound call", 0, { ...flood, ...fields })]);
    expect(others).toEqual([]);
    expect(one?.cause).toMatch(/^no-rule/);
    expect(JSON.stringify(one).length).toBeLessThan(5000);
  });

  // What is no JSON, in lines as long as a log can have: each is read in linear time.
  it.each([
    ["blanks", " ".repeat(1e6)],
    ["a word", "a".repeat(1e6)],
    ["a path", "a/".repeat(5e5)],
    ["escapes", `{"a":"${String.raw`\"`.repeat(5e5)}`],
    ["an open string", `{"a":"${"x".repeat(1.5e7)}`],
    ["open objects", '{"a":'.repeat(2e5)],
    ["quotes", '"'.repeat(1e6)],
    ["callers", "\ta/b.go:1\t".repeat(1e5)],
  ])("a line of %s is no call", (_, text) => {
    expect(callsIn([`SCL_ ${text}`, `${text} SIP `])).toEqual([]);
  });

  it.each([
    "",
    "{",
    '{"',
    "SCL_",
    '{"msg":1,"callID":"SCL_a"}',
    '{"log":"{\\"msg\\":\\"SCL_"}',
    "\u001b[31mSCL_",
  ])("%j is no call", (text) => {
    expect(callsIn([text])).toEqual([]);
  });
});
