import type { Call } from "../rule/call.ts";
import type { SIPDispatchRuleInfo } from "../gen/livekit/livekit_sip_pb.ts";
import { pinOf } from "../rule/stored.ts";

/** A value that no rule mentions, so that it stands for all of those. */
export const OTHER = Symbol("any other");
/** No trunk at all: the call matched none. */
export const NONE = Symbol("none");
export type Choice = string | typeof OTHER | typeof NONE;

/** The values that tell calls apart for some rules: those that the rules mention, and one that none does. */
export interface Dimensions {
  called: Choice[];
  calling: Choice[];
  trunk: Choice[];
  /** What a caller enters who is asked for a PIN. */
  pin: Choice[];
}

/** One value of each. */
export type CallClass = { [Name in keyof Dimensions]: Choice };

/** How many classes of calls are compared at most, and how many were left out. */
export const MOST_CALLS = 40_000;

/**
 * Every number, trunk and PIN that the rules mention, and one of each that they don't. Of numbers that stand in the same
 * filters of the same rules one stands for all: `alike` says for which.
 */
export function dimensionsOf(rules: readonly SIPDispatchRuleInfo[]): {
  dimensions: Dimensions;
  alike: ReadonlyMap<Choice, readonly string[]>;
} {
  const alike = new Map<string, string[]>();
  for (const [number, filters] of filtersByNumber(rules)) {
    const group = alike.get(filters);
    if (group) group.push(number);
    else alike.set(filters, [number]);
  }
  const groups = [...alike.values()].map((group): [string, string[]] => [group[0] ?? "", group]);
  const numbers = groups.map(([first]) => first);
  return {
    dimensions: {
      called: [...numbers, OTHER],
      calling: [...numbers, OTHER],
      trunk: [...distinct(rules.flatMap((rule) => rule.trunkIds)), OTHER, NONE],
      pin: [...distinct(rules.map(pinOf)).filter((pin) => pin !== ""), OTHER],
    },
    alike: new Map(groups),
  };
}

/** For each number the filters that list it. */
function filtersByNumber(rules: readonly SIPDispatchRuleInfo[]): Map<string, string> {
  const filters = new Map<string, string>();
  for (const [index, rule] of rules.entries()) {
    for (const number of new Set(rule.numbers))
      filters.set(number, `${filters.get(number) ?? ""} to ${index}`);
    for (const number of new Set(rule.inboundNumbers))
      filters.set(number, `${filters.get(number) ?? ""} from ${index}`);
  }
  return filters;
}

/** The dimensions with so many numbers, then trunks and PINs, left out that the classes can be compared; and how many. */
export function withinBounds(dimensions: Dimensions): { dimensions: Dimensions; cut: number } {
  const size = (of: Dimensions): number =>
    of.called.length * of.calling.length * of.trunk.length * of.pin.length;
  const kept = { ...dimensions };
  let cut = 0;
  while (size(kept) > MOST_CALLS) {
    const names = ["called", "calling", "trunk", "pin"] as const;
    const longest = names.reduce((most, name) => (kept[name].length > kept[most].length ? name : most));
    const half = Math.ceil(kept[longest].length / 2);
    cut += kept[longest].length - half;
    const mentioned = kept[longest].filter((choice) => typeof choice === "string");
    const others = kept[longest].filter((choice) => typeof choice !== "string");
    kept[longest] = [...mentioned.slice(0, mentioned.length - (kept[longest].length - half)), ...others];
  }
  return { dimensions: kept, cut };
}

/** A call of the class, as a server sees it. What stands for the others is spelled as no rule spells anything. */
export function callOf({ called, calling, trunk }: CallClass): Call {
  return { calledNumber: spelled(called), callingNumber: spelled(calling), trunk: spelled(trunk) };
}

/** What the caller enters. */
export function spelled(choice: Choice): string {
  if (choice === NONE) return "";
  return choice === OTHER ? "\u0000other" : choice;
}

function distinct(values: readonly string[]): string[] {
  return [...new Set(values)];
}
