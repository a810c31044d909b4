import type { Call } from "./call.ts";
import type { Loser, Outcome, Router } from "./match.ts";
import type { Server } from "../rule/server.ts";
import { matchTrunk, type TrunkMatch } from "./match-trunk.ts";
import type { Trunk } from "./trunks.ts";
import type { WrittenRule } from "./written-rules.ts";

/** The rules, trunks and server that calls are routed with. */
export interface Setup {
  router: Router<WrittenRule>;
  server: Server;
  /** The trunks there are; undefined: not known. */
  trunks: readonly Trunk[] | undefined;
}

/** The route of a call. */
export interface Route {
  /** The call, with the trunk that it matched. */
  call: Call;
  /** How the known trunks matched it; undefined when none are known or the call names its trunk. */
  trunkMatch: TrunkMatch | undefined;
  /** `several-trunks`: the server finds no single trunk for the call and fails it before it looks at rules. */
  outcome: Outcome<WrittenRule> | { outcome: "several-trunks" };
  /** True if a PIN is given that nobody asks this caller for: without one, the call goes elsewhere or nowhere. */
  neverAsked: boolean;
}

/** Routes a call. One that names no trunk comes over the known trunk that matches it. */
export function routeCall({ router, server, trunks }: Setup, asked: Call): Route {
  const trunkMatch = asked.trunk || !trunks ? undefined : matchTrunk(trunks, asked, server);
  if (trunkMatch?.kind === "several") {
    return { call: asked, trunkMatch, outcome: { outcome: "several-trunks" }, neverAsked: false };
  }
  const call = trunkMatch && trunkMatch.kind !== "none" ? { ...asked, trunk: trunkMatch.trunk.id } : asked;
  return { call, trunkMatch, outcome: router.take(call), neverAsked: !asksFirst(router, call) };
}

/** Returns why each rule but the winner doesn't take the call, those first that came nearest to it. */
export function losersOf({ router }: Setup, route: Route): Loser<WrittenRule>[] {
  if (route.outcome.outcome === "several-trunks") return [];
  return router.losers(route.call).toSorted((a, b) => nearness(b) - nearness(a));
}

/** A rule that could take the call came nearer than one that can't; of those, one that passed more checks. */
const CHECKS = [
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
  "undecided",
];

function nearness({ loss }: Loser<WrittenRule>): number {
  return CHECKS.indexOf(loss.code);
}

/** A PIN comes from a caller who was asked, because a rule with a PIN was the first to take the call. */
function asksFirst(router: Router<WrittenRule>, call: Call): boolean {
  if (call.pin === undefined) return true;
  const first = router.take({ ...call, pin: undefined });
  return first.outcome !== "no-match" && (first.outcome === "refused" || first.winner.asksForPin);
}
