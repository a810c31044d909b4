import type { Position } from "../sources/position.ts";
import type { Call } from "./call.ts";
import { nearest } from "../rule/suggestion.ts";
import type { Loss } from "./mismatch.ts";
import { roomText } from "./room.ts";
import { losersOf, type Route, routeCall, type Setup } from "./route.ts";
import type { WrittenRule } from "./written-rules.ts";

/** A call, and what has to become of it. */
export interface RouteTest extends Position {
  name: string;
  call: Call;
  expect: Expectation;
}

/** The rule is expected by its name or id; the room as `route` prints it. Both, where both are given. */
export type Expectation = "no match" | { rule: string | undefined; room: string | undefined };

/**
 * Why a test failed.
 * - `unknown-rule`: no rule has the expected name or id; `near` is one that is spelled nearly like it.
 * - `lost`: something else became of the call. `loss` is why the expected rule didn't take it, where one is
 *   expected and the server looks at rules at all.
 * - `other-room`: the room is another. `matched`: a rule takes the call, or the server fails it, where none should.
 */
export type TestFailure =
  | { code: "unknown-rule"; near: string | undefined }
  | { code: "lost"; loss: Loss | undefined }
  | { code: "other-room" | "matched" };

/** The result of a routing test. Without a failure it passed. */
export interface TestResult {
  test: RouteTest;
  route: Route;
  failure: TestFailure | undefined;
}

export interface TestRun {
  results: TestResult[];
  /** The rules that took none of the tests' calls. */
  unreached: WrittenRule[];
}

/** Routes every test's call and compares what becomes of it with what the test expects. */
export function runTests(tests: readonly RouteTest[], rules: readonly WrittenRule[], setup: Setup): TestRun {
  const reached = new Set<WrittenRule>();
  const results = tests.map((test): TestResult => {
    const route = routeCall(setup, test.call);
    if (route.outcome.outcome === "winner") reached.add(route.outcome.winner.rule);
    return { test, route, failure: failureOf(test, route, rules, setup) };
  });
  return { results, unreached: rules.filter((rule) => !reached.has(rule)) };
}

function failureOf(
  { expect }: RouteTest,
  route: Route,
  rules: readonly WrittenRule[],
  setup: Setup,
): TestFailure | undefined {
  const winner = route.outcome.outcome === "winner" ? route.outcome.winner : undefined;
  if (expect === "no match") return route.outcome.outcome === "no-match" ? undefined : { code: "matched" };
  const { rule, room } = expect;
  if (rule !== undefined && !(winner && isCalled(winner.rule, rule))) {
    return rules.some((candidate) => isCalled(candidate, rule))
      ? { code: "lost", loss: losersOf(setup, route).find((loser) => isCalled(loser.rule, rule))?.loss }
      : { code: "unknown-rule", near: nearest(rule, namesOf(rules)) };
  }
  if (room === undefined || (winner?.room && roomText(winner.room) === room)) return undefined;
  return { code: "other-room" };
}

function isCalled({ info }: WrittenRule, nameOrId: string): boolean {
  return info.name === nameOrId || info.sipDispatchRuleId === nameOrId;
}

function namesOf(rules: readonly WrittenRule[]): string[] {
  const names = rules.flatMap(({ info }) => [info.name, info.sipDispatchRuleId]);
  return [...new Set(names)].filter((name) => name !== "");
}
