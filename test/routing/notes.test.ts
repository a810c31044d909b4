import { expect, test } from "vitest";
import { notesOnRoute, notesOnRules } from "../../src/routing/notes.ts";
import { routeCall } from "../../src/routing/route.ts";
import { NEW, OLD } from "./calls-and-rules.ts";
import { info, setupOf, trunk, written } from "./rules.ts";

const NOTHING = { rules: [], trunks: undefined, server: NEW, unusable: 0, unchecked: 0 };
const CALL = { calledNumber: "+15550100", callingNumber: "+15550177" };

test("there is nothing to say about a named server and rules in order", async () => {
  const rules = await written(info("a", { numbers: ["+15550100"] }));
  expect(notesOnRules({ ...NOTHING, rules })).toEqual([]);
});

test("the server is said when none is named, and what is not known of Cloud", () => {
  expect(notesOnRules({ ...NOTHING, server: undefined })).toEqual([
    "This is how the newest livekit-server, 1.13.11, routes; --server names another version, or cloud.",
  ]);
  expect(notesOnRules({ ...NOTHING, server: { cloud: true } })[0]).toMatch(/not public.*make a test call/);
});

test("flat inbound_numbers are a caller filter, whatever was documented", async () => {
  const rule = { dispatchRuleDirect: { roomName: "a" } };
  const rules = await written({ rule, inbound_numbers: ["+15550100"] }, { rule });
  expect(notesOnRules({ ...NOTHING, rules })).toEqual([
    "The inbound_numbers of flat requests (here 1 rule) are compared with the calling number, as livekit-server does, not with the called number, as was documented.",
  ]);
});

test("an old server ignores numbers", async () => {
  const rules = await written(info("a", { numbers: ["1"] }), info("b", { numbers: ["2"] }));
  expect(notesOnRules({ ...NOTHING, server: OLD, rules })).toEqual([
    "livekit-server ignores numbers before 1.9.11, so 2 rules took part without that filter.",
  ]);
});

test("what is left out is counted", () => {
  const notes = notesOnRules({ ...NOTHING, unusable: 2, unchecked: 3 });
  expect(notes[0]).toMatch(/^2 rules or files could not be used/);
  expect(notes[1]).toMatch(/^3 of 0 rules were not checked for conflicts/);
});

test("a call without a trunk is pointed out where a rule is bound to one and none are known", async () => {
  const [bound, free] = [await written(info("a", { trunkIds: ["ST_a"] })), await written(info("a"))];
  const counts = [
    notesOnRoute(routeCall(setupOf(bound), CALL), bound),
    notesOnRoute(routeCall(setupOf(bound, [trunk("ST_a")]), CALL), bound),
    notesOnRoute(routeCall(setupOf(free), CALL), free),
  ].map(({ length }) => length);
  expect(counts).toEqual([1, 0, 0]);
});
