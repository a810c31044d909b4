import { existsSync, statSync } from "node:fs";
import { dirname, join } from "node:path";

/**
 * The folder with the `.git` that the file belongs to. Found here, because git would heed `core.worktree`. Whoever asks
 * for many files keeps what was found of each folder in `known`.
 */
export function workTreeOf(path: string, known = new Map<string, string | undefined>()): string | undefined {
  const folder = dirname(path);
  if (known.has(folder)) return known.get(folder);
  const isRoot = folder === dirname(folder);
  const top = holdsRepository(folder) ? folder : isRoot ? undefined : workTreeOf(folder, known);
  known.set(folder, top);
  return top;
}

function holdsRepository(folder: string): boolean {
  const git = join(folder, ".git");
  const found = statSync(git, { throwIfNoEntry: false });
  return found?.isFile() === true || (found !== undefined && existsSync(join(git, "HEAD")));
}
