import { existsSync, statSync } from "node:fs";
import { dirname, join, resolve, sep } from "node:path";

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

/**
 * Gives what tells the top of the repository of a file. Outside git a folder that was named counts as one; a file that was
 * named alone has none.
 */
export function topsAmong(folders: readonly string[]): (path: string) => string | undefined {
  const known = new Map<string, string | undefined>();
  const outerFirst = folders.map((path) => resolve(path)).toSorted((a, b) => a.length - b.length);
  return (path) => {
    const file = resolve(path);
    return workTreeOf(file, known) ?? outerFirst.find((one) => file.startsWith(join(one, sep)));
  };
}

function holdsRepository(folder: string): boolean {
  const git = join(folder, ".git");
  const found = statSync(git, { throwIfNoEntry: false });
  return found?.isFile() === true || (found !== undefined && existsSync(join(git, "HEAD")));
}
