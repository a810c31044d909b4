import { expect, test } from "vitest";
import { routingTable } from "../../src/report/routing-table.ts";
import { styleFor } from "../../src/report/style.ts";

test("a value that is too wide is broken, also where it is the same before and after", () => {
  const routing = {
    calledNumbers: [],
    callingNumbers: [],
    trunkIds: [],
    pin: "",
    room: "x".repeat(150),
  };
  const lines = routingTable({ documented: routing, server: routing, after: routing }, styleFor(false));
  expect(lines.filter((line) => line.length > 78)).toEqual([]);
  expect(lines.join("").replaceAll(/[^x]/g, "")).toHaveLength(150);
});
