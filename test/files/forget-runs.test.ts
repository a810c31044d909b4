import { mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { ALWAYS_KEPT, DAYS_KEPT, forgetOldRuns } from "../../src/files/journal/forget-runs.ts";
import { UNDONE } from "../../src/files/journal/journal.ts";
import { useTemporaryFolder } from "./temporary.ts";

const folder = useTemporaryFolder();
const NOW = new Date("2026-03-31T12:00:00.000Z");

/** Makes the folder of a run that began so many days ago, and gives its name. */
function runOf(days: number, undone = false): string {
  const began = new Date(NOW.getTime() - days * 86_400_000).toISOString();
  const id = `${began.replaceAll(/[:.]/g, "-")}-1a2b3c4d`;
  mkdirSync(join(folder.state, id), { recursive: true });
  writeFileSync(join(folder.state, id, "manifest"), "");
  if (undone) writeFileSync(join(folder.state, id, UNDONE), "");
  return id;
}

const left = (): string[] => readdirSync(folder.state).toSorted();

describe("old runs", () => {
  test("stay as long as they are few, however old", () => {
    const runs = Array.from({ length: ALWAYS_KEPT }, (_, at) => runOf(100 + at, at % 2 === 0));
    forgetOldRuns(NOW);
    expect(left()).toStrictEqual(runs.toSorted());
  });

  test("stay as long as they are young, however many", () => {
    const runs = Array.from({ length: 100 }, (_, at) => runOf((at / 100) * (DAYS_KEPT - 1)));
    forgetOldRuns(NOW);
    expect(left()).toStrictEqual(runs.toSorted());
  });

  test("go when they are many and old, the oldest", () => {
    const kept = Array.from({ length: ALWAYS_KEPT }, (_, at) => runOf(40 + at));
    for (let at = 0; at < 10; at++) runOf(100 + at);
    forgetOldRuns(NOW);
    expect(left()).toStrictEqual(kept.toSorted());
  });

  test("go first when they are undone, also when they are younger", () => {
    const kept = Array.from({ length: ALWAYS_KEPT - 2 }, (_, at) => runOf(40 + at));
    const undone = [1, 2, 3, 4].map((days) => runOf(days, true));
    forgetOldRuns(NOW);
    expect(left()).toStrictEqual([...kept, ...undone.slice(0, 2)].toSorted());
  });

  test("are all that is ever removed", () => {
    for (let at = 0; at < ALWAYS_KEPT + 5; at++) runOf(100 + at);
    mkdirSync(join(folder.state, "1999-photos"));
    writeFileSync(join(folder.state, "2001-01-01T00-00-00-000Z-1a2b3c4d"), "a file of that name");
    forgetOldRuns(NOW);
    expect(left()).toHaveLength(ALWAYS_KEPT + 2);
    expect(left()).toEqual(expect.arrayContaining(["1999-photos", "2001-01-01T00-00-00-000Z-1a2b3c4d"]));
  });

  test("that can't be listed stop nobody", () => {
    writeFileSync(folder.state, "");
    expect(() => forgetOldRuns(NOW)).not.toThrow();
  });
});
