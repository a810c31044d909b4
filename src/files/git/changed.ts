import { relative, resolve, sep } from "node:path";
import { readBytes } from "../read.ts";
import { isThere } from "../there.ts";
import { entriesAt } from "./entries.ts";
import { commonSnapshot, snapshotNamed } from "./revision.ts";
import { whyNotAskGit } from "./safety.ts";
import { git, LITERAL } from "./run.ts";
import { couldBeBlob } from "./states.ts";
import { workTreeOf } from "./work-tree.ts";

/** Why it can't be told which files changed: a phrase, and what to do. */
export interface NotTold {
  problem: string;
  next?: string;
}

/**
 * The files among these that are not as they are in a revision: HEAD, or what the work tree has in common with
 * `since`, the way `git diff since...` has it. A file that git doesn't know is changed, and so is one that can't be
 * read. As in `gitStates`, no filter that the repository configures runs: blobs are hashed here.
 */
export function changedFiles(paths: readonly string[], since?: string): Set<string> | NotTold {
  const changed = new Set(paths);
  for (const [top, names] of byWorkTree(paths)) {
    if (top === undefined) return { problem: "there is no git repository here" };
    const whyNot = whyNotAskGit(top, "history");
    if (whyNot !== undefined) return { problem: `git can't be asked, because ${whyNot}` };
    const tree = treeSince(top, since);
    if (tree === undefined && since !== undefined) {
      const next = "Name a branch, a tag or a commit; in a shallow clone, have git fetch it first.";
      return { problem: `git knows no revision ${since}`, next };
    }
    if (tree === undefined) continue; // without a commit all files are new
    const entries = entriesAt(top, tree, [...names.keys()]);
    if (typeof entries === "string") {
      return { problem: entries === "missing" ? "git is not installed" : "git can't read its repository" };
    }
    for (const entry of entries) {
      const path = names.get(entry.path);
      const bytes = path === undefined ? undefined : readBytes(path, LARGEST);
      if (path !== undefined && Buffer.isBuffer(bytes) && couldBeBlob(entry.id, bytes)) changed.delete(path);
    }
  }
  return changed;
}

const LARGEST = 64 * 1024 * 1024;

/** The id of a tree; undefined where git knows no such revision. */
function treeSince(top: string, since: string | undefined): string | undefined {
  const repository = { top, here: "" };
  const named = snapshotNamed(repository, since ?? "HEAD");
  const common = since === undefined || !named ? undefined : commonSnapshot(repository, since, "HEAD");
  return (common ?? named)?.tree;
}

/** The paths of files that are not there, but that git had, in the index or in a commit that led to HEAD. */
export function deletedFiles(paths: readonly string[]): Set<string> {
  const deleted = new Set<string>();
  for (const [top, names] of byWorkTree(paths.filter((path) => !isThere(path)))) {
    if (top === undefined || whyNotAskGit(top, "history") !== undefined) continue;
    // Not `git log`, which may start the program that verifies signatures.
    const knows = (...args: readonly string[]): boolean => git(top, [LITERAL, ...args]).output.length > 0;
    for (const [name, path] of [...names].slice(0, MOST_ASKED)) {
      const isKnown = knows("ls-files", "--", name) || knows("rev-list", "-1", "HEAD", "--", name);
      if (isKnown) deleted.add(path);
    }
  }
  return deleted;
}

/** Of more names that are not there git is not asked, one by one. */
const MOST_ASKED = 500;

/** The paths by their work trees; in each by their names from its top. */
function byWorkTree(paths: readonly string[]): Map<string | undefined, Map<string, string>> {
  const folders = new Map<string, string | undefined>();
  const trees = new Map<string | undefined, Map<string, string>>();
  for (const path of paths) {
    const file = resolve(path);
    const top = workTreeOf(file, folders);
    const names = trees.get(top) ?? new Map<string, string>();
    trees.set(top, names);
    names.set(top === undefined ? file : relative(top, file).split(sep).join("/"), path);
  }
  return trees;
}
