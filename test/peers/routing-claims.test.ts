import { fromJson } from "@bufbuild/protobuf";
import { afterAll, expect, test } from "vitest";
import { SIPDispatchRuleInfoSchema } from "../../src/gen/livekit/livekit_sip_pb.ts";
import type { Call } from "../../src/routing/call.ts";
import { type Outcome, Router } from "../../src/routing/match.ts";
import { roomText } from "../../src/routing/room.ts";
import { claimsOn, describePeer, given, PROTOCOLS, serverOf } from "./peer.ts";
import { ROUTING_CLAIMS, type RoutingClaim } from "./routing-claims.ts";

for (const protocol of PROTOCOLS) {
  describePeer("routing", protocol, (peer) => {
    const server = serverOf(protocol);
    afterAll(() => peer.stop());

    test.for(claimsOn(protocol, ROUTING_CLAIMS))("$claim", async ({ rules, call, takes, room }) => {
      const names = Object.keys(rules);
      const infos = names.map((name, at) => ({ ...rules[name], sipDispatchRuleId: `SDR_${at}`, name }));
      const [[theirs] = []] = await peer.ask<RouteAnswer[]>([
        { route: { rules: infos, calls: [{ from: "", ...call }] } },
      ]);
      const router = new Router(
        infos.map((info) => ({ label: info.name, info: fromJson(SIPDispatchRuleInfoSchema, info) })),
        server,
      );
      const results = [resultOf(given(theirs), names), ourResult(router.take(callOf(call)))];
      expect(results.map((result) => result.takes)).toEqual([takes, takes]);
      expect(results.map((result) => room && result.room)).toEqual([room, room]);
    });
  });
}

interface RouteAnswer {
  refused?: object;
  winner: number;
  room?: string;
  random?: boolean;
  panic?: string;
  unsent?: boolean;
}

interface Result {
  takes: string;
  room: string;
}

function resultOf(answer: RouteAnswer, names: string[]): Result {
  if (answer.refused) return { takes: "refused", room: "" };
  const { winner, room: name = "", random = false, panic, unsent } = answer;
  return {
    takes: names[winner] ?? "nobody",
    room: panic ? "crash" : unsent ? "broken-character" : roomText({ name, random }),
  };
}

function ourResult(outcome: Outcome<string>): Result {
  if (outcome.outcome === "refused") return { takes: "refused", room: "" };
  if (outcome.outcome === "no-match") return { takes: "nobody", room: "" };
  const { rule, room, noRoom } = outcome.winner;
  return { takes: rule, room: room ? roomText(room) : (noRoom ?? "") };
}

function callOf({ to, from = "", trunk, pin }: RoutingClaim["call"]): Call {
  return { calledNumber: to, callingNumber: from, trunk, pin };
}
