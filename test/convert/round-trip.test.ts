import fc from "fast-check";
import { cases } from "../cases.ts";
import { describe, expect, it } from "vitest";
import { convert, type Converted } from "../../src/index.ts";

const numbers = fc.uniqueArray(fc.constantFrom("+15550100", "+15550101"), { maxLength: 2 });
const rule = fc.record({
  name: fc.constantFrom("", "support"),
  trunk_ids: fc.constantFrom([], ["ST_a"]),
  numbers,
  inbound_numbers: numbers,
  rule: fc.constant({ dispatch_rule_direct: { room_name: "lobby" } }),
});

/** Undefined where the form can't carry it. */
function converted(text: string, to: "flat" | "wrapped"): Converted | undefined {
  const conversion = convert(text, to);
  return "refused" in conversion ? undefined : conversion;
}

describe("law: wrapped → flat → wrapped", () => {
  it("is the same rule again, or was warned about", () => {
    let warned = 0;
    fc.assert(
      fc.property(rule, (info) => {
        const wrapped = converted(JSON.stringify({ dispatch_rule: info }), "wrapped");
        const flat = converted(wrapped?.json ?? "", "flat");
        if (!flat) return; // both filters, which the flat form can't carry
        const again = converted(flat.json, "wrapped");
        const isWarned = flat.routingChange !== undefined || flat.remark !== undefined;
        if (isWarned) warned++;
        if (!isWarned) expect(again?.json).toBe(wrapped?.json);
        expect(isWarned).toBe(info.numbers.length + info.inbound_numbers.length > 0);
      }),
      cases(200),
    );
    expect(warned).toBeGreaterThan(0);
  });

  it("is the same to the server, where only the next migration would take callers for called numbers", () => {
    const text = '{"dispatch_rule":{"inbound_numbers":["+15550100"],"rule":{"dispatch_rule_direct":{}}}}';
    expect(converted(text, "flat")).toMatchObject({
      remark: expect.stringContaining("--inbound-numbers-as"),
    });
    expect(converted(text, "flat")?.routingChange).toBeUndefined();
  });
});
