import { type BigIntStats, existsSync, realpathSync, statSync } from "node:fs";

/** Tells whether a path leads to something. Of what can't be asked, no. */
export function isThere(path: string): boolean {
  return existsSync(path);
}

/** Tells whether a path leads to a folder. What can't be asked counts as a file, and reading it says why. */
export function isFolder(path: string): boolean {
  return statsOf(path)?.isDirectory() ?? false;
}

/** The same text for all names of one file; for what can't be asked, the path as it is. */
export function identity(path: string): string {
  const found = statsOf(path);
  return found ? `${found.dev}:${found.ino}` : path;
}

/** The absolute path without links; undefined where it leads to nothing, or can't be asked. */
export function realPath(path: string): string | undefined {
  try {
    return realpathSync(path);
  } catch {
    return undefined;
  }
}

function statsOf(path: string): BigIntStats | undefined {
  try {
    return statSync(path, { bigint: true });
  } catch {
    return undefined;
  }
}
