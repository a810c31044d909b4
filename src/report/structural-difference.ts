import { diffString } from "json-diff";
import type { JsonValue } from "@bufbuild/protobuf";
import type { InfoJson } from "../plan/outcome.ts";
import { sortedKeys } from "../routing/meaning.ts";
import { type Style, visible } from "./style.ts";

/** Beyond this json-diff takes seconds: it compares the items of lists pair by pair. */
const LARGEST_LIST = 500;

/** The structural difference of two rules, a line an element; none where they are the same. */
export function difference(before: InfoJson, after: InfoJson, style: Style): string[] {
  if (largestList([before, after]) > LARGEST_LIST) return ["(too large to compare line by line)"];
  // json-diff pairs keys by their order, and takes what an object inherits for its own.
  const text = diffString(sortedKeys(before), sortedKeys(after), { color: false });
  return text
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => {
      const shown = visible(line);
      if (line.startsWith("-")) return style.paint("red", shown);
      return line.startsWith("+") ? style.paint("green", shown) : shown;
    });
}

function largestList(value: JsonValue): number {
  if (typeof value !== "object" || value === null) return 0;
  const own = Array.isArray(value) ? value.length : 0;
  return Math.max(own, ...Object.values(value).map(largestList));
}
