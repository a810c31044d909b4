import { groupBy } from "../rule/group-by.ts";
import { complement, keyOf, type Selection, shared, union } from "./selection.ts";

/** Calls: every one whose numbers, trunk and entered PIN are among those of each dimension. */
export interface Box {
  called: Selection;
  calling: Selection;
  trunk: Selection;
  /** The PIN that a caller enters who is asked for one. */
  pin: Selection;
}

export const DIMENSIONS = ["called", "calling", "trunk", "pin"] as const;
export type Dimension = (typeof DIMENSIONS)[number];

/** The same calls in fewer boxes: two that differ in one dimension alone become one. The boxes must not overlap. */
export function merged(boxes: readonly Box[]): Box[] {
  let current = [...boxes];
  for (let count = Infinity; current.length > 1 && current.length < count;) {
    count = current.length;
    for (const dimension of DIMENSIONS) current = mergedAlong(dimension, current);
  }
  return current;
}

function mergedAlong(dimension: Dimension, boxes: readonly Box[]): Box[] {
  const alike = groupBy(boxes, (box) =>
    DIMENSIONS.map((other) => (other === dimension ? "" : keyOf(box[other]))).join("\n"),
  );
  return [...alike.values()].flatMap((group) => {
    const [first] = group;
    if (!first || group.length === 1) return group;
    return [{ ...first, [dimension]: unionOf(group.map((box) => box[dimension])) }];
  });
}

/** The union of many lists at once, so that a thousand of them take no thousand copies. */
function unionOf(selections: readonly Selection[]): Selection {
  const listed = selections.filter(({ isRest }) => !isRest).flatMap(({ values }) => values);
  const rests = selections.filter(({ isRest }) => isRest);
  return rests.reduce(union, { values: [...new Set(listed)], isRest: false });
}

/** Of more boxes no whole is looked for. */
const MOST_OF_WHOLE = 8;

/**
 * The calls of boxes that don't overlap as the one box around all of them, and what of it is in none of them. Undefined
 * where that takes as many boxes.
 */
export function wholeOf(boxes: readonly Box[]): { whole: Box; except: Box[] } | undefined {
  const [first] = boxes;
  if (!first || boxes.length === 1 || boxes.length > MOST_OF_WHOLE) return undefined;
  const whole = { ...first };
  for (const dimension of DIMENSIONS) whole[dimension] = unionOf(boxes.map((box) => box[dimension]));
  const except = merged(boxes.reduce((left, box) => left.flatMap((one) => without(one, box)), [whole]));
  return except.length < boxes.length ? { whole, except } : undefined;
}

/** The calls of a box that are not in another, in boxes that don't overlap. */
function without(box: Box, other: Box): Box[] {
  const left: Box[] = [];
  const inside = { ...box };
  for (const dimension of DIMENSIONS) {
    const own = inside[dimension];
    inside[dimension] = shared(own, other[dimension]);
    if (isNone(inside[dimension])) return [box];
    const outside = { ...inside, [dimension]: shared(own, complement(other[dimension])) };
    if (!isNone(outside[dimension])) left.push(outside);
  }
  return left;
}

function isNone({ values, isRest }: Selection): boolean {
  return !isRest && values.length === 0;
}
