import { lossInWords } from "../routing/loss-words.ts";
import { callerInWords, trunksInConflict } from "../routing/trunk-words.ts";
import type { ServerRefusal } from "../routing/conflicts.ts";
import type { Route } from "../routing/route.ts";
import type { RouteTest, TestFailure } from "../routing/run-tests.ts";
import type { WrittenRule } from "../routing/written-rules.ts";
import { quoted, shortened } from "../rule/list-words.ts";
import { roomText } from "../routing/room.ts";
import { REDACTED } from "./redact.ts";
import { conflictInWords, namedRefusal } from "./refusal-words.ts";

/** The rule's name, or else its id; of a long one the beginning. */
export function ruleTitle({ info }: WrittenRule): string {
  return shortened(info.name || info.sipDispatchRuleId || "(a rule without a name)");
}

/** Says where a rule is written: `rules/support.json:1:1`. */
export function rulePlace({ path, line, column }: WrittenRule): string {
  return `${path}:${line}:${column}`;
}

/** Says why the server refuses to evaluate the rules, as one sentence without its full stop. */
export function refusalInWords(refusal: ServerRefusal<WrittenRule>): string {
  const named = (rule: WrittenRule): string => `${quoted(ruleTitle(rule))} (${rulePlace(rule)})`;
  return conflictInWords(namedRefusal(refusal, named), "refuses");
}

/** `call to +15550100 from +15550177 over trunk ST_a, after PIN 1234`. */
export function callInWords({ call, outcome }: Route, redact: boolean): string {
  const { calledNumber, callingNumber, trunk, pin } = call;
  const over = outcome.outcome === "several-trunks" ? "" : trunk ? ` over trunk ${trunk}` : " over no trunk";
  const entered = redact ? REDACTED : pin;
  const after = pin === undefined ? "" : pin === "" ? ", after no PIN was entered" : `, after PIN ${entered}`;
  return `call to ${calledNumber} from ${callerInWords(callingNumber)}${over}${after}`;
}

/** Says why a test failed, in sentences. */
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
  const failed = `Expected ${wanted}, but for a ${callInWords(route, redact)}, ${gotInWords(route)}.`;
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
function gotInWords({ outcome, trunkMatch }: Route): string {
  switch (outcome.outcome) {
    case "winner": {
      const { rule, room } = outcome.winner;
      const where = room ? `room ${quoted(roomText(room))}` : "no room: the server fails";
      return `the winner is ${quoted(ruleTitle(rule))} (${rulePlace(rule)}), ${where}`;
    }
    case "no-match":
      return "there is no match";
    case "refused":
      return `there is no answer: ${refusalInWords(outcome.refusal)}`;
    case "several-trunks":
      return `there is no answer: ${trunksInConflict(trunkMatch)}`;
  }
}
