import { type Recipe, recipeRegion } from "./recipe.ts";
import { readScript } from "./shell/parse.ts";
import { findRegions } from "./shell/regions.ts";
import { outerSpan } from "../sources/region.ts";
import type { Reading, Region } from "../sources/syntax.ts";
import { type IsWorth, looksLikeRequest } from "../sources/trigger.ts";
import { bindingFact, type Fact } from "../sources/fact.ts";
import { nameOfPutIn } from "../sources/put-in.ts";

/** The value of a variable or a setting, as it is written, and what it is called. */
export type Held = Omit<Recipe, "label" | "syntax"> & { name: string };

/** The names of a text that gives values to names. */
export interface Values {
  regions: Region[];
  /** Which regions a name stands for. */
  named: Map<string, number[]>;
}

export function noValues(): Values {
  return { regions: [], named: new Map() };
}

/**
 * Takes in a value that holds a request: as JSON that is edited where it stands, or as a piece of a shell's text, in which
 * JSON is quoted or commands stand. Returns whether it did.
 */
export function takeValue(outer: string, held: Held, isWorth: IsWorth, values: Values): boolean {
  const [first, last] = [held.lines[0], held.lines.at(-1)];
  if (!first || !last || !isWorth(outer.slice(first.start, last.end))) return false;
  const label = held.name === "" ? "string" : `variable ${held.name}`;
  const region = recipeRegion(outer, { ...held, label });
  if (!region || !looksLikeRequest(region.text)) return false;
  const isJson = /^\s*[{[]/.test(region.text);
  const quoted = isJson || COMMAND.test(region.text) ? [] : quotedIn(region, isWorth);
  for (const { name = held.name, ...one } of quoted.length > 0 ? quoted : [{ ...region, name: held.name }]) {
    values.named.set(name, [...(values.named.get(name) ?? []), values.regions.length]);
    values.regions.push(isJson ? { ...one, syntax: "json" } : one);
  }
  return true;
}

const LONGEST_NAME = 200;
const COMMAND = /\b(?:lk|livekit-cli|curl|echo|printf|cat)\s/;

/** The JSON that stands in a shell's quotes, and what it is given to there: `A=b RULE='{ … }'`. */
function quotedIn(value: Region, isWorth: IsWorth): (Region & { name: string | undefined })[] {
  const { regions, problems } = findRegions(value.text, readScript(value.text), isWorth);
  if (problems.length > 0) return [];
  return regions.map((region) => {
    const start = region.toOuter(0);
    const before = value.text.slice(Math.max(0, start - LONGEST_NAME), start);
    const name = /([\w.-]+)=["'$]{0,2}$/.exec(before)?.[1];
    return {
      ...region,
      label: name === undefined ? value.label : `variable ${name}`,
      name,
      toOuter: (offset) => value.toOuter(region.toOuter(offset)),
      encode: (text, at) => value.encode(region.encode(text, at), region.toOuter(at)),
    };
  });
}

/**
 * The reading of a text that gives values to names: the regions of values and the others, in its order, with the facts that
 * names stand for the values. `facts` know the others by their index. Takes linear time.
 */
export function readingOf(
  { regions: held, named }: Values,
  others: readonly Region[],
  facts: readonly Fact[] = [],
): Reading {
  const regions = [...held, ...others].toSorted((a, b) => a.toOuter(0) - b.toOuter(0));
  const indices = new Map(regions.map((region, index) => [region, index]));
  const placed = (region: Region | undefined): number => (region && indices.get(region)) ?? -1;
  const bindings = [...named].flatMap(([name, values]) =>
    values.flatMap((value) => {
      const region = held[value];
      // A shell is given the value by that name, or has it put in where the name stands.
      return region
        ? [bindingFact(outerSpan(region), [name, nameOfPutIn(name)], { region: placed(region) })]
        : [];
    }),
  );
  const known = facts.map((fact): Fact => {
    return {
      ...fact,
      holds: fact.holds.map((one) => ("region" in one ? { region: placed(others[one.region]) } : one)),
    };
  });
  const all = [...known, ...bindings].toSorted((a, b) => a.at.start - b.at.start);
  return {
    sites: [],
    problems: [],
    comments: [],
    refused: [],
    regions,
    ...(all.length > 0 && { facts: all }),
  };
}
