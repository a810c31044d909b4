import type { Look } from "../evidence/evidence.ts";
import { isMovedKey, snake } from "../evidence/keys.ts";
import { WRAPPER } from "../rule/fields.ts";
import { groupBy } from "../rule/group-by.ts";
import type { NumberFilter } from "../rule/wrap.ts";
import { check, type Said } from "./check.ts";
import { ofEachLine } from "./looks.ts";
import { codeWords } from "./words.ts";

/** One finding a file that reads. */
export const reader = check({
  id: "reader",
  severity: "note",
  title: "A line of the repository reads the request by a key that moves",
  why: "It has to look in the wrapper once the request is migrated.",
  isAboutMigration: true,
  ofMigrated: ({ known: { reads, changes }, wrapper, choice: { filter }, start }) =>
    ofEachFile([...reads, ...changes], wrapper, filter, "will stand").map((said) => ({
      ...said,
      place: start,
    })),
  ofWrapped: ({ known: { reads, changes } }) =>
    ofEachFile([...reads, ...changes], WRAPPER, "numbers", "stands"),
});

function ofEachFile(reads: readonly Look[], wrapper: string, filter: NumberFilter, stands: string): Said[] {
  const files = groupBy(ofEachLine(reads), ({ path }) => path);
  return [...files.values()].flatMap((ofFile): Said[] => {
    const lines = ofFile.filter(({ keys }) => keys.some(isMovedKey));
    const [first, ...more] = lines;
    if (!first) return [];
    const keys = [...new Set(lines.flatMap((one) => one.keys.filter(isMovedKey)))];
    const also =
      more.length > 0
        ? ` (also ${more.length > 1 ? "lines" : "line"} ${more.map(({ line }) => line).join(", ")})`
        : "";
    const message = `${first.path}:${first.line}${also} reads ${codeWords(keys)} of this request, which ${stands} in \`${wrapper}\``;
    const moved = keys.map((key) => `${wrapper}.${snake(key) === "inbound_numbers" ? filter : key}`);
    return [{ message, next: `Read ${codeWords(moved)} there.` }];
  });
}
