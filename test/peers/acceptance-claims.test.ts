import { fromJson, type JsonObject } from "@bufbuild/protobuf";
import { afterAll, expect, test } from "vitest";
import { SIPDispatchRuleInfoSchema } from "../../src/gen/livekit/livekit_sip_pb.ts";
import { checkReplace } from "../../src/routing/acceptance.ts";
import { checkCreate } from "./creating.ts";
import { describePeer, given, serverOf } from "./peer.ts";

/** Held rules by name, and a rule that is created or replaces one of them. */
interface AcceptanceClaim {
  claim: string;
  held: Record<string, JsonObject>;
  rule: JsonObject;
  /** The flat request's; a wrapped request has none. */
  flatTrunkIds?: string[];
  /** The held rule that it replaces, where it is not created. */
  replaces?: string;
  /** Undefined: it is taken. Otherwise the rule in which the conflict "already exists". */
  refusedFor?: string;
}

const ON_A = { rule: { dispatchRuleDirect: { roomName: "a" } }, trunkIds: ["ST_a"] };
const ON_B = { rule: { dispatchRuleDirect: { roomName: "b" } }, trunkIds: ["ST_b"] };

const ACCEPTANCE_CLAIMS: AcceptanceClaim[] = [
  { claim: "the same rule again is refused", held: { a: ON_A }, rule: ON_A, refusedFor: "a" },
  {
    claim: "a flat rule is not compared with those of other trunks",
    held: { a: ON_A, again: ON_A },
    rule: ON_B,
    flatTrunkIds: ["ST_b"],
  },
  {
    claim: "a wrapped rule is refused for a conflict among old ones",
    held: { a: ON_A, again: ON_A },
    rule: ON_B,
    refusedFor: "a",
  },
  {
    claim: "flat trunk_ids beside the wrapper let a conflict in",
    held: { b: ON_B },
    rule: ON_B,
    flatTrunkIds: ["ST_a"],
  },
  {
    claim: "a conflict with any but the first old rule is blamed on the new one",
    held: { a: ON_A, b: ON_B },
    rule: ON_B,
    refusedFor: "<new>",
  },
  { claim: "a rule can replace itself", held: { a: ON_A, b: ON_B }, rule: ON_A, replaces: "a" },
  {
    claim: "a replacement is refused for a conflict",
    held: { a: ON_A, b: ON_B },
    rule: { ...ON_A, trunkIds: ["ST_a", "ST_b"] },
    replaces: "a",
    refusedFor: "a",
  },
  {
    claim: "a replacement that moves to other trunks is compared with nothing",
    held: { a: ON_A, b: ON_B },
    rule: ON_B,
    replaces: "a",
  },
];

describePeer("creating and replacing", "v1.54.0", (peer) => {
  const server = serverOf("v1.54.0");
  afterAll(() => peer.stop());

  test.for(ACCEPTANCE_CLAIMS)("$claim", async ({ held, rule, flatTrunkIds = [], replaces, refusedFor }) => {
    const names = Object.keys(held);
    const ids = names.map((_, at) => `SDR_${at}`);
    const infos = names.map((name, at) => ({ ...held[name], name, sipDispatchRuleId: ids[at] ?? "" }));
    const id = replaces === undefined ? "" : (ids[names.indexOf(replaces)] ?? "");
    const added = { ...rule, name: replaces ?? "", sipDispatchRuleId: id };
    const rules = [...infos, added];
    const [theirs] = await peer.ask<{ refused: { error: string } | null }>([
      replaces === undefined ? { create: { rules, flatTrunkIds } } : { replace: { rules } },
    ]);
    const named = /already exists in dispatch rule "(.*)" "(.*)"$/.exec(theirs?.refused?.error ?? "");
    expect(named?.[1] === "<new>" ? "<new>" : named?.[2]).toBe(refusedFor);

    const labelled = rules.map((info) => ({
      label: info.name,
      info: fromJson(SIPDispatchRuleInfoSchema, info),
    }));
    const last = given(labelled.pop());
    const report =
      replaces === undefined
        ? checkCreate(labelled, last, flatTrunkIds, server)
        : checkReplace(labelled, last, server);
    const [refusal] = report.refusals;
    const other = refusal?.code === "conflict" ? refusal.other : undefined;
    expect(other === "" ? "<new>" : other).toBe(refusedFor);
  });
});
