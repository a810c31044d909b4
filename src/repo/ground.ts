import { join, relative, resolve, sep } from "node:path";
import ignore from "ignore";
import type { GitFiles } from "./git-files.ts";
import { IgnoreRules } from "./ignore-rules.ts";
import { PathSet } from "./path-set.ts";
import { displayPath } from "./paths.ts";
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
  const printed = displayPath(named);
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
    printed: printed === "." ? "" : `${printed}/`,
    inside: below === "" ? "" : `${below}/`,
    tracked: git?.tracked ?? new PathSet([]),
    ignoreCase,
    gitRules,
    ownRules,
    noIgnore,
    excludes: excluder(options),
  };
}

/** Whether the options leave out a printed path; a folder's ends with `/`. */
function excluder({ include, exclude, configured }: ScanOptions): (path: string) => boolean {
  const { root = "", include: alsoInclude = [], exclude: alsoExclude = [] } = configured ?? {};
  const hasIncludes = include.length + alsoInclude.length > 0;
  if (!hasIncludes && exclude.length + alsoExclude.length === 0) return () => false;
  const included = either(matcher(include), matcher(alsoInclude, root));
  const excluded = either(matcher(exclude), matcher(alsoExclude, root));
  return (path) => excluded(path) || (hasIncludes && !path.endsWith("/") && !included(path));
}

/** Whether one of the patterns matches a printed path; they go from `root`, and match nothing outside of it. */
function matcher(patterns: readonly string[], root?: string): (path: string) => boolean {
  if (patterns.length === 0) return () => false;
  const matches = ignore({ allowRelativePaths: true }).add([...patterns]);
  if (root === undefined) return (path) => matches.ignores(path);
  return (path) => {
    const local = relative(root, resolve(path)).split(sep).join("/");
    if (local === "" || local === ".." || local.startsWith("../")) return false;
    return matches.ignores(path.endsWith("/") ? `${local}/` : local);
  };
}

function either(one: (path: string) => boolean, other: (path: string) => boolean): (path: string) => boolean {
  return (path) => one(path) || other(path);
}
