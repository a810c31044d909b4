import { groupBy } from "../rule/group-by.ts";
import { keyOf, type Selection, union } from "./selection.ts";

/** Calls: every one whose numbers, trunk and entered PIN are among those of each dimension. */
export interface Box {
  called: Selection;
  calling: Selection;
  trunk: Selection;
  /** The PIN that a caller enters who is asked for one. */
  pin: Selection;
}

const DIMENSIONS = ["called", "calling", "trunk", "pin"] as const;
type Dimension = (typeof DIMENSIONS)[number];

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
