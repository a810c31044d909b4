import { realpathSync } from "node:fs";
import { join, relative, resolve, sep } from "node:path";
import { setImmediate } from "node:timers/promises";
import ignore from "ignore";
import { compareText } from "../rule/text-order.ts";
import { languageOf } from "../syntax/registry.ts";
import { workTreeOf } from "./git.ts";
import { askGit, type GitFiles } from "./git-files.ts";
import { type IgnoreRules, readIgnoreFile } from "./ignore-rules.ts";
import { displayPath } from "./paths.ts";
import type { Unreadable } from "./read.ts";
import { searchFile, tooLarge } from "./search-file.ts";
import { type Found, type Ground, walk } from "./walk.ts";

/** A file that was not searched, or a folder as a whole: then the path ends with `/`. */
export interface Skipped {
  path: string;
  why:
    | "vendored"
    | "generated"
    /** What an interrupted atomic write has left: `rule.json.1234567`. */
    | "leftover"
    /** By `include`, `exclude` or a `.ignore` file. */
    | "excluded"
    | "link"
    | "binary"
    /** Of no language that is read, and over 64 MiB. */
    | "too-large"
    /** A named pipe, a socket or a device. */
    | "special"
    /** A repository inside the one that is scanned: a submodule, a linked work tree, a clone. */
    | "repository"
    /** A folder that git ignores and that holds too much to look for data files in it. */
    | "ignored";
}

export interface ScanOptions {
  /** Patterns as in .gitignore, for paths as they are printed. Unless empty, files that none matches are left out. */
  include: readonly string[];
  /** Patterns of the same kind; what they match is left out. */
  exclude: readonly string[];
  /** Takes ignored files for files like any other. What is vendored or generated stays out. */
  noIgnore: boolean;
  /** Is told from time to time how many files were looked at so far. */
  progress?: (looked: number) => void;
}

/**
 * What a scan found. Paths are as they are printed, from the working directory with `/`, and can be opened. All that
 * was looked at is in one of the lists or held no trigger words; the lists are sorted and share no path.
 */
export interface Scan {
  /** Files whose text holds trigger words, in whatever language. */
  candidates: string[];
  /** The length of all the lists, and the number of files without trigger words. */
  looked: number;
  skipped: Skipped[];
  /** Data files that hold trigger words but that git ignores, as it often does with rules, because they hold ids. */
  ignored: string[];
  /** What could not be searched or opened. Bytes of a name that are not UTF-8 are given as `\xE9`. */
  unreadable: Unreadable[];
  /** Why git did not help in a work tree, which makes a scan slower and loses nothing: a phrase. */
  withoutGit?: string;
}

/**
 * Finds the files of folders that may hold a request. A folder that is named is always looked into, whatever its name
 * and whether or not it is ignored. In a work tree `git grep` searches the tracked files while we walk; what it does
 * not search is read here. No program that a repository configures runs.
 */
export async function scanFolders(folders: readonly string[], options: ScanOptions): Promise<Scan> {
  const scan: Scan = { candidates: [], looked: 0, skipped: [], ignored: [], unreadable: [] };
  const seen = new Set<string>();
  const real = new Map(folders.map((folder) => [realPath(folder), folder]));
  // Outer folders first, so that inner ones add only what was left out of them.
  for (const [folder, named] of [...real].toSorted(([a], [b]) => a.length - b.length)) {
    await scanFolder(folder, named, options, scan, real.size > 1 ? seen : undefined);
  }
  scan.candidates.sort(compareText);
  scan.ignored.sort(compareText);
  scan.skipped.sort((a, b) => compareText(a.path, b.path));
  scan.unreadable.sort((a, b) => compareText(a.path, b.path));
  return scan;
}

