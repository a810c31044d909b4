import { listInWords } from "../rule/list-words.ts";
import { commandWord } from "../rule/command-words.ts";
import { matchTrunk } from "../routing/match-trunk.ts";
import type { Setup } from "../routing/route.ts";
import { trunkInWords, trunkRefusalInWords, trunksInConflict } from "../routing/trunk-words.ts";
import type { Trunk } from "../routing/trunks.ts";
import { asCall, type CauseId, type LoggedCall } from "./call.ts";
import type { Hide } from "./cause.ts";
import type { Addition } from "./known-rules.ts";

/**
 * Why the call matched no single trunk, by the trunks that are known. Without them it is only said of a call that a rule
 * without trunks took. Undefined: there is nothing to say.
 */
export function sayWithTrunks(
  call: LoggedCall,
  cause: CauseId,
  { trunks, server }: Setup,
  hide: Hide,
): Addition | undefined {
  const isTakenWithout = call.ruleId !== "" && call.trunkId === "";
  if (cause === "trunk-conflict") return trunks && sayConflict(call, trunks, server, hide);
  if (cause !== "no-rule-no-trunk" && !isTakenWithout) return undefined;
  const taken = isTakenWithout ? "No trunk matched it: the rule has none, and takes such calls, too. " : "";
  if (!trunks) return taken === "" ? undefined : { explanation: taken.trimEnd() };
  const match = matchTrunk(trunks, asCall(call), server);
  if (match.kind !== "none") {
    const names = listInWords(trunksOf(match).map((trunk) => `trunk ${trunkInWords(trunk, hide)}`));
    return {
      explanation: `${taken}Of the trunks that were given, ${names} would match it: they are not those of that time.`,
      next: "Give it the trunks as they were then, or make the call again.",
    };
  }
  const refusing = match.refusing.filter(({ by }) => by !== "numbers");
  const why = refusing
    .slice(0, MOST_REFUSING)
    .map((refusal) => `${trunkRefusalInWords(refusal, asCall(call), hide)}.`);
  const [only, ...others] = refusing;
  if (why.length === 0) {
    return {
      explanation: `${taken}${trunks.length === 0 ? "There is no inbound trunk at all" : `None of the trunks that were given (${trunks.length}) has the number ${hide(call.to)}`}.`,
      next: `Give ${hide(call.to)} to a trunk, or have the provider send the number that a trunk has.`,
    };
  }
  return {
    explanation: `${taken}${why.join(" ")}`,
    next: `If the caller is to come over that trunk: add what is missing to its list, with the whole trunk in a file: \`lk sip inbound update --id ${only && others.length === 0 ? commandWord(only.trunk.id) : "ST_…"} trunk.json\`.`,
  };
}

/** So many of the trunks that refuse a call are named. */
const MOST_REFUSING = 3;

function sayConflict(
  call: LoggedCall,
  trunks: readonly Trunk[],
  server: Setup["server"],
  hide: Hide,
): Addition {
  const match = matchTrunk(trunks, asCall(call), server);
  if (match.kind !== "several") {
    return {
      explanation: "Of the trunks that were given at most one matches: they are not those of that time.",
    };
  }
  const [, ...others] = match.trunks.map(({ id }) => commandWord(id));
  return {
    explanation: `${trunksInConflict(match, hide)}.`,
    next:
      others.length === 0
        ? "List it once."
        : `Keep one of them: take the number off the other, or delete it: \`lk sip inbound delete ${others.join(" ")}\`.`,
  };
}

function trunksOf(match: ReturnType<typeof matchTrunk>): Trunk[] {
  return match.kind === "several" ? match.trunks : match.kind === "none" ? [] : [match.trunk];
}
