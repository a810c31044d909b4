import { fromJson } from "@bufbuild/protobuf";
import { afterAll, expect, test } from "vitest";
import { SIPDispatchRuleInfoSchema } from "../../src/gen/livekit/livekit_sip_pb.ts";
import type { Call } from "../../src/rule/call.ts";
import { Router } from "../../src/rule/match.ts";
import { roomText } from "../../src/rule/room.ts";
import { parseServer } from "../../src/rule/server.ts";
import { describePeer, given } from "./peer.ts";
import { ROUTING_CLAIMS, type RoutingClaim } from "./routing-claims.ts";

for (const protocol of ["v1.50.4", "v1.43.0"] as const) {
  describePeer("routing", protocol, (peer) => {
    const server = given(parseServer(protocol === "v1.50.4" ? "1.13.5" : "1.9.10"));
    afterAll(() => peer.stop());

    test.for(ROUTING_CLAIMS.filter((claim) => (claim.protocol ?? "v1.50.4") === protocol))(
      "$claim",
      async ({ rules, call, takes, room }) => {
        const names = Object.keys(rules);
        const infos = names.map((name, at) => ({ ...rules[name], sipDispatchRuleId: `SDR_${at}`, name }));
        const calls = [{ from: "", ...call }];
        const [[theirs] = []] = await peer.ask<RouteAnswer[]>([{ route: { rules: infos, calls } }]);
        expect(theirs && nameOf(theirs, names)).toBe(takes);
        if (theirs && room !== undefined) expect(goRoom(theirs)).toBe(room);

        const router = new Router(
          infos.map((info) => ({ label: info.name, info: fromJson(SIPDispatchRuleInfoSchema, info) })),
          server,
        );
        const outcome = router.take(callOf(call));
        const winner = outcome.outcome === "winner" ? outcome.winner : undefined;
        expect(
          winner?.rule ?? { "no-match": "nobody", refused: "refused", winner: "" }[outcome.outcome],
        ).toBe(takes);
        if (room !== undefined) expect(winner?.room ? roomText(winner.room) : "panic").toBe(room);
      },
    );
  });
}

interface RouteAnswer {
  refused?: object;
  winner: number;
  room?: string;
  random?: boolean;
  panic?: string;
}

function nameOf(answer: RouteAnswer, names: string[]): string {
  return answer.refused ? "refused" : (names[answer.winner] ?? "nobody");
}

function goRoom(answer: RouteAnswer): string {
  if (answer.panic) return "panic";
  return roomText({ name: answer.room ?? "", random: answer.random ?? false });
}

function callOf({ to, from = "", trunk, pin }: RoutingClaim["call"]): Call {
  return { calledNumber: to, callingNumber: from, trunk, pin };
}
