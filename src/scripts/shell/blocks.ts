import type { Command } from "../../sources/script.ts";

/** Which commands of a list belong together as `{ … }`, `do … done` and `if … fi`. */
export interface Blocks {
  /** For a command that opens blocks: the indices of those that close them, the outermost first. */
  closers: ReadonlyMap<number, readonly number[]>;
  /** How many conditions begin at a command, or how many less there are: `if` is 1, `fi` -1. */
  conditions: ReadonlyMap<number, number>;
}

const CLOSES: Readonly<Record<string, string>> = { "{": "}", do: "done", if: "fi" };

/** Finds the blocks of a list. What nothing closes is none. */
export function blocksOf(text: string, list: readonly Command[]): Blocks {
  const closers = new Map<number, number[]>();
  const conditions = new Map<number, number>();
  const open: { index: number; place: number; closer: string }[] = [];
  for (const [index, { words, keywords }] of list.entries()) {
    for (const keyword of keywords) {
      const closer = CLOSES[keyword];
      if (closer === undefined) continue;
      if (keyword === "if") conditions.set(index, (conditions.get(index) ?? 0) + 1);
      const own = closers.get(index) ?? [];
      open.push({ index, place: own.length, closer });
      own.push(Infinity);
      closers.set(index, own);
    }
    const [first] = words;
    const word = first && first.end - first.start <= 4 ? text.slice(first.start, first.end) : "";
    if (!["}", "done", "fi"].includes(word)) continue;
    if (word === "fi") conditions.set(index, (conditions.get(index) ?? 0) - 1);
    const last = open.at(-1);
    if (last?.closer !== word) continue;
    open.pop();
    const own = closers.get(last.index);
    if (own) own[last.place] = index;
  }
  for (const [index, own] of closers) closers.set(index, own.filter(Number.isFinite));
  return { closers, conditions };
}
