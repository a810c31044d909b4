import type { Contest } from "../routing/contests.ts";
import { priorityParts } from "../routing/priority.ts";
import { isEvery, type Selection } from "../routing/selection.ts";
import { counted } from "../rule/count-words.ts";
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

/** Why the one rule goes before the other, which is meant by "this one": the end of a sentence. */
export function reasonInWords({ because }: Contest<unknown>): string {
  switch (because.code) {
    case "wildcard":
      return "it names the trunk, and this one names none, which decides before all filters";
    case "priority": {
      const [own, its] = [priorityParts(because.own), priorityParts(because.winner)];
      if (own.filters !== its.filters)
        return `it has ${counted(its.filters, "number filter")}, and this one ${own.filters === 0 ? "none" : own.filters}`;
      if (own.hasPin !== its.hasPin) return "it asks for a PIN, and this one doesn't";
      return `it is ${its.kind}, and this one ${own.kind}: direct goes before individual, individual before callee`;
    }
    case "room-order":
      return "they are alike but for the names of their rooms, of which its comes first in the alphabet";
    case "id-order":
      return "they are alike but for their ids, of which its comes first";
    case "undecided":
      return "they are alike but for their ids, which the server makes up";
    default:
      return "its PIN is another one";
  }
}