async function scanFolder(
  folder: string,
  named: string,
  options: ScanOptions,
  scan: Scan,
  seen: Set<string> | undefined,
): Promise<void> {
  const top = workTreeOf(join(folder, "file"));
  const asked = top === undefined ? undefined : askGit(top, folder);
  const answer = await asked?.files;
  if (answer && "problem" in answer) scan.withoutGit = answer.problem;
  const files = answer && "tracked" in answer ? answer : undefined;
  const ground = groundOf(folder, named, top ?? folder, files, options);
  const listing = walk(ground);
  const isNew = (path: string): boolean => {
    if (seen === undefined) return true;
    const whole = `${folder}/${path.slice(ground.printed.length)}`;
    return !seen.has(whole) && seen.add(whole).has(whole);
  };
  for (const skipped of listing.skipped) if (isNew(skipped.path)) scan.skipped.push(skipped);
  for (const unreadable of listing.unreadable) if (isNew(unreadable.path)) scan.unreadable.push(unreadable);
  scan.looked = scan.skipped.length + scan.unreadable.length;

  const hits = files && (await asked?.hits);
  if (hits && "problem" in hits) scan.withoutGit = hits.problem;
  const byGit = hits && "has" in hits ? hits : undefined;
  let searched = 0;
  for (const found of listing.files) {
    if (!isNew(found.path)) continue;
    scan.looked++;
    const { role, inside } = found;
    if (role === "tracked" && byGit && !byGit.has(inside) && !files?.unsearched.has(inside)) continue;
    search(found, scan);
    if (++searched % 256 !== 0) continue;
    options.progress?.(scan.looked);
    await setImmediate(); // so that the run can be stopped
  }
}

function groundOf(
  folder: string,
  named: string,
  root: string,
  git: GitFiles | undefined,
  options: ScanOptions,
): Ground {
  const printed = displayPath(named);
  const below = relative(root, folder).split(sep).join("/");
  const ignoreCase = git?.ignore.ignoreCase ?? false;
  const { noIgnore } = options;
  let gitRules: IgnoreRules | undefined;
  let ownRules: IgnoreRules | undefined;
  if (!noIgnore) {
    for (const file of git?.ignore.files ?? []) gitRules = readIgnoreFile(file, "", ignoreCase, gitRules);
    // The walk reads those of the folder itself, and of the folders in it.
    const names = below === "" ? [] : below.split("/");
    for (const [depth] of names.entries()) {
      const above = names
        .slice(0, depth)
        .map((name) => `${name}/`)
        .join("");
      gitRules = readIgnoreFile(join(root, above, ".gitignore"), above, ignoreCase, gitRules);
      ownRules = readIgnoreFile(join(root, above, ".ignore"), above, false, ownRules);
    }
  }
  return {
    printed: printed === "." ? "" : `${printed}/`,
    inside: below === "" ? "" : `${below}/`,
    tracked: git?.tracked ?? new Set(),
    ignoreCase,
    gitRules,
    ownRules,
    noIgnore,
    excludes: excluder(options),
  };
}

/** Whether the options leave out a printed path; a folder's ends with `/`. */
function excluder({ include, exclude }: ScanOptions): (path: string) => boolean {
  if (include.length + exclude.length === 0) return () => false;
  const relaxed = { allowRelativePaths: true };
  const included = ignore(relaxed).add([...include]);
  const excluded = ignore(relaxed).add([...exclude]);
  return (path) =>
    excluded.ignores(path) || (include.length > 0 && !path.endsWith("/") && !included.ignores(path));
}

function search({ path, raw, role }: Found, scan: Scan): void {
  const result = searchFile(raw ?? path);
  if (result === "without") return;
  if (result === "words" && raw) scan.unreadable.push({ path, ...badName });
  else if (result === "words") (role === "ignored" ? scan.ignored : scan.candidates).push(path);
  else if (typeof result === "object") scan.unreadable.push({ path, ...result });
  else if (result === "too-large" && languageOf(path)) scan.unreadable.push({ path, ...tooLarge() });
  else scan.skipped.push({ path, why: result });
}

const badName: Omit<Unreadable, "path"> = {
  reason: "io",
  message: "has a name that is not UTF-8",
  next: "Rename it, then run again.",
};

function realPath(folder: string): string {
  try {
    return realpathSync(folder);
  } catch {
    return resolve(folder); // listing it will say what is wrong
  }
}

/** The files of a repository in which one of the names stands, from its top. */
export async function filesNaming(_top: string, _names: readonly string[]): Promise<string[]> {
  return [];
}
