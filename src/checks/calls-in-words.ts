import type { Contest } from "../routing/contests.ts";
import { isEvery, type Selection } from "../routing/selection.ts";
import { numbersInWords } from "./words.ts";

/** Some calls for a person: `calls from anyone to +15550100 over any trunk`. */
export function callsInWords({ called, calling, trunk }: Contest<unknown>["calls"]): string {
  const part = (way: string, selection: Selection, other: string): string =>
    isEvery(selection) ? "" : ` ${way} ${selection.isRest ? other : numbersInWords([...selection.values])}`;
  const [from, to] = [part("from", calling, "any other number"), part("to", called, "any other number")];
  return `calls${from}${to}${part("over", trunk, "any other trunk")}`;
}
