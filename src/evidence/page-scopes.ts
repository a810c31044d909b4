import type { Path } from "../sources/partly-known.ts";
import type { PlacedStatement } from "./statement.ts";

/** The lines of a page that write or show each file, in their order. */
export function writersIn(statements: readonly PlacedStatement[]): Map<Path, number[]> {
  const writers = new Map<Path, number[]>();
  for (const { steps, lineOf } of statements) {
    for (const { at, writes } of steps)
      for (const path of writes) writers.set(path, [...(writers.get(path) ?? []), lineOf(at.start)]);
  }
  for (const lines of writers.values()) lines.sort((a, b) => a - b);
  return writers;
}

/**
 * Those of the steps naming a file that mean the one which is written on some `lines`: a command of a page means the last
 * that stands before it, or else the first. All of them where none means it, since the page may show it in another order.
 */
export function meantOnPage<Step extends { statement: PlacedStatement; index: number }>(
  steps: readonly Step[],
  writers: readonly number[],
  lines: ReadonlySet<number>,
): readonly Step[] {
  const meant = steps.filter(({ statement, index }) => {
    const line = statement.lineOf(statement.steps[index]?.at.start ?? 0);
    const last = writers.findLast((one) => one < line) ?? writers[0];
    return last === undefined || lines.has(last);
  });
  return meant.length > 0 ? meant : steps;
}

/**
 * Tells whether a statement means what another gives a name. A block of a page does not mean that of a block in another
 * language, nor where it gives the name something itself.
 */
export function isMeant(
  name: string,
  { block: giver }: PlacedStatement,
  { block: user }: PlacedStatement,
): boolean {
  if (giver === user || !giver || !user) return true;
  return giver.language === user.language && !user.binds.has(name);
}
