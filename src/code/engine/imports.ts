import type { Span } from "../../rule/value.ts";
import type { Edit } from "../../sources/syntax.ts";

/** The names that one import takes from a module, each with its alias, and where they stand. */
export interface ImportedNames {
  names: readonly (Span & { name: string })[];
}

/**
 * The edits that add a name to those of an import: before the first one that sorts after it where they are sorted, else
 * at the end, or before a last one that has a comment. Names on lines of their own stay so, each with its comment.
 */
export function addedName(text: string, { names }: ImportedNames, name: string): Edit[] {
  const last = names.at(-1);
  if (!last) return [];
  const isSorted = names.every((one, index) => index === 0 || (names[index - 1]?.name ?? "") <= one.name);
  const isCommented = /^[ \t]*,?[ \t]*#/.test(text.slice(last.end, last.end + FARTHEST));
  const next = (isSorted && names.find((one) => one.name > name)) || (isCommented && last);
  if (next) return [once(next.start, `${name},${lead(text, next)}`)];
  return [once(last.end, `,${lead(text, last)}${name}`)];
}

/** How much of a text is looked at beside a name, in UTF-16 code units. */
const FARTHEST = 200;

/** Returns what stands before a name: a line break and its indentation, or a space. */
function lead(text: string, name: Span): string {
  return (
    /(?<!\\\r?)(?:\r\n|\n|\r)[ \t]*$/.exec(text.slice(Math.max(name.start - FARTHEST, 0), name.start))?.[0] ??
    " "
  );
}

function once(at: number, text: string): Edit {
  return { start: at, end: at, text, once: true };
}
