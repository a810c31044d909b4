import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { cases } from "../cases.ts";
import { COMMANDS, FAST_COMMANDS, FAST_TRIGGER, TRIGGER } from "../../src/sources/trigger.ts";

/** Texts that nearly hold what is looked for, and often do. */
const texts = fc
  .array(
    fc.constantFrom(
      ..."sip Sip dispatch Dispatch dispatch_rule ispatch rule Rule _rule s trunk Trunk ids Ids _ - / \n a 1 é".split(
        " ",
      ),
      ..." Create Update SIP SIPDispatchRule update update_ sip_ updateSip DispatchRule, ,".split(","),
    ),
    { maxLength: 14 },
  )
  .map((parts) => parts.join(""));

describe.each([
  ["a request", TRIGGER, FAST_TRIGGER],
  ["a command", COMMANDS, FAST_COMMANDS],
])("the words of %s", (_, plain, fast) => {
  it("are found by both expressions in the same texts", () => {
    fc.assert(
      fc.property(texts, (text) => {
        expect(new RegExp(fast).test(text)).toBe(new RegExp(plain).test(text));
      }),
      cases(1000),
    );
  });
});

it("finds what files with requests hold", () => {
  const held = [
    "dispatch_rule",
    "DispatchRule",
    "dispatch-rule",
    "trunk_ids",
    "trunkIds",
    "TrunkIds",
    "sip dispatch",
  ];
  for (const word of [...held, '"sip", "dispatch"']) expect(word).toMatch(new RegExp(FAST_TRIGGER));
  for (const word of ["dispatch", "trunk", "sipdispatch", "sip and dispatch"]) {
    expect(word).not.toMatch(new RegExp(FAST_TRIGGER));
  }
});
