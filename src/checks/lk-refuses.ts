import { listInWords } from "../rule/list-words.ts";
import type { Refused } from "../sources/syntax.ts";
import { check, type Said } from "./check.ts";
import { ofGiven } from "./command-line.ts";
import type { Given } from "./facts.ts";
import { refusedByLk } from "./given-to-lk.ts";

/** `lk` reads strict JSON, every key known. */
export const lkRefuses = check({
  id: "lk-refuses",
  severity: "error",
  title: "`lk` refuses the file although its request is right",
  why: "`lk` reads strict JSON: no comment, no trailing comma, no byte order mark, no open placeholder.",
  ...ofGiven(refusals),
});

const REFUSED: Record<Refused["what"], [string, string]> = {
  comment: ["a comment", "comments"],
  "trailing-comma": ["a trailing comma", "trailing commas"],
  "byte-order-mark": ["a byte order mark", "byte order marks"],
  placeholder: ["an unquoted placeholder", "unquoted placeholders"],
};

function refusals(given: Given, strict: () => string): Said[] {
  const { document } = given;
  const { refused } = document;
  const open = refused.filter(({ isFilled }) => !isFilled);
  if (open.length === 0) return [];
  const words = Object.entries(REFUSED).flatMap(([what, [one, many]]) => {
    const count = open.filter((found) => found.what === what).length;
    return count === 0 ? [] : [count === 1 && what !== "trailing-comma" ? one : many];
  });
  const next = refused.some(({ what }) => what === "placeholder")
    ? "Fill in the placeholders before you give it to `lk`."
    : strict();
  const place = document.place(Math.min(...open.map(({ start }) => start)));
  return refusedByLk(given, listInWords(words)).map((said) => ({ ...said, next, place }));
}
