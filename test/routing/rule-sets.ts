import { fromJson, type JsonValue } from "@bufbuild/protobuf";
import fc from "fast-check";
import { type SIPDispatchRuleInfo, SIPDispatchRuleInfoSchema } from "../../src/gen/livekit/livekit_sip_pb.ts";
import type { Box } from "../../src/routing/call-boxes.ts";
import type { CallDifference, CallOutcome, RuleChange } from "../../src/routing/call-flows.ts";
import { holds } from "../../src/routing/selection.ts";
import { allRefusals } from "../../src/routing/conflicts.ts";
import { storedRule } from "../../src/routing/stored-rule.ts";
import { NEW } from "./calls-and-rules.ts";

const NUMBERS = ["+15550100", "+15550101", "+15550102"];
const some = (values: string[]) => fc.uniqueArray(fc.constantFrom(...values), { maxLength: 2 });
const pin = fc.constantFrom("", "", "1", "2");
const room = fc.constantFrom("a", "b");
const kind = fc.oneof(
  fc.record({ dispatch_rule_direct: fc.record({ room_name: room, pin }) }),
  fc.record({ dispatch_rule_individual: fc.record({ room_prefix: room, pin }) }),
);
/** A rule over few numbers and trunks, so that rules meet. */
export const rule: fc.Arbitrary<SIPDispatchRuleInfo> = fc
  .record({
    rule: kind,
    trunk_ids: some(["ST_a", "ST_b"]),
    numbers: some(NUMBERS),
    inbound_numbers: some(NUMBERS),
    room_config: fc.constantFrom({}, { agents: [{ agent_name: "x" }] }),
  })
  .map((json) => fromJson(SIPDispatchRuleInfoSchema, json as JsonValue));

/** A rule that stays, is new, gone or another, or whose numbers go into the other filter. */
export const change: fc.Arbitrary<RuleChange> = fc.oneof(
  fc.record({ before: fc.option(rule, { nil: undefined }), after: fc.option(rule, { nil: undefined }) }),
  rule.map((same) => ({ before: same, after: same })),
  rule.map((info) => {
    const numbers = [...new Set([...info.numbers, ...info.inboundNumbers])];
    return {
      before: { ...info, inboundNumbers: numbers, numbers: [] },
      after: { ...info, numbers, inboundNumbers: [] },
    };
  }),
);

/** Two sets of rules, of which a server would hold the first. */
export const changes: fc.Arbitrary<RuleChange[]> = fc.array(change, { maxLength: 4 }).filter((all) => {
  const stored = all.flatMap(({ before }, label) =>
    before ? [storedRule({ label, info: before }, NEW)] : [],
  );
  return allRefusals(stored).refusals.length === 0;
});

/** A call; `pin` is what the caller enters when asked. */
export interface Called {
  to: string;
  from: string;
  trunk: string;
  pin: string;
}

/** Every call that the rules could tell apart, with values that none of them lists. */
export const CALLS: readonly Called[] = [...NUMBERS, "+15550199"].flatMap((to) =>
  [...NUMBERS, "+15550198"].flatMap((from) =>
    ["ST_a", "ST_b", "ST_z", ""].flatMap((trunk) =>
      ["1", "2", "9"].map((entered) => ({ to, from, trunk, pin: entered })),
    ),
  ),
);

/** The rules of a set that a server holds, by their places in the changes. Rules that stay are created first. */
export function heldIn(
  all: readonly RuleChange[],
  when: "before" | "after",
): { label: number; info: SIPDispatchRuleInfo }[] {
  const rules = all.flatMap((one, label) => {
    const info = one[when];
    return info ? [{ label, info, stays: when === "before" || takes(one.before) === takes(one.after) }] : [];
  });
  const created = [...rules.filter(({ stays }) => stays), ...rules.filter(({ stays }) => !stays)];
  const refused = allRefusals(created.map((one) => storedRule(one, NEW))).refusals.map((one) => one.rule);
  return rules.filter(({ label }) => !refused.includes(label));
}

function takes(info: SIPDispatchRuleInfo | undefined): string {
  if (!info) return "";
  const lists = [info.numbers, info.inboundNumbers, info.trunkIds].map((list) => list.toSorted());
  return JSON.stringify([lists, info.rule?.rule.value?.pin]);
}

/** Where the report says that a call goes before and after, each time it says so. */
export function said({ flows }: CallDifference, call: Called): [string, string][] {
  return flows
    .filter(({ boxes }) => boxes.some((box) => isIn(box, call)))
    .map((flow) => [nameOf(flow.before), nameOf(flow.after)]);
}

/** Whether a call is one of those of a box. */
export function isIn({ called, calling, trunk, pin: entered }: Box, call: Called): boolean {
  return (
    holds(called, call.to) &&
    holds(calling, call.from) &&
    holds(trunk, call.trunk) &&
    holds(entered, call.pin)
  );
}

function nameOf(outcome: CallOutcome): string {
  return outcome.kind === "taken" ? `${outcome.rule}${outcome.asked ? " asks" : ""}` : "nowhere";
}

/** What a rule does with a call, spelled out. `end` is as `said` has it. */
export function treated(all: readonly RuleChange[], when: "before" | "after", end: string): string {
  const info = all[Number.parseInt(end, 10)]?.[when];
  const agents = (info?.roomConfig?.agents ?? []).map(({ agentName }) => agentName).toSorted();
  return info
    ? JSON.stringify([info.rule?.rule.case, { ...info.rule?.rule.value, pin: "" }, agents, / asks/.test(end)])
    : "nowhere";
}
