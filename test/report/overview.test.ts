import { create } from "@bufbuild/protobuf";
import { expect, it } from "vitest";
import { SIPDispatchRuleInfoSchema } from "../../src/gen/livekit/livekit_sip_pb.ts";
import { overviewLines } from "../../src/report/overview.ts";
import { styleFor } from "../../src/report/style.ts";
import { compareCalls } from "../../src/routing/call-flows.ts";
import { shareOut } from "../../src/routing/call-shares.ts";
import { NEW } from "../routing/calls-and-rules.ts";

function rule(name: string, roomName: string, numbers: string[], agentName: string) {
  return create(SIPDispatchRuleInfoSchema, {
    name,
    numbers,
    rule: { rule: { case: "dispatchRuleDirect", value: { roomName } } },
    roomConfig: { agents: [{ agentName }] },
  });
}

/** The lines of these rules, each of which takes one more number than before. */
function linesOf(rules: readonly { name: string; room: string; agent: string }[]): string[] {
  const changes = rules.map(({ name, room, agent }, at) => ({
    before: rule(name, "lobby", [`+1555010${at}`], agent),
    after: rule(name, room, [`+1555010${at}`, `+1555019${at}`], agent),
  }));
  const difference = compareCalls(changes, NEW);
  const shares = shareOut(difference, changes);
  const about = { nameOf: String, before: "before" as const, style: styleFor(false), redact: false };
  const told = rules.map(({ name }, number) => {
    return { number, name, nameWithPlace: `${name}@${number}`, alarms: [], verdict: "calls change" };
  });
  return overviewLines(told, { difference, rules: changes, shares, ...about });
}

it("of fewer than three rules nothing is said before the rules themselves", () => {
  expect(linesOf(["a", "b"].map((name) => ({ name, room: "lobby", agent: "ann" })))).toEqual([]);
});

it("rules of which the same is to be said share a line, with who answers", () => {
  expect(
    linesOf([
      { name: "a", room: "lobby", agent: "ann" },
      { name: "b", room: "other", agent: "ann" },
      { name: "c", room: "lobby", agent: "cem" },
      { name: "d", room: "lobby", agent: "ann" },
    ]),
  ).toEqual([
    "  a, d (agent ann); c (agent cem): + calls that went to no rule",
    "  b (agent ann): + calls that went to no rule; ~ other calls treated in",
    "    another way",
  ]);
});

it("rules of one name are told apart by their places", () => {
  expect(linesOf(["a", "a", ""].map((name) => ({ name, room: "lobby", agent: "ann" })))).toEqual([
    "  a@0, a@1, @2 (agent ann): + calls that went to no rule",
  ]);
});
