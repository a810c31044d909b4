import type { Call } from "../routing/call.ts";
import type { ServerRefusal } from "../routing/conflicts.ts";
import type { Loss } from "../routing/mismatch.ts";
import type { TrunkCall, TrunkMatch, TrunkRefusal } from "../routing/match-trunk.ts";
import type { Trunk } from "../routing/trunks.ts";
import type { Route } from "../routing/route.ts";
import type { RouteTest, TestFailure } from "../routing/run-tests.ts";
import type { WrittenRule } from "../routing/written-rules.ts";
import { priorityParts } from "../routing/priority.ts";
import { listInWords, quoted, shortened } from "../rule/list-words.ts";
import { roomText } from "../routing/room.ts";
import { REDACTED } from "./redact.ts";
import { conflictInWords, namedRefusal } from "./refusal-words.ts";

/** The rule's name, or else its id; of a long one the beginning. */
export function ruleTitle({ info }: WrittenRule): string {
  return shortened(info.name || info.sipDispatchRuleId || "(a rule without a name)");
}

/** Where a rule is written: `rules/support.json:1:1`. */
export function rulePlace({ path, line, column }: WrittenRule): string {
  return `${path}:${line}:${column}`;
}

/** Why a rule doesn't take the call, as one sentence about that rule. */
export function lossInWords(loss: Loss, call: Call): string {
  switch (loss.code) {
    case "other-trunk":
      return `It is bound to ${listInWords(loss.trunkIds)}, and the call came over ${call.trunk}.`;
    case "calling-number":
      if (loss.spelledOtherwise !== undefined) {
        return `It takes calls from ${loss.spelledOtherwise}, the calling number in another spelling; rules compare exactly.`;
      }
      if (loss.holdsCalledNumber) {
        return "Its filter on the calling number (inbound_numbers) lists the called number: a DID in the wrong filter, which belongs in numbers.";
      }
      return `It takes calls only from ${listInWords(loss.listed)}.`;
    case "called-number":
      if (loss.spelledOtherwise !== undefined) {
        return `It takes calls to ${loss.spelledOtherwise}, the called number in another spelling; rules compare exactly.`;
      }
      return `It takes calls only to ${listInWords(loss.listed)}.`;
    case "pin-unknown":
      return "It has a PIN, and the caller entered none.";
    case "open":
      return "It has no PIN, and a caller who enters one only gets a rule with that PIN.";
    case "wrong-pin":
      return "It has another PIN.";
    case "no-trunk":
      return `It is bound to ${listInWords(loss.trunkIds)}, and the call came over no trunk.`;
    case "wildcard":
      return "It could take the call, but it is bound to no trunk, and the winner is bound to this one.";
    case "priority":
      return `It could take the call, but the winner goes first: ${precedence(loss.winner, loss.own)}.`;
    case "room-order":
      return `It could take the call with the same priority, but the winner's room name or prefix, ${quoted(loss.winner)}, sorts before ${quoted(loss.own)}.`;
    case "id-order":
      return "It ties with the winner, whose id sorts first.";
    case "undecided":
      return "It ties with the winner. The server decides by their ids, which are random: either may win.";
  }
}

/** Why a rule of the first priority goes before one of the second, as the end of a sentence. */
function precedence(first: number, second: number): string {
  const [winner, own] = [priorityParts(first), priorityParts(second)];
  if (winner.filters !== own.filters) {
    const filters = ["none", "one of the two numbers", "both numbers"];
    return `it filters ${filters[winner.filters]}, and this one ${filters[own.filters]}`;
  }
  if (winner.hasPin !== own.hasPin) return "it has a PIN, and this one has none";
  return `it is ${RULE_KINDS[winner.kind]}, and this one ${RULE_KINDS[own.kind]}`;
}

const RULE_KINDS = { direct: "a direct rule", individual: "an individual rule", callee: "a callee rule" };

/** Why the server refuses to evaluate the rules, as one sentence without its full stop. */
export function refusalInWords(refusal: ServerRefusal<WrittenRule>, redact: boolean): string {
  const named = (rule: WrittenRule): string => `${quoted(ruleTitle(rule))} (${rulePlace(rule)})`;
  return conflictInWords(namedRefusal(refusal, named), redact, "refuses");
}

