import { create, equals, fromJson, type JsonValue } from "@bufbuild/protobuf";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { cases } from "../cases.ts";
import {
  CreateSIPDispatchRuleRequestSchema,
  SIPDispatchRuleInfoSchema,
} from "../../src/gen/livekit/livekit_sip_pb.ts";
import { unwrap, wrap } from "../../src/rule/wrap.ts";
import { flatRequest, wrapByHand } from "../plan/generate.ts";

const request = (json: unknown) => fromJson(CreateSIPDispatchRuleRequestSchema, json as JsonValue);
const info = (json: unknown) => fromJson(SIPDispatchRuleInfoSchema, json as JsonValue);
const RUNS = cases(250);

describe("wrap and unwrap", () => {
  it("wrap says what a wrap by hand says", () => {
    fc.assert(
      fc.property(flatRequest, (flat) => {
        const byHand = info(wrapByHand(flat)["dispatch_rule"]);
        expect(equals(SIPDispatchRuleInfoSchema, wrap(request(flat), "numbers"), byHand)).toBe(true);
      }),
      RUNS,
    );
  });

  it("law 3: unwrapping what was wrapped gives the first message back, whatever its numbers became", () => {
    fc.assert(
      fc.property(
        flatRequest,
        fc.constantFrom("numbers" as const, "inbound_numbers" as const),
        (flat, filter) => {
          const back = unwrap(wrap(request(flat), filter));
          expect("flat" in back && equals(CreateSIPDispatchRuleRequestSchema, back.flat, request(flat))).toBe(
            true,
          );
        },
      ),
      RUNS,
    );
  });

  it("keeps the numbers calling numbers when asked to, as livekit-server does", () => {
    const wrapped = wrap(request({ inbound_numbers: ["+15550100"] }), "inbound_numbers");
    expect([wrapped.inboundNumbers, wrapped.numbers]).toEqual([["+15550100"], []]);
  });

  it.each([
    [{ krisp_enabled: true }, ["krisp_enabled"]],
    [{ media: {} }, ["media"]],
    [{ media_encryption: "SIP_MEDIA_ENCRYPT_ALLOW" }, ["media_encryption"]],
    [{ sip_dispatch_rule_id: "SDR_a" }, ["sip_dispatch_rule_id"]],
    [
      { created_at: "2026-01-01T00:00:00Z", updated_at: "2026-01-01T00:00:00Z" },
      ["created_at", "updated_at"],
    ],
    [{ numbers: ["+15550100"], inbound_numbers: ["+15550177"] }, ["inbound_numbers", "numbers"]],
    [
      { numbers: ["+15550100"], inbound_numbers: ["+15550177"], krisp_enabled: true },
      ["inbound_numbers", "krisp_enabled", "numbers"],
    ],
  ])("refuses what the flat form can't carry: %j", (json, fields) => {
    const result = unwrap(info(json));
    expect("cannotCarry" in result && result.cannotCarry.toSorted()).toEqual(fields);
  });

  it("takes either number filter alone", () => {
    for (const filter of ["numbers", "inbound_numbers"]) {
      const result = unwrap(info({ [filter]: ["+15550100"] }));
      expect("flat" in result && result.flat).toEqual(
        create(CreateSIPDispatchRuleRequestSchema, { inboundNumbers: ["+15550100"] }),
      );
    }
  });
});
