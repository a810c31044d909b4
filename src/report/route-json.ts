import { jsonText } from "./style.ts";
import type { Call } from "../routing/call.ts";
import type { Loser } from "../routing/match.ts";
import { roomText } from "../routing/room.ts";
import type { Route } from "../routing/route.ts";
import type { TestRun } from "../routing/run-tests.ts";
import type { WrittenRule } from "../routing/written-rules.ts";
import { REDACTED } from "./redact.ts";
import { failureInWords, refusalInWords } from "./route-words.ts";
import { lossInWords } from "../routing/loss-words.ts";
import { trunkRefusalInWords, trunksInConflict } from "../routing/trunk-words.ts";

/**
 * Returns what becomes of a call, for programs. Its shape is described in docs/route.md; `version` changes when that
 * does.
 */
export function routeJson(
  route: Route,
  losers: readonly Loser<WrittenRule>[],
  notes: readonly string[],
  { redact }: { redact: boolean },
): string {
  const lost = losers.map(({ rule, loss }) => ({
    ...ruleJson(rule),
    reason: loss.code,
    message: lossInWords(loss, route.call),
  }));
  return jsonText({
    version: 1,
    call: callJson(route.call, redact),
    trunkMatch: route.trunkMatch?.kind ?? null,
    refusingTrunks: refusingTrunks(route),
    ...outcomeJson(route),
    losers: lost,
    notes,
  });
}

/** Returns what came of routing tests, for programs. */
export function testsJson(
  path: string,
  { results, unreached }: TestRun,
  notes: readonly string[],
  { redact }: { redact: boolean },
): string {
  const failed = results.filter(({ failure }) => failure).length;
  const tests = results.map(({ test, route, failure }) => ({
    name: test.name,
    path,
    line: test.line,
    column: test.column,
    passed: failure === undefined,
    ...(failure && { reason: failure.code, message: failureInWords(test, failure, route, redact) }),
    call: callJson(route.call, redact),
    ...outcomeJson(route),
  }));
  const totals = { tests: results.length, passed: results.length - failed, failed };
  return jsonText({ version: 1, totals, tests, unreached: unreached.map(ruleJson), notes });
}

function refusingTrunks({ trunkMatch, call }: Route) {
  const refusing = trunkMatch?.kind === "none" ? trunkMatch.refusing : [];
  return refusing.map((refusal) => ({
    id: refusal.trunk.id,
    name: refusal.trunk.name,
    by: refusal.by,
    message: trunkRefusalInWords(refusal, call),
  }));
}

function outcomeJson({ outcome, trunkMatch }: Route) {
  const winner = outcome.outcome === "winner" ? outcome.winner : undefined;
  return {
    outcome: outcome.outcome,
    winner: winner
      ? {
          ...ruleJson(winner.rule),
          room: winner.room ? roomText(winner.room) : null,
          asksForPin: winner.asksForPin,
        }
      : null,
    ...(outcome.outcome === "refused" && {
      refused: { reason: outcome.refusal.code, message: refusalInWords(outcome.refusal) },
    }),
    ...(outcome.outcome === "several-trunks" && {
      refused: { reason: outcome.outcome, message: trunksInConflict(trunkMatch) },
    }),
  };
}

function callJson({ calledNumber, callingNumber, trunk, pin }: Call, redact: boolean) {
  return {
    to: calledNumber,
    from: callingNumber,
    trunk: trunk || null,
    pin: pin === undefined ? null : redact && pin !== "" ? REDACTED : pin,
  };
}

function ruleJson({ info, path, line, column, form }: WrittenRule) {
  return { name: info.name, id: info.sipDispatchRuleId, path, line, column, form };
}
