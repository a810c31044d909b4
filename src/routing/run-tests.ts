import { nearest } from "../rule/hint.ts";
import { roomText } from "../rule/room.ts";
import { losersOf, type Route, routeCall, type Setup } from "./route.ts";
import type { RouteTest } from "./tests-file.ts";
import { lossInWords, quoted, refusalInWords, rulePlace, ruleTitle, trunksInConflict } from "./words.ts";
import type { WrittenRule } from "./written-rules.ts";

/** What came of a test. `failure` is why it failed, in sentences; undefined: it passed. */
export interface TestResult {
  test: RouteTest;
  route: Route;
  failure: string | undefined;
}

export interface TestRun {
  results: TestResult[];
  /** The rules that took none of the tests' calls. */
  unreached: WrittenRule[];
}

/** Routes every test's call. `redact` keeps PINs out of the reasons. */
export function runTests(
  tests: readonly RouteTest[],
  rules: readonly WrittenRule[],
  setup: Setup,
  redact: boolean,
): TestRun {
  const reached = new Set<WrittenRule>();
  const results = tests.map((test): TestResult => {
    const route = routeCall(setup, test.call);
    if (route.outcome.outcome === "winner") reached.add(route.outcome.winner.rule);
    return { test, route, failure: failureOf(test, route, rules, setup, redact) };
  });
  return { results, unreached: rules.filter((rule) => !reached.has(rule)) };
}

function failureOf(
  { expect }: RouteTest,
  route: Route,
  rules: readonly WrittenRule[],
  setup: Setup,
  redact: boolean,
): string | undefined {
  const { outcome } = route;
  if (expect === "no match") {
    return outcome.outcome === "no-match" ? undefined : `Expected no match, but ${got(route, redact)}.`;
  }
  if (
    outcome.outcome !== "winner" ||
    (expect.rule !== undefined && !isCalled(outcome.winner.rule, expect.rule))
  ) {
    const wanted =
      expect.rule === undefined ? `room ${quoted(expect.room ?? "")}` : `rule ${quoted(expect.rule)}`;
    const why = expect.rule === undefined ? "" : ` ${whyNot(expect.rule, route, rules, setup)}`;
    return `Expected ${wanted}, but ${got(route, redact)}.${why}`.trimEnd();
  }
  const room = outcome.winner.room && roomText(outcome.winner.room);
  if (expect.room === undefined || expect.room === room) return undefined;
  return `Expected room ${quoted(expect.room)}, but ${got(route, redact)}.`;
}

function isCalled({ info }: WrittenRule, nameOrId: string): boolean {
  return info.name === nameOrId || info.sipDispatchRuleId === nameOrId;
}

/** Why the rule with that name or id lost; nothing where the rules were not looked at. */
function whyNot(nameOrId: string, route: Route, rules: readonly WrittenRule[], setup: Setup): string {
  if (!rules.some((rule) => isCalled(rule, nameOrId))) {
    const names = rules
      .flatMap(({ info }) => [info.name, info.sipDispatchRuleId])
      .filter((name) => name !== "");
    const near = nearest(nameOrId, [...new Set(names)]);
    return near === undefined
      ? "No rule has that name or id."
      : `No rule has that name or id; did you mean ${quoted(near)}?`;
  }
  const loser = losersOf(setup, route).find(({ rule }) => isCalled(rule, nameOrId));
  return loser ? `${quoted(nameOrId)} lost: ${lossInWords(loser.loss, route.call)}` : "";
}

/** What became of the call, as the end of a sentence. */
function got({ outcome, trunkMatch }: Route, redact: boolean): string {
  switch (outcome.outcome) {
    case "winner": {
      const { rule, room } = outcome.winner;
      const where = room ? `room ${quoted(roomText(room))}` : "no room: the server fails";
      return `${quoted(ruleTitle(rule))} (${rulePlace(rule)}) takes the call, into ${where}`;
    }
    case "no-match":
      return "no rule takes the call";
    case "refused":
      return `the server refuses these rules. ${refusalInWords(outcome.refusal, redact).replace(/\.$/, "")}`;
    case "several-trunks":
      return trunksInConflict(trunkMatch);
  }
}
