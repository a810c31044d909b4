import { git, LITERAL } from "./run.ts";

/** A file of a revision, or one that is staged. */
export interface Entry {
  /** From the top of the work tree, with `/`. */
  path: string;
  /** The id of its blob. */
  id: string;
  isLink: boolean;
  /** 0 but for the versions of a file in a merge conflict: 1 to 3, of which 2 is ours. */
  stage: number;
}

/**
 * The files at paths from the top of a work tree, in a tree that git knows, or staged where none is given; all of them
 * where no paths are given. `missing` where there is no git, `failed` where it can't say, as in a clone without all trees.
 */
export function entriesAt(
  top: string,
  tree: string | undefined,
  paths?: readonly string[],
): Entry[] | "missing" | "failed" {
  const listing =
    tree === undefined ? ["ls-files", "--stage", "-z"] : ["ls-tree", "-r", "-z", "--full-tree", tree];
  const entries: Entry[] = [];
  for (const part of paths ? commandLines(paths) : [[]]) {
    const { status, output } = git(top, [LITERAL, ...listing, ...(part.length > 0 ? ["--", ...part] : [])]);
    if (status !== 0) return status === "missing" ? status : "failed";
    for (const line of output.toString().split("\0")) entries.push(...entryOf(line));
  }
  return entries;
}

/** ls-tree gives `mode type id<tab>path`, and ls-files `mode id stage<tab>path`. Submodules are no files. */
function entryOf(line: string): Entry[] {
  const [, mode, kind = "blob", id, stage, path] =
    /^(\d+) (?:(\w+) )?([0-9a-f]{40,64})(?: (\d))?\t([^]*)$/.exec(line) ?? [];
  if (!id || !path || mode === "160000" || kind !== "blob") return [];
  return [{ path, id, isLink: mode === "120000", stage: Number(stage ?? 0) }];
}

/** The names in as many parts as command lines are needed: Windows takes 32,767 characters. */
function commandLines(names: readonly string[]): string[][] {
  let length = Infinity;
  const parts: string[][] = [];
  for (const name of names) {
    length += name.length + 3;
    if (length > 25_000) {
      parts.push([]);
      length = name.length + 3;
    }
    parts.at(-1)?.push(name);
  }
  return parts;
}
