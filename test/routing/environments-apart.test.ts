import { create, type MessageInitShape } from "@bufbuild/protobuf";
import { describe, expect, it } from "vitest";
import { SIPDispatchRuleInfoSchema } from "../../src/gen/livekit/livekit_sip_pb.ts";
import { compareCalls } from "../../src/routing/call-flows.ts";
import { NEW } from "./calls-and-rules.ts";

type Init = Exclude<MessageInitShape<typeof SIPDispatchRuleInfoSchema>, { $typeName: string }>;

function rule(roomName: string, more: Init = {}) {
  const kind = { case: "dispatchRuleDirect" as const, value: { roomName } };
  return create(SIPDispatchRuleInfoSchema, { rule: { rule: kind }, ...more });
}

describe("rules of two environments", () => {
  const numbers = ["+15550100"];
  const staging = { environment: "staging", before: rule("old"), after: rule("old") };
  const added = { before: undefined, after: rule("new", { numbers }) };
  const twin = { environment: "prod", before: undefined, after: rule("new", { numbers }) };

  it("take no calls from each other", () => {
    const { flows } = compareCalls([staging, { ...added, environment: "prod" }], NEW);
    expect(flows.map(({ before, after }) => [before, after])).toEqual([
      [{ kind: "no-rule" }, { kind: "taken", rule: 1, asked: false }],
    ]);
    const together = compareCalls([staging, { ...added, environment: "staging" }], NEW);
    expect(together.flows.map(({ before }) => before)).toEqual([{ kind: "taken", rule: 0, asked: false }]);
  });

  it("are in no conflict, and those of one are", () => {
    const other = { ...twin, after: rule("other", { numbers }) };
    const refused = (environment: string): unknown[] =>
      compareCalls([staging, twin, { ...other, environment }], NEW).newRefusals.map((one) =>
        "other" in one ? [one.rule, one.other] : one.rule,
      );
    expect([refused("staging"), refused("prod")]).toEqual([[], [[2, 1]]]);
  });
});
