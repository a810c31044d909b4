import { existsSync, statSync } from "node:fs";
import { dirname, join } from "node:path";

/** The folder with the `.git` that the file belongs to. Found here, because git would heed `core.worktree`. */
export function workTreeOf(path: string): string | undefined {
  for (let folder = dirname(path); ; folder = dirname(folder)) {
    const git = join(folder, ".git");
    const found = statSync(git, { throwIfNoEntry: false });
    if (found?.isFile() === true || existsSync(join(git, "HEAD"))) return folder;
    if (folder === dirname(folder)) return undefined;
  }
}
