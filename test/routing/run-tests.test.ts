import { expect, test } from "vitest";
import { type Expectation, type RouteTest, runTests, type TestFailure } from "../../src/routing/run-tests.ts";
import { info, setupOf, trunk, written } from "./rules.ts";

const CALL = { calledNumber: "+15550100", callingNumber: "+15550177" };

function routeTest(expected: Expectation, call = CALL): RouteTest {
  return { name: "a", line: 1, column: 1, call, expect: expected };
}

/** How a test with this expectation fails, with the rules "support", which wins, and "sales", which loses. */
async function failure(expected: Expectation): Promise<TestFailure | undefined> {
  const rules = await written(info("support"), info("sales", { numbers: ["15550100"] }));
  return runTests([routeTest(expected)], rules, setupOf(rules)).results[0]?.failure;
}

test.each<Expectation>([
  { rule: "support", room: undefined },
  { rule: "SDR_support", room: undefined },
  { rule: undefined, room: "support" },
  { rule: "support", room: "support" },
])("%j passes", async (expected) => {
  expect(await failure(expected)).toBeUndefined();
});

test("the expected rule lost, and why", async () => {
  expect(await failure({ rule: "sales", room: undefined })).toEqual({
    code: "lost",
    loss: { code: "called-number", listed: ["15550100"], spelledOtherwise: "15550100" },
  });
});

test("no rule has the expected name, and one that is spelled nearly like it", async () => {
  expect(await failure({ rule: "suport", room: undefined })).toEqual({
    code: "unknown-rule",
    near: "support",
  });
  expect(await failure({ rule: "lobby", room: undefined })).toEqual({
    code: "unknown-rule",
    near: undefined,
  });
});

test("the right rule and another room", async () => {
  expect(await failure({ rule: "support", room: "sales" })).toEqual({ code: "other-room" });
});

test("a rule takes what none should", async () => {
  expect(await failure("no match")).toEqual({ code: "matched" });
});

test("no match is no match, not a call that the server fails", async () => {
  const [none, conflict] = [
    await written(info("a", { numbers: ["1"] })),
    await written(info("a"), info("b")),
  ];
  const failures = [setupOf(none), setupOf(conflict), setupOf(none, [trunk("ST_a"), trunk("ST_b")])].map(
    (setup) => runTests([routeTest("no match")], none, setup).results[0]?.failure?.code,
  );
  expect(failures).toEqual([undefined, "matched", "matched"]);
});

test("the rules that no test's call went to are named", async () => {
  const rules = await written(info("a"), info("b", { numbers: ["1"] }), info("c", { numbers: ["2"] }));
  const calls = [routeTest("no match"), routeTest("no match", { ...CALL, calledNumber: "2" })];
  const { unreached } = runTests(calls, rules, setupOf(rules));
  expect(unreached.map((rule) => rule.info.name)).toEqual(["b"]);
});
