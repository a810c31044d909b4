import type { Contest } from "../routing/contests.ts";
import { isEvery, type Selection } from "../routing/selection.ts";
import { numbersInWords } from "./words.ts";

/** Some calls for a person: `calls from anyone to +15550100 over any trunk`. */
export function callsInWords({ called, calling, trunk }: Contest<unknown>["calls"]): string {
  const to = isEvery(called)
    ? ""
    : ` to ${called.isRest ? "any other number" : numbersInWords([...called.values])}`;
  const from = isEvery(calling)
    ? ""
    : ` from ${calling.isRest ? "any other number" : numbersInWords([...calling.values])}`;
  return `calls${from}${to}${overTrunk(trunk)}`;
}

function overTrunk(trunk: Selection): string {
  if (isEvery(trunk)) return "";
  return trunk.isRest ? " over any other trunk" : ` over ${numbersInWords([...trunk.values])}`;
}
