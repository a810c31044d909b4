import { toJson } from "@bufbuild/protobuf";
import { afterAll, expect, test } from "vitest";
import { type SIPDispatchRuleInfo, SIPDispatchRuleInfoSchema } from "../../src/gen/livekit/livekit_sip_pb.ts";
import type { Call } from "../../src/routing/call.ts";
import type { Loss } from "../../src/routing/mismatch.ts";
import { Router } from "../../src/routing/match.ts";
import { priorityOf } from "../../src/routing/priority.ts";
import { type Server, supports } from "../../src/rule/server.ts";
import { storedRule } from "../../src/routing/stored-rule.ts";
import { casesFor, compare, describePeer, type Difference, given, type Protocol, serverOf } from "./peer.ts";
import { Random } from "./random.ts";
import { type GoRefusal, sameRefusal } from "./refusals.ts";
import { callFor, ruleSet } from "./rule-cases.ts";

interface RouteAnswer {
  refused?: GoRefusal;
  winner: number;
  asksForPin?: boolean;
  room?: string;
  random?: boolean;
  panic?: string;
  unsent?: boolean;
  alone?: boolean[];
  priorities?: number[];
}

const SHARES: [Protocol, number][] = [
  ["v1.54.0", 0.25],
  ["v1.50.4", 0.2],
  ["v1.43.0", 0.1],
];
const CALLS = 4;

for (const [protocol, share] of SHARES) {
  describePeer("matching", protocol, (peer) => {
    const server = serverOf(protocol);
    const seen = new Map<string, number>();
    afterAll(() => peer.stop());

    test("every call goes where LiveKit's code sends it", async () => {
      const random = new Random(1);
      const differences = await compare({
        peer,
        count: Math.ceil(casesFor(share) / CALLS),
        generate: () => routeCase(random),
        differ: ({ rules, calls }, answers: RouteAnswer[]) => {
          const router = new Router(
            rules.map((info, label) => ({ label, info })),
            server,
          );
          const differing = calls.flatMap((call, at) => {
            const answer = given(answers[at]);
            return differs(rules, router, call, answer, server, seen) ?? [];
          });
          return (
            differing[0] && { rules: rules.map((info) => toJson(SIPDispatchRuleInfoSchema, info)), differing }
          );
        },
      });
      expect(differences).toEqual([]);
    });

    test("the cases reach every outcome and every loss", () => {
      const rare = Math.floor(casesFor(share) / 2000);
      const codes = [...OUTCOMES, ...LOSSES].filter(
        (code) =>
          (supports(server, "numbers") || code !== "called-number") &&
          (!supports(server, "hiddenEmptyCaller") || code !== "crash"),
      );
      expect(codes.filter((code) => (seen.get(code) ?? 0) < rare)).toEqual([]);
    });
  });
}

const OUTCOMES = ["winner", "no-match", "conflict", "itself", "no-kind", "asks-for-pin", "crash", "random"];
const LOSSES: Loss["code"][] = [
  "other-trunk",
  "calling-number",
  "called-number",
  "pin-unknown",
  "open",
  "wrong-pin",
  "no-trunk",
  "wildcard",
  "priority",
  "room-order",
  "id-order",
];

function routeCase(random: Random): { rules: SIPDispatchRuleInfo[]; calls: Call[]; toJSON(): object } {
  const rules = ruleSet(random, 7);
  const calls = Array.from({ length: CALLS }, () => callFor(random, rules));
  return {
    rules,
    calls,
    toJSON: () => ({ route: { rules: rules.map(ruleJson), calls: calls.map(goCall) } }),
  };
}

function ruleJson(info: SIPDispatchRuleInfo): unknown {
  return toJson(SIPDispatchRuleInfoSchema, info);
}

function goCall(call: Call): object {
  return { to: call.calledNumber, from: call.callingNumber, trunk: call.trunk, pin: call.pin };
}

/** Compares one call, and counts what it came to. */
function differs(
  rules: readonly SIPDispatchRuleInfo[],
  router: Router<number>,
  call: Call,
  theirs: RouteAnswer,
  server: Server,
  seen: Map<string, number>,
): Difference {
  const count = (what: string): void => void seen.set(what, (seen.get(what) ?? 0) + 1);
  const ours = router.take(call);
  const losers = router.losers(call);
  const difference = { call, ours, losers, theirs };
  if (ours.outcome === "refused") {
    count(ours.refusal.code);
    if (ours.refusal.code === "conflict" && ours.refusal.itself) count("itself");
    return sameRefusal(ours.refusal, theirs.refused) && losers.length === 0 ? undefined : difference;
  }
  count(ours.outcome);
  if (theirs.refused) return difference;
  const winner = ours.outcome === "winner" ? ours.winner.rule : -1;
  if (winner !== theirs.winner || losers.length !== rules.length - (winner < 0 ? 0 : 1)) return difference;
  if (ours.outcome === "winner") {
    const { asksForPin, room, noRoom } = ours.winner;
    if (asksForPin) count("asks-for-pin");
    if (room?.random) count("random");
    if (noRoom) count(noRoom);
    if (asksForPin !== (theirs.asksForPin ?? false) && !theirs.panic) return difference;
    if ((noRoom === "crash") !== (theirs.panic !== undefined)) return difference;
    if ((noRoom === "broken-character") !== (theirs.unsent ?? false)) return difference;
    if (room && (room.name !== (theirs.room ?? "") || room.random !== (theirs.random ?? false)))
      return difference;
  }
  for (const { rule, loss } of losers) {
    count(loss.code);
    if (loss.code !== expectedLoss(rules, rule, theirs, loss)) return difference;
  }
  // Without `numbers` no rule is fined for having none.
  const fine = supports(server, "numbers") ? 0 : 1000;
  const same = rules.every((info, label) => {
    const rule = storedRule({ label, info }, server);
    return priorityOf(rule) - (rule.kind ? fine : 0) === theirs.priorities?.[label];
  });
  return same ? undefined : difference;
}

/**
 * Alone, a rule that missed the call doesn't take it; one that was beaten does, and Go's numbers say by what.
 */
function expectedLoss(
  rules: readonly SIPDispatchRuleInfo[],
  rule: number,
  theirs: RouteAnswer,
  ours: Loss,
): Loss["code"] | "not a miss" {
  const beaten = ["wildcard", "priority", "room-order", "id-order", "undecided"].includes(ours.code);
  if (!theirs.alone?.[rule]) return beaten ? "not a miss" : ours.code;
  const [own, best] = [rules[rule], rules[theirs.winner]];
  if (own?.trunkIds.length === 0 && best?.trunkIds.length !== 0) return "wildcard";
  if (theirs.priorities?.[rule] !== theirs.priorities?.[theirs.winner]) return "priority";
  return own && best && roomOf(own) !== roomOf(best) ? "room-order" : "id-order";
}

function roomOf(info: SIPDispatchRuleInfo): string {
  const rule = info.rule?.rule;
  return rule?.case === "dispatchRuleDirect" ? rule.value.roomName : (rule?.value?.roomPrefix ?? "");
}