/** `a call to +15550100 from +15550177 over ST_a, after the PIN 1234`. */
function callInWords({ calledNumber, callingNumber, trunk, pin }: Call, redact: boolean): string {
  const entered = redact ? REDACTED : pin;
  const after = pin === undefined ? "" : pin === "" ? ", after no PIN was entered" : `, after PIN ${entered}`;
  return `a call to ${calledNumber} from ${callerInWords(callingNumber)}${trunk ? ` over ${trunk}` : ""}${after}`;
}

/** The calling number, or that there is none. */
export function callerInWords(callingNumber: string): string {
  return callingNumber === "" ? "a caller without a number" : callingNumber;
}

/** Why a test failed, in sentences. */
export function failureInWords(
  { expect }: RouteTest,
  failure: TestFailure,
  route: Route,
  redact: boolean,
): string {
  const wanted =
    expect === "no match"
      ? "no match"
      : expect.rule !== undefined && failure.code !== "other-room"
        ? `rule ${quoted(expect.rule)}`
        : `room ${quoted(expect.room ?? "")}`;
  const failed = `Expected ${wanted}, but for ${callInWords(route.call, redact)} ${gotInWords(route, redact)}.`;
  switch (failure.code) {
    case "unknown-rule": {
      const hint = failure.near === undefined ? "." : `; did you mean ${quoted(failure.near)}?`;
      return `${failed} No rule has that name or id${hint}`;
    }
    case "lost":
      return failure.loss
        ? `${failed} The expected rule lost: ${lossInWords(failure.loss, route.call)}`
        : failed;
    case "matched":
    case "other-room":
      return failed;
  }
}

/** Returns what became of the call, as the end of a sentence. */
function gotInWords({ outcome, trunkMatch }: Route, redact: boolean): string {
  switch (outcome.outcome) {
    case "winner": {
      const { rule, room } = outcome.winner;
      const where = room ? `room ${quoted(roomText(room))}` : "no room: the server fails";
      return `the winner is ${quoted(ruleTitle(rule))} (${rulePlace(rule)}), ${where}`;
    }
    case "no-match":
      return "there is no match";
    case "refused":
      return `there is no answer: ${refusalInWords(outcome.refusal, redact)}`;
    case "several-trunks":
      return `there is no answer: ${trunksInConflict(trunkMatch)}`;
  }
}

/** Why a trunk does not take a call, as a sentence without its full stop. */
export function trunkRefusalInWords(
  refusal: TrunkRefusal,
  { calledNumber, callingNumber, sourceIp }: TrunkCall,
): string {
  const { trunk } = refusal;
  const takes = trunk.numbers.length === 0 ? "takes any number" : `has ${calledNumber}`;
  switch (refusal.by) {
    case "allowed_numbers":
      return `Trunk ${trunkInWords(trunk)} ${takes}, but its allowed_numbers lack ${callerInWords(callingNumber)}`;
    case "allowed_addresses":
      return `Trunk ${trunkInWords(trunk)} ${takes}, but its allowed_addresses lack ${sourceIp ?? "the source"}`;
    case "numbers":
      return `Trunk ${trunkInWords(trunk)} has ${refusal.number}, which is another number than ${calledNumber}`;
  }
}

/** `ST_a ("main")`. */
export function trunkInWords({ id, name }: Trunk): string {
  return name === "" ? id : `${id} (${quoted(name)})`;
}

/** Which trunks the server can't decide between, as the end of a sentence. Empty when it can. */
export function trunksInConflict(match: TrunkMatch | undefined): string {
  if (match?.kind !== "several") return "";
  const names = listInWords(match.trunks.map(trunkInWords));
  if (match.trunks.length === 1)
    return `${names} lists the called number twice, and the server fails the call`;
  const why = match.numberless
    ? "have no numbers and no other trunk has the called one"
    : "have the called number";
  return `${names} ${why}, and the server fails the call`;
}
