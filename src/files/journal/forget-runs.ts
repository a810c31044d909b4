import { existsSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { stateFolder, UNDONE } from "./journal.ts";

/** So many runs are kept however old they are, and those that are not undone rather than others. */
export const ALWAYS_KEPT = 20;

/** How long the others are kept, unless they are undone. */
export const DAYS_KEPT = 30;

/**
 * Removes the folders of old runs, so that the journal doesn't grow for ever: of all runs, first those that are not
 * undone and then the others, each from the newest on, the first `ALWAYS_KEPT` stay; so does every other one that is
 * not undone and began in the last `DAYS_KEPT` days. What is not named as a run is never touched.
 */
export function forgetOldRuns(now = new Date()): void {
  const root = stateFolder();
  const oldest = new Date(now.getTime() - DAYS_KEPT * 24 * 60 * 60 * 1000)
    .toISOString()
    .replaceAll(/[:.]/g, "-");
  try {
    const runs = readdirSync(root, { withFileTypes: true })
      .filter(
        (each) => each.isDirectory() && /^\d{4}-\d\d-\d\dT\d\d-\d\d-\d\d-\d{3}Z-[0-9a-f]{8}$/.test(each.name),
      )
      .map(({ name }) => ({ name, undone: existsSync(join(root, name, UNDONE)) }))
      .toSorted((a, b) => Number(a.undone) - Number(b.undone) || (a.name < b.name ? 1 : -1));
    for (const { name, undone } of runs.slice(ALWAYS_KEPT)) {
      if (undone || name < oldest) rmSync(join(root, name), { recursive: true, force: true });
    }
  } catch {
    // A journal that can't be tidied can still be written.
  }
}
