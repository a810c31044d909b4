import { expect, it } from "vitest";
import { chooseFilter } from "../../src/plan/number-filter.ts";

const TRUNKS = [
  { id: "ST_a", name: "", numbers: ["+15550100"], allowedNumbers: ["+15550150"], allowedAddresses: [] },
  { id: "ST_b", name: "", numbers: ["+15550101"], allowedNumbers: ["+15550100"], allowedAddresses: [] },
];

it.each([
  ["own numbers of its trunk", ["+15550100"], ["ST_a"], "numbers"],
  ["callers whom its trunk allows", ["+15550100"], ["ST_b"], "inbound_numbers"],
  [
    "own numbers of some trunk, where its own is only known later",
    ["+15550101"],
    { expression: "$TRUNK" },
    "numbers",
  ],
  [
    "callers of some trunk, where its own is only known later",
    ["+15550150"],
    { expression: "$TRUNK" },
    "inbound_numbers",
  ],
  ["of either kind, where its own is only known later", ["+15550100"], { expression: "$TRUNK" }, undefined],
])("numbers are %s", (_, numbers, trunkIds, filter) => {
  expect(chooseFilter(numbers, trunkIds, { knownTrunks: TRUNKS }, true).filter).toBe(filter);
});
