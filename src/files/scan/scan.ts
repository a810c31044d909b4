import { join, resolve } from "node:path";
import { setImmediate } from "node:timers/promises";
import { compareText } from "../../rule/text-order.ts";
import { languageOf } from "../../sources/languages.ts";
import { askGit } from "../git/tracked-files.ts";
import { workTreeOf } from "../git/work-tree.ts";
import { realPath } from "../there.ts";
import { groundOf } from "./walk-start.ts";
import type { Skipped } from "./skipped-names.ts";
import type { Unreadable } from "../../sources/unreadable.ts";
import type { ScanOptions } from "./options.ts";
import { searchFile, tooLarge } from "./search-file.ts";
import { BAD_NAME, type FoundFile, type Ground, type Listing, walk } from "./walk.ts";
import { TRIGGER_WORDS, type SearchPattern } from "./search-pattern.ts";

/**
 * What a scan found. Paths are as they are printed, with `/`, and can be opened. All that
 * was looked at is in one of the lists or held no trigger words; the lists are sorted and share no path.
 */
export interface Scan {
  /** Files whose text holds trigger words, in whatever language. */
  candidates: string[];
  /** The length of all the lists. */
  looked: number;
  skipped: Skipped[];
  /** Data files that hold trigger words but that git ignores, as it often does with rules, because they hold ids. */
  ignored: string[];
  /** The files that could not be searched or opened. Bytes of a name that are not UTF-8 are given as `\xE9`. */
  unreadable: Unreadable[];
  /** Files without trigger words, in no order. */
  without: string[];
  /** Why git did not help in a work tree, which makes a scan slower and loses nothing: a phrase. */
  withoutGit?: string;
}

/**
 * Finds the files of folders that may hold a request. A folder that is named is always looked into, whatever its name
 * and whether or not it is ignored. In a work tree `git grep` searches the tracked files while we walk; what it does
 * not search is read here. No program that a repository configures runs.
 */
export async function scanFolders(folders: readonly string[], options: ScanOptions): Promise<Scan> {
  // Listing what can't be found says what is wrong.
  const real = new Map(folders.map((folder) => [realPath(folder) ?? resolve(folder), folder]));
  const tally = new Tally(TRIGGER_WORDS, real.size > 1);
  // Outer folders first, so that inner ones add only what was left out of them.
  for (const [folder, named] of [...real].toSorted(([a], [b]) => a.length - b.length)) {
    await scanFolder(folder, named, options, tally);
  }
  return tally.result();
}

/**
 * The files of a work tree, or of another folder, in which what is wanted stands. Paths go from that folder;
 * what is ignored, vendored or generated is left out, and so are what the configs leave out and what can't be read.
 */
export async function filesWith(
  top: string,
  wanted: SearchPattern,
  configured?: ScanOptions["configured"],
): Promise<string[]> {
  const tally = new Tally(wanted, false);
  const { printed } = await scanFolder(
    realPath(top) ?? resolve(top),
    top,
    { include: [], exclude: [], noIgnore: false, configured },
    tally,
  );
  return tally.result().candidates.map((path) => path.slice(printed.length));
}

async function scanFolder(
  folder: string,
  named: string,
  options: ScanOptions,
  tally: Tally,
): Promise<Ground> {
  const top = workTreeOf(join(folder, "file"));
  // Where only some of the files count, reading them takes less time than git for all.
  const git = top === undefined ? undefined : askGit(top, folder, options.counts ? undefined : tally.wanted);
  const known = git && "files" in git ? git : undefined;
  const ground = groundOf(folder, named, top ?? folder, known?.files, options);
  const { tracked, files, skipped, unreadable } = tally.onlyNew(walk(ground), folder, ground.printed);
  for (const one of skipped) tally.skipped.push(one);
  for (const one of unreadable) tally.unreadable.push(one);
  await searchAll(files, options, tally);
  const hits = await known?.search?.hits;
  for (const answer of [git, hits]) if (answer && "problem" in answer) tally.withoutGit = answer.problem;
  const open: FoundFile[] = [];
  for (const { folder: inside, path, names } of tracked) {
    const found = hits && "in" in hits ? hits.in(inside) : undefined;
    const unsearched = known?.files.unsearched.in(inside);
    for (const name of names) {
      if (!found || found.has(name) || unsearched?.has(name))
        open.push({ path: path + name, role: "tracked" });
      else tally.without.push(path + name);
    }
  }
  await searchAll(open, options, tally);
  return ground;
}

/** For fewer files a second thread starts too late to help. */
const MANY = 4000;

async function searchAll(
  files: readonly FoundFile[],
  { progress }: ScanOptions,
  tally: Tally,
): Promise<void> {
  const isWithout =
    files.length < MANY
      ? () => false
      : (await import("./second-search.ts")).searchFromTheEnd(files, tally.wanted);
  for (const [index, file] of files.entries()) {
    if (isWithout(index)) tally.without.push(file.path);
    else tally.search(file);
    if (index % 1024 !== 1023) continue;
    progress?.(tally.looked());
    await setImmediate(); // so that the run can be stopped
  }
}

class Tally {
  readonly wanted: SearchPattern;
  readonly candidates: string[] = [];
  readonly ignored: string[] = [];
  readonly skipped: Skipped[] = [];
  readonly unreadable: Unreadable[] = [];
  readonly without: string[] = [];
  withoutGit: string | undefined;
  readonly #seen: Set<string> | undefined;

  constructor(wanted: SearchPattern, foldersMayOverlap: boolean) {
    this.wanted = wanted;
    this.#seen = foldersMayOverlap ? new Set() : undefined;
  }

  /** Returns what was not met in another folder yet; `folder` is the real path of what is printed as `printed`. */
  onlyNew(listing: Listing, folder: string, printed: string): Listing {
    const seen = this.#seen;
    if (!seen) return listing;
    const isNewAt = (path: string): boolean => {
      const { size } = seen;
      return seen.add(`${folder}/${path.slice(printed.length)}`).size > size;
    };
    const isNew = ({ path }: { path: string }): boolean => isNewAt(path);
    const { tracked, files, skipped, unreadable } = listing;
    return {
      tracked: tracked.map((one) => ({
        ...one,
        names: one.names.filter((name) => isNewAt(one.path + name)),
      })),
      files: files.filter(isNew),
      skipped: skipped.filter(isNew),
      unreadable: unreadable.filter(isNew),
    };
  }

  search({ path, raw, role }: FoundFile): void {
    const result = searchFile(raw ?? path, this.wanted);
    if (result === "without") this.without.push(path);
    else if (result === "found" && raw) this.unreadable.push({ path, ...BAD_NAME });
    else if (result === "found") (role === "ignored" ? this.ignored : this.candidates).push(path);
    else if (typeof result === "object") this.unreadable.push({ path, ...result });
    else if (result === "too-large" && languageOf(path)) this.unreadable.push({ path, ...tooLarge() });
    else this.skipped.push({ path, why: result });
  }

  looked(): number {
    const { candidates, ignored, skipped, unreadable, without } = this;
    return candidates.length + ignored.length + skipped.length + unreadable.length + without.length;
  }

  result(): Scan {
    const { candidates, ignored, skipped, unreadable, without, withoutGit } = this;
    const byPath = (a: { path: string }, b: { path: string }): number => compareText(a.path, b.path);
    return {
      candidates: candidates.toSorted(compareText),
      looked: this.looked(),
      skipped: skipped.toSorted(byPath),
      ignored: ignored.toSorted(compareText),
      unreadable: unreadable.toSorted(byPath),
      without,
      ...(withoutGit !== undefined && { withoutGit }),
    };
  }
}
