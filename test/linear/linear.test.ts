import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, it } from "vitest";
import { runMigration } from "../../src/run/run.ts";
import { MEMORY } from "../files/temporary.ts";
import { DRY_RUN } from "../run/settings.ts";
import { GROWING } from "./growing.ts";
import { stepsOf } from "./steps.ts";

// A file that is longer takes as much more work, whatever it is long in.

const FEW = 50;
/** How much more work each part takes at most, in the longer file. */
const MOST_GROWTH = 1.5;

describe.each(Object.entries(GROWING))("%s", (_, { file, text }) => {
  it("takes steps in proportion to its length", async () => {
    const [short, long] = [text(FEW), text(4 * FEW)];
    const [, many = 0, few = 0] = await stepsOf(
      () => migrated(file, text(1)), // loads the language
      () => migrated(file, long),
      () => migrated(file, short),
    );
    const longer = Math.max(4, long.length / short.length);
    expect(many / few / longer).toBeLessThan(MOST_GROWTH);
  });
});

async function migrated(file: string, text: string) {
  const folder = mkdtempSync(join(MEMORY, "linear-"));
  try {
    const path = join(folder, file);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
    return await runMigration([path], DRY_RUN);
  } finally {
    rmSync(folder, { recursive: true });
  }
}
