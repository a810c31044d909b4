import { diffString } from "json-diff";
import type { JsonValue } from "@bufbuild/protobuf";
import type { InfoJson } from "../plan/outcome.ts";
import { setKey } from "../rule/value.ts";
import { type Style, visible } from "./style.ts";

/** Beyond this json-diff takes seconds: it compares the items of lists pair by pair. */
const LARGEST_LIST = 500;

/** The structural difference of two rules, a line an element; none where they are the same. */
export function difference(before: InfoJson, after: InfoJson, style: Style): string[] {
  if (largestList([before, after]) > LARGEST_LIST) return ["(too large to compare line by line)"];
  const text = diffString(sorted(before), sorted(after), { color: false });
  return text
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => {
      const shown = visible(line);
      if (line.startsWith("-")) return style.paint("red", shown);
      return line.startsWith("+") ? style.paint("green", shown) : shown;
    });
}

/** json-diff pairs keys by their order, and takes what an object inherits for its own. */
function sorted(value: JsonValue): JsonValue {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== "object" || value === null) return value;
  const copy: Record<string, JsonValue> = Object.create(null);
  for (const key of Object.keys(value).toSorted()) setKey(copy, key, sorted(value[key] ?? null));
  return copy;
}

function largestList(value: JsonValue): number {
  if (typeof value !== "object" || value === null) return 0;
  const own = Array.isArray(value) ? value.length : 0;
  return Math.max(own, ...Object.values(value).map(largestList));
}
