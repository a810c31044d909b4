import { afterAll, expect, test } from "vitest";
import { claimsOn, describePeer, given, PROTOCOLS, type Protocol } from "./peer.ts";

/** How LiveKit's code reads a create request, without unknown fields, as `lk` does. */
interface FormClaim {
  claim: string;
  request: object;
  /** What its answer holds: the rule in proto names, or a part of an error. */
  stored?: object;
  fails?: string;
  protocols?: readonly Protocol[];
}

const RULE = { dispatch_rule_direct: { room_name: "a" } };
const OTHER = { dispatch_rule_direct: { room_name: "b" } };

const FORM_CLAIMS: FormClaim[] = [
  {
    claim: "flat inbound_numbers are stored as inbound_numbers",
    request: { rule: RULE, inbound_numbers: ["+15550100"] },
    stored: { rule: RULE, inbound_numbers: ["+15550100"] },
  },
  {
    claim: "of both forms the wrapper alone counts",
    request: { rule: RULE, name: "flat", dispatch_rule: { rule: OTHER } },
    stored: { rule: OTHER },
  },
  {
    claim: "a wrapper that is null leaves a flat request",
    request: { rule: RULE, dispatch_rule: null },
    stored: { rule: RULE },
  },
  {
    claim: "an empty wrapper misses its rule",
    request: { rule: RULE, dispatch_rule: {} },
    fails: "missing rule",
  },
  { claim: "a request without a rule is refused", request: { trunk_ids: ["ST_a"] }, fails: "missing rule" },
  {
    claim: "a rule that says no kind passes at first",
    request: { dispatch_rule: { rule: {} } },
    stored: { rule: {} },
  },
  {
    claim: "an id must not be set",
    request: { dispatch_rule: { rule: RULE, sip_dispatch_rule_id: "SDR_a" } },
    fails: "rule id must not be set",
  },
  {
    claim: "both spellings are taken",
    request: { dispatchRule: { rule: { dispatchRuleDirect: { room_name: "a" } }, trunk_ids: ["ST_a"] } },
    stored: { rule: RULE, trunk_ids: ["ST_a"] },
  },
  {
    claim: "both spellings of one field are refused",
    request: { rule: RULE, trunk_ids: [], trunkIds: [] },
    fails: "duplicate field",
  },
  { claim: "an unknown field is refused", request: { rule: RULE, _comment: "why" }, fails: "unknown field" },
  {
    claim: "an unknown field is refused at depth",
    request: { rule: { dispatch_rule_direct: { _comment: "why" } } },
    fails: "unknown field",
  },
  {
    claim: "numbers beside the flat fields are refused",
    request: { rule: RULE, numbers: ["+15550100"] },
    fails: "unknown field",
  },
  {
    claim: "a null beside a kind leaves the kind",
    request: { rule: { ...RULE, dispatch_rule_individual: null } },
    stored: { rule: RULE },
  },
  {
    claim: "two kinds are refused",
    request: { rule: { ...RULE, dispatch_rule_individual: {} } },
    fails: "oneof",
  },
  {
    claim: "before v1.44.0 numbers are an unknown field",
    request: { dispatch_rule: { rule: RULE, numbers: ["+15550100"] } },
    fails: "unknown field",
    protocols: ["v1.43.0"],
  },
];

for (const protocol of PROTOCOLS) {
  describePeer("reading requests", protocol, (peer) => {
    afterAll(() => peer.stop());

    test.for(claimsOn(protocol, FORM_CLAIMS))("$claim", async ({ request, stored, fails }) => {
      const [theirs] = await peer.ask<{ refused?: string; invalid?: string; info?: object }>([
        { request: JSON.stringify(request) },
      ]);
      const { refused, invalid, info } = given(theirs);
      const error = refused ?? invalid;
      expect({
        stored: error ? undefined : info,
        fails: fails && error?.includes(fails) ? fails : error,
      }).toEqual({ stored, fails });
    });
  });
}
