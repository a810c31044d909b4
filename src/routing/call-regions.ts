import { addTo } from "../rule/group-by.ts";
import type { Wanted } from "./stored-rule.ts";
import { allBut, ANY, only, type Selection } from "./selection.ts";

/** A rule whose calls are compared with those of others. */
export interface Candidate extends Wanted {
  /** True if it is not the same before and after, so that calls in its box may go elsewhere. */
  changed: boolean;
}

/** Calls that no rule tells apart, but for the PIN, and the rules in whose boxes they are. */
export interface Region<C extends Candidate> {
  called: Selection;
  calling: Selection;
  trunk: Selection;
  candidates: readonly C[];
}

/** The regions in which a rule that changed plays a part, and how many values were left out for the sake of time. */
export interface Regions<C extends Candidate> {
  regions: Region<C>[];
  cut: number;
}

/** How many candidates are looked at before values are left out: a few seconds. */
const MOST_STEPS = 3_000_000;

type Listed = "called" | "calling" | "trunk";

/**
 * Divides the calls by the values that the candidates list, one dimension after the other. What holds no changed
 * candidate is passed over, so that the time goes with what changed. A call from one of the `moved` numbers to another
 * belongs to no region in particular: such a number is a caller or a number of one's own, and never both.
 */
export function regionsOf<C extends Candidate>(
  all: readonly C[],
  moved: ReadonlySet<string>,
  mostSteps = MOST_STEPS,
): Regions<C> {
  const found: Regions<C> = { regions: [], cut: 0 };
  let steps = 0;
  const descend = (candidates: readonly C[], dimensions: readonly Listed[], chosen: Region<C>): void => {
    const [dimension, ...rest] = dimensions;
    if (dimension === undefined) {
      steps += 4 * candidates.length;
      found.regions.push({ ...chosen, candidates });
      return;
    }
    const other = dimension === "called" ? "calling" : "called";
    const isMoved = dimension !== "trunk" && chosen[other] !== ANY && holdsMoved(chosen[other], moved);
    const { groups, open, listed } = divide(candidates, dimension);
    const openHere = rest.includes(other) && dimension !== "trunk" ? reachable(open, other, moved) : open;
    // Looking at a value takes about a quarter of a step.
    steps += candidates.length + listed / 4;
    const hasOpenChange = open.some(({ changed }) => changed);
    const mentioned: string[] = [];
    for (const { values, members } of groups) {
      mentioned.push(...values);
      if (!hasOpenChange && !members.some(({ changed }) => changed)) continue;
      for (const part of byMoved(values, moved)) {
        if (isMoved && part.isMoved) continue;
        const beside = part.isMoved ? openHere : open;
        steps += members.length + beside.length;
        const inside = [...members, ...beside];
        if (!inside.some(({ changed }) => changed)) continue;
        if (steps > mostSteps) found.cut += part.values.length;
        else descend(inside, rest, { ...chosen, [dimension]: only(part.values) });
      }
    }
    if (hasOpenChange) {
      const others = isMoved ? mentioned.filter((value) => !moved.has(value)) : mentioned;
      descend(open, rest, { ...chosen, [dimension]: allBut(others) });
    }
  };
  const start = { called: ANY, calling: ANY, trunk: ANY, candidates: all };
  if (all.some(({ changed }) => changed)) descend(all, dimensionsFor(all), start);
  return found;
}

/** First the dimensions in which more of the changed rules are bound, so that fewer have to be looked at everywhere. */
function dimensionsFor(candidates: readonly Candidate[]): Listed[] {
  const open = (dimension: Listed): number =>
    candidates.filter((one) => one.changed && one[dimension].length === 0).length;
  const counts = { called: open("called"), calling: open("calling"), trunk: open("trunk") };
  return (["called", "calling", "trunk"] as const).toSorted((a, b) => counts[a] - counts[b]);
}

/**
 * The candidates that list values, by the values that stand in the same lists, and those that are open to any value;
 * `listed` is how many values were looked at.
 */
function divide<C extends Candidate>(
  candidates: readonly C[],
  dimension: Listed,
): { groups: { values: string[]; members: C[] }[]; open: C[]; listed: number } {
  const open: C[] = [];
  let listed = 0;
  const holders = new Map<string, number[]>();
  for (const [index, candidate] of candidates.entries()) {
    if (candidate[dimension].length === 0) open.push(candidate);
    listed += candidate[dimension].length;
    for (const value of new Set(candidate[dimension])) addTo(holders, value, index);
  }
  const groups = new Map<string, { values: string[]; members: C[] }>();
  for (const [value, indexes] of holders) {
    const key = indexes.join();
    const group = groups.get(key);
    if (group) group.values.push(value);
    else groups.set(key, { values: [value], members: indexes.flatMap((index) => candidates[index] ?? []) });
  }
  return { groups: [...groups.values()], open, listed };
}

/** Those that can take a call of which the other number is none of the moved. */
function reachable<C extends Candidate>(
  candidates: readonly C[],
  other: Listed,
  moved: ReadonlySet<string>,
): C[] {
  if (moved.size === 0) return [...candidates];
  return candidates.filter((one) => one[other].length === 0 || one[other].some((value) => !moved.has(value)));
}

function byMoved(
  values: readonly string[],
  moved: ReadonlySet<string>,
): { values: string[]; isMoved: boolean }[] {
  const parts = [true, false].map((isMoved) => ({
    values: values.filter((value) => moved.has(value) === isMoved),
    isMoved,
  }));
  return parts.filter((part) => part.values.length > 0);
}

/** A selection in a region is of moved numbers, or of others. */
function holdsMoved({ values, isRest }: Selection, moved: ReadonlySet<string>): boolean {
  return !isRest && values[0] !== undefined && moved.has(values[0]);
}
