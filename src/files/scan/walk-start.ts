import { join, relative, sep } from "node:path";
import type { GitFiles } from "../git/tracked-files.ts";
import { IgnoreRules } from "./ignore-rules.ts";
import { PathSet } from "./path-set.ts";
import { displayPath, namedPath } from "../paths.ts";
import { patternsOf } from "./patterns.ts";
import type { ScanOptions } from "./options.ts";
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
    tracked: git?.tracked ?? new PathSet(),
    ignoreCase,
    gitRules,
    ownRules,
    noIgnore,
    counts,
    excludes: excluder(options, printed, inFolder(displayPath(named))),
    configured: options.configured ?? (() => undefined),
  };
}

/** Returns what a file's path in the folder begins with. */
function inFolder(folder: string): string {
  return folder === "." ? "" : folder.endsWith("/") ? folder : `${folder}/`;
}

/**
 * Whether the options, or a config, leave out a path that begins with `printed`; a folder's ends with `/`. Patterns of
 * options go from the working directory, from which the folder is at `fromHere`.
 */
export function excluder(
  { include, exclude }: Pick<ScanOptions, "include" | "exclude">,
  printed: string,
  fromHere: string,
): Ground["excludes"] {
  const here = (path: string): string => fromHere + path.slice(printed.length);
  const included = matcher(include, here);
  const excluded = matcher(exclude, here);
  return (path, configured) => {
    if (excluded?.(path) || configured?.excludes?.(path)) return true;
    const alsoIncluded = configured?.includes;
    if (!included && !alsoIncluded) return false;
    return !path.endsWith("/") && !included?.(path) && !alsoIncluded?.(path);
  };
}

/**
 * Tells whether one of the patterns matches a path; `local` says where it is for them. Undefined where there are
 * none.
 */
function matcher(
  patterns: readonly string[],
  local: (path: string) => string,
): ((path: string) => boolean) | undefined {
  if (patterns.length === 0) return undefined;
  const matches = patternsOf(patterns);
  return (path) => matches.ignores(local(path));
}
