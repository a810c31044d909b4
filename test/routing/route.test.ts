import { expect, test } from "vitest";
import { losersOf, routeCall } from "../../src/routing/route.ts";
import { info, setupOf, trunk, written } from "./rules.ts";

const CALL = { calledNumber: "+15550100", callingNumber: "+15550177" };

test("the known trunk that has the called number is the call's", async () => {
  const rules = await written(info("a", { trunkIds: ["ST_a"] }));
  const setup = setupOf(rules, [trunk("ST_b"), trunk("ST_a", { numbers: ["15550100"] })]);
  expect(routeCall(setup, CALL)).toMatchObject({
    call: { trunk: "ST_a" },
    trunkMatch: { kind: "specific" },
    outcome: { outcome: "winner" },
  });
});

test("a trunk that the call names is taken, known or not", async () => {
  const setup = setupOf(await written(info("a", { trunkIds: ["ST_x"] })), [trunk("ST_a")]);
  const route = routeCall(setup, { ...CALL, trunk: "ST_x" });
  expect(route).toMatchObject({ trunkMatch: undefined, outcome: { outcome: "winner" } });
});

test("without a known trunk for it only rules without trunks can take the call", async () => {
  const rules = await written(info("bound", { trunkIds: ["ST_a"] }), info("free"));
  const setup = setupOf(rules, [trunk("ST_a", { numbers: ["+15550101"] })]);
  expect(routeCall(setup, CALL)).toMatchObject({
    trunkMatch: { kind: "none" },
    outcome: { winner: { rule: { info: { name: "free" } } } },
  });
});

test("a call that several trunks take fails before the rules are looked at", async () => {
  const setup = setupOf(await written(info("a")), [trunk("ST_a"), trunk("ST_b")]);
  const route = routeCall(setup, CALL);
  expect(route.outcome).toEqual({ outcome: "several-trunks" });
  expect(losersOf(setup, route)).toEqual([]);
});

test("the rules that came nearest to the call come first", async () => {
  const rules = await written(
    info("a other trunk", { trunkIds: ["ST_b"] }),
    info("b other number", { numbers: ["+15550101"] }),
    info("c less particular"),
    info("winner", { numbers: ["+15550100"] }),
  );
  const setup = setupOf(rules);
  const losers = losersOf(setup, routeCall(setup, { ...CALL, trunk: "ST_a" }));
  expect(losers.map(({ rule }) => rule.info.name)).toEqual([
    "c less particular",
    "b other number",
    "a other trunk",
  ]);
});

test("a PIN that nobody asks for is pointed out", async () => {
  const open = await written(info("open", { numbers: ["+15550100"] }), info("closed", {}, "4821"));
  const closed = await written(info("closed", {}, "4821"));
  const asked = [open, closed].map((rules) => routeCall(setupOf(rules), { ...CALL, pin: "4821" }).neverAsked);
  expect(asked).toEqual([true, false]);
  expect(routeCall(setupOf(open), CALL).neverAsked).toBe(false);
});
