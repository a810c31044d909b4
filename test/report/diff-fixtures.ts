import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { rulesIn } from "../../src/run/rules-in-text.ts";
import type { WrittenRule } from "../../src/routing/written-rules.ts";

const FIXTURES = join(import.meta.dirname, "../fixtures/diff");

/** The folders that hold both sides, and what a reviewer should read in 80 and in 120 columns. */
export function diffFixtures(): string[] {
  return readdirSync(FIXTURES).toSorted();
}

/** The rules of all files of a folder, with the paths that a person would see. */
export async function rulesOf(name: string, side: "before" | "after"): Promise<WrittenRule[]> {
  const folder = join(FIXTURES, name, side);
  const read = await Promise.all(
    readdirSync(folder)
      .toSorted()
      .map((file) => rulesIn(`${side}/${file}`, readFileSync(join(folder, file), "utf8"))),
  );
  return read.flatMap(({ rules }) => rules);
}

/** What a reviewer should read. */
export function textOf(name: string, width: number): string {
  return readFileSync(join(FIXTURES, name, `${width}.txt`), "utf8");
}
