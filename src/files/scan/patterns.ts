import ignore, { type Ignore } from "ignore";

/**
 * What tells whether one of the patterns matches a path below the folder from which they go: patterns as in .gitignore,
 * in which case matters. `./a`, as shells complete it, is `/a`: as git reads it, it would match nothing, and what is to
 * be left out would be written. A path that leads out of the folder matches none.
 */
export function patternsOf(patterns: readonly string[]): Ignore {
  return ignore({ allowRelativePaths: true, ignoreCase: false }).add(
    patterns.map((pattern) => pattern.replace(/^(!?)\.\//, "$1/")),
  );
}
