import type { Span } from "../../rule/value.ts";
import type { Edit } from "../../sources/syntax.ts";

/** The names that one import takes from a module, each with its alias, and where they stand. */
export interface ImportedNames {
  names: readonly (Span & { name: string })[];
}

/**
 * The edits that add a name to those of an import: before the first one that sorts after it where they are sorted, else
 * at the end. Names on lines of their own stay so, each with its comment.
 */
export function addedName(text: string, { names }: ImportedNames, name: string): Edit[] {
  const last = names.at(-1);
  if (!last) return [];
  const isSorted = names.every((one, index) => index === 0 || (names[index - 1]?.name ?? "") <= one.name);
  const next = isSorted ? names.find((one) => one.name > name) : undefined;
  if (next) return [once(next.start, `${name},${lead(text, next)}`)];

  const {
    0: behind = "",
    1: comma,
    2: comment,
  } = /^([ \t]*,)?([ \t]*#[^\r\n]*)?/.exec(text.slice(last.end)) ?? [];
  const own = lead(text, last);
  if (comment === undefined) return [once(last.end, `,${own}${name}`)];
  const added = once(
    last.end + behind.length,
    `${own === " " ? "" : own}${name}${comma === undefined ? "" : ","}`,
  );
  return own === " "
    ? [once(last.end, `, ${name}`)]
    : [...(comma === undefined ? [once(last.end, ",")] : []), added];
}

/** Returns what stands before a name: a line break and its indentation, or a space. */
function lead(text: string, name: Span): string {
  return (
    /(?<!\\\r?)(?:\r\n|\n|\r)[ \t]*$/.exec(text.slice(Math.max(name.start - 200, 0), name.start))?.[0] ?? " "
  );
}

function once(at: number, text: string): Edit {
  return { start: at, end: at, text, once: true };
}
