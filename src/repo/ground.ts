import { join, relative, resolve, sep } from "node:path";
import type { GitFiles } from "./git-files.ts";
import { IgnoreRules } from "./ignore-rules.ts";
import { PathSet } from "./path-set.ts";
import { displayPath, namedPath } from "./paths.ts";
import { patternsOf } from "./patterns.ts";
import type { ScanOptions } from "./scan-options.ts";
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
  const { noIgnore, counts = () => true } = options;
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
    counts,
    excludes: excluder(options, printed, inFolder(displayPath(named))),
  };
}

/** What a file's path in the folder begins with. */
function inFolder(folder: string): string {
  return folder === "." ? "" : folder.endsWith("/") ? folder : `${folder}/`;
}

/**
 * Whether the options leave out a path that begins with `printed`; a folder's ends with `/`. Patterns go from the
 * working directory, from which the folder is at `fromHere`, and those of a config file from that one's folder.
 */
export function excluder(
  { include, exclude, configured }: Pick<ScanOptions, "include" | "exclude" | "configured">,
  printed: string,
  fromHere: string,
): (path: string) => boolean {
  const { root = "", include: alsoInclude = [], exclude: alsoExclude = [] } = configured ?? {};
  const hasIncludes = include.length + alsoInclude.length > 0;
  if (!hasIncludes && exclude.length + alsoExclude.length === 0) return () => false;
  const here = (path: string): string => fromHere + path.slice(printed.length);
  const fromRoot = (path: string): string => {
    const local = relative(root, resolve(path)).split(sep).join("/");
    const isInside = local !== "" && local !== ".." && !local.startsWith("../");
    return isInside && path.endsWith("/") ? `${local}/` : isInside ? local : "";
  };
  const included = either(matcher(include, here), matcher(alsoInclude, fromRoot));
  const excluded = either(matcher(exclude, here), matcher(alsoExclude, fromRoot));
  return (path) => excluded(path) || (hasIncludes && !path.endsWith("/") && !included(path));
}

/** Whether one of the patterns matches a path; `local` says where it is for them, or "" where they don't reach. */
function matcher(patterns: readonly string[], local: (path: string) => string): (path: string) => boolean {
  if (patterns.length === 0) return () => false;
  const matches = patternsOf(patterns);
  return (path) => {
    const name = local(path);
    return name !== "" && matches.ignores(name);
  };
}

function either(one: (path: string) => boolean, other: (path: string) => boolean): (path: string) => boolean {
  return (path) => one(path) || other(path);
}
