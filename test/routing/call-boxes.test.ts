import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Box, DIMENSIONS, wholeOf } from "../../src/routing/call-boxes.ts";
import { allBut, ANY, holds, only } from "../../src/routing/selection.ts";
import { cases } from "../cases.ts";

const ALL: Box = { called: ANY, calling: ANY, trunk: ANY, pin: ANY };

/** Of each dimension three values that are named, and one that is not. */
const VALUES = ["a", "b", "c", "other"];
const CALLS = VALUES.flatMap((called) =>
  VALUES.flatMap((calling) =>
    VALUES.flatMap((trunk) => VALUES.map((pin) => ({ called, calling, trunk, pin }))),
  ),
);
type Call = (typeof CALLS)[number];

const holdsCall = (box: Box, call: Call): boolean =>
  DIMENSIONS.every((dimension) => holds(box[dimension], call[dimension]));

describe("calls as a whole and what is excepted", () => {
  it("is one box but for another", () => {
    const boxes = [
      { ...ALL, calling: only(["a"]), trunk: allBut(["a", "b"]) },
      { ...ALL, calling: allBut(["a"]), trunk: allBut(["a"]) },
    ];
    expect(wholeOf(boxes)).toEqual({
      whole: { ...ALL, trunk: allBut(["a"]) },
      except: [{ ...ALL, calling: only(["a"]), trunk: only(["b"]) }],
    });
  });

  it("is not said where it takes as many words", () => {
    const boxes = [
      { ...ALL, called: only(["a"]), trunk: only(["a"]) },
      { ...ALL, called: only(["b"]), trunk: only(["b"]) },
    ];
    expect(wholeOf(boxes)).toBeUndefined();
    expect(wholeOf([ALL])).toBeUndefined();
  });

  it("is the same calls, and no exception is outside", () => {
    const values = fc.subarray(["a", "b", "c"], { minLength: 1 });
    const selection = fc.oneof(values.map(only), fc.subarray(["a", "b", "c"]).map(allBut));
    const box = fc.record({ called: selection, calling: selection, trunk: selection, pin: selection });
    const apart = fc
      .array(box, { minLength: 2, maxLength: 6 })
      .filter((boxes) => CALLS.every((call) => boxes.filter((one) => holdsCall(one, call)).length < 2));
    fc.assert(
      fc.property(apart, (boxes) => {
        const { whole, except } = wholeOf(boxes) ?? {};
        if (!whole || !except) return;
        for (const call of CALLS) {
          const excepted = except.filter((one) => holdsCall(one, call)).length;
          const isIn = boxes.some((one) => holdsCall(one, call));
          expect(excepted).toBe(holdsCall(whole, call) && !isIn ? 1 : 0);
        }
      }),
      cases(100),
    );
  });
});
