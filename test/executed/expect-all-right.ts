import { expect } from "vitest";
import { faultsOf } from "./law.ts";
import type { Migrated } from "./migrated.ts";
import type { Behaviour } from "./sandbox.ts";

/** A generated project, with what is known about it. */
export interface Generated {
  files: Record<string, string>;
  /** What it does, a word or a few for each step. */
  steps: string[];
  /** The file in which its request is written. */
  written: string;
  /** Whether that has to be migrated, because it only creates, and nothing on its way looks into it. */
  isPlain: boolean;
  /** The line that reads keys for a person or a test, as `path:line`, if there is one. */
  reader?: string | undefined;
  /** A second file with a request of its own, and what has to become of that. */
  neighbour?: { path: string; outcome: "migrated" | "not-create" } | undefined;
}

/** A generated project that was migrated, and what it did before and after. */
export interface Tried extends Generated {
  result: Migrated;
  before: Behaviour;
  after: Behaviour;
}

/** What is wrong with one, and all that shows it. */
interface Wrong extends Pick<Generated, "steps" | "files"> {
  why: unknown;
  migrated: Record<string, string>;
}

/** Expects the law of all of them, and that the plain ones are migrated. Says how many are migrated, by step. */
export async function expectAllRight(
  tried: readonly Tried[],
  say: (words: string) => Promise<unknown>,
): Promise<void> {
  const wrong = tried.flatMap((one): Wrong[] => {
    const why = wrongIn(one);
    const { steps, files, result } = one;
    return why === undefined ? [] : [{ why, steps, files, migrated: result.files }];
  });
  const [plain, others] = [true, false].map((is) => tried.filter(({ isPlain }) => isPlain === is)) as [
    Tried[],
    Tried[],
  ];
  await say(`migrated, of all that are plain: ${migratedOf(plain)}; of the others: ${migratedOf(others)}`);
  const names = [...new Set(tried.flatMap((one) => one.steps))].toSorted();
  const shapes = names.map(
    (step) => `${step} ${migratedOf(tried.filter((one) => one.steps.includes(step)))}`,
  );
  await say(`migrated, by step: ${shapes.join(", ")}`);
  await say(`wrong: ${tally(wrong)}`);
  const shortest = wrong.toSorted((a, b) => lengthOf(a) - lengthOf(b)).slice(0, 3);
  expect.soft(shortest, tally(wrong)).toEqual([]);
  // Otherwise it would prove nothing.
  expect(plain.length).toBeGreaterThan(tried.length / 4);
  expect(others.length).toBeGreaterThan(tried.length / 4);
}

/** What is wrong with one; undefined where nothing is. */
function wrongIn(one: Tried): unknown {
  const { isPlain, neighbour, reader, written, result, before, after } = one;
  const isFound = result.sites.some(({ path }) => path === written);
  const beside = result.sites.find(({ path }) => path === neighbour?.path);
  if (!isFound || (isPlain && !isMigrated(one)) || beside?.outcome !== neighbour?.outcome)
    return result.sites.map(({ path, line, outcome, reason }) => `${path}:${line} ${outcome} ${reason}`);
  const isSaid = reader !== undefined && result.names(reader, "reader");
  const faults = faultsOf(before, after).filter(({ kind }) => kind === "request" || !isSaid);
  return faults.length > 0 ? faults : undefined;
}

/** How many are migrated, of how many. */
function migratedOf(some: readonly Tried[]): string {
  return `${some.filter(isMigrated).length}/${some.length}`;
}

function isMigrated({ written, result }: Tried): boolean {
  return result.sites.some(({ path, outcome }) => path === written && outcome === "migrated");
}

/** How many are wrong, by their steps. */
function tally(wrong: readonly Wrong[]): string {
  const counts = new Map<string, number>();
  for (const step of wrong.flatMap(({ steps }) => steps)) counts.set(step, (counts.get(step) ?? 0) + 1);
  const sorted = [...counts].toSorted(([, a], [, b]) => b - a);
  return [`${wrong.length}`, ...sorted.map(([step, count]) => `${step} ${count}`)].join(", ");
}

function lengthOf({ files }: Wrong): number {
  return Object.values(files).join("").length;
}
