import { join, relative, sep } from "node:path";
import ignore from "ignore";
import type { GitFiles } from "./git-files.ts";
import { IgnoreRules } from "./ignore-rules.ts";
import { PathSet } from "./path-set.ts";
import { displayPath, namedPath } from "./paths.ts";
import type { ScanOptions } from "./scan.ts";
import type { Ground } from "./walk.ts";

/**
 * What a walk has to know of a folder before it starts. `folder` is its real path, `named` what the user called it,
 * `root` the top of its work tree, or itself where it is in none.
 */
export function groundOf(
  folder: string,
  named: string,
  root: string,
  git: GitFiles | undefined,
  options: ScanOptions,
): Ground {
  const printed = inFolder(namedPath(named));
  const below = relative(root, folder).split(sep).join("/");
  const { noIgnore } = options;
  const ignoreCase = (): boolean => git?.ignore().ignoreCase ?? false;
  let gitRules: IgnoreRules | undefined;
  let ownRules: IgnoreRules | undefined;
  if (!noIgnore) {
    if (git) {
      gitRules = new IgnoreRules({ path: () => git.ignore().usersFile, base: "", ignoreCase }, gitRules);
      gitRules = new IgnoreRules({ path: () => git.ignore().excludeFile, base: "", ignoreCase }, gitRules);
    }
    // The walk reads those of the folder itself, and of the folders in it.
    const names = below === "" ? [] : below.split("/");
    for (const [depth] of names.entries()) {
      const base = names
        .slice(0, depth)
        .map((name) => `${name}/`)
        .join("");
      const path = (name: string) => () => join(root, base, name);
      gitRules = new IgnoreRules({ path: path(".gitignore"), base, ignoreCase }, gitRules);
      ownRules = new IgnoreRules({ path: path(".ignore"), base, ignoreCase: () => false }, ownRules);
    }
  }
  return {
    printed,
    inside: below === "" ? "" : `${below}/`,
    tracked: git?.tracked ?? new PathSet([]),
    ignoreCase,
    gitRules,
    ownRules,
    noIgnore,
    excludes: excluder(options, printed, inFolder(displayPath(named))),
  };
}

/** What a file's path in the folder begins with. */
function inFolder(folder: string): string {
  return folder === "." ? "" : folder.endsWith("/") ? folder : `${folder}/`;
}

/**
 * Whether the options leave out a path that begins with `printed`; a folder's ends with `/`. Their patterns go from the
 * working directory, from which the folder is at `fromHere`.
 */
function excluder(
  { include, exclude }: ScanOptions,
  printed: string,
  fromHere: string,
): (path: string) => boolean {
  if (include.length + exclude.length === 0) return () => false;
  const relaxed = { allowRelativePaths: true };
  const included = ignore(relaxed).add([...include]);
  const excluded = ignore(relaxed).add([...exclude]);
  return (named) => {
    const path = fromHere + named.slice(printed.length);
    return excluded.ignores(path) || (include.length > 0 && !path.endsWith("/") && !included.ignores(path));
  };
}
