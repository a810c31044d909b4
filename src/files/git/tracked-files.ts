import { availableParallelism } from "node:os";
import { join } from "node:path";
import { type Answer, git, gitMeanwhile } from "./run.ts";
import { whyNotAskGit } from "./safety.ts";
import { PathSet } from "../scan/path-set.ts";
import type { SearchPattern } from "../scan/search-pattern.ts";

/** The files below a folder, as git knows them. Their paths go from the top of the work tree. */
export interface GitFiles {
  /** All in the index, whether they stand in the work tree or not. */
  tracked: PathSet;
  /** Of them, those that git's own search does not read from the work tree. */
  unsearched: PathSet;
  /** Asked of git when it is called for the first time. */
  ignore: () => IgnoreSettings;
}

/** How git ignores, beside the `.gitignore` files. */
export interface IgnoreSettings {
  /** The user's own patterns, for all repositories. This file and the next may be missing. */
  usersFile: string;
  /** The patterns for this repository that are not in it. They are stronger. */
  excludeFile: string;
  ignoreCase: boolean;
}

/** Why git could not answer, as a phrase. */
export interface GitProblem {
  problem: string;
}

/** A search that git does while we do other things. */
export interface GitSearch {
  /** The tracked files that hold what is wanted in the work tree, and perhaps others. Never rejected. */
  hits: Promise<PathSet | GitProblem>;
  giveUp(): void;
}

/**
 * Asks git for the files of a folder of the work tree below `top`; both paths are absolute and free of links. Has it
 * search the tracked ones meanwhile, where something is wanted. No program runs that the repository configures: `grep`
 * and `ls-files` read files without filters, and start no hook.
 */
export function askGit(
  top: string,
  folder: string,
  wanted: SearchPattern | undefined,
): { files: GitFiles; search: GitSearch | undefined } | GitProblem {
  const problem = whyNotAskGit(top, "index");
  if (problem !== undefined) return { problem };
  const search = wanted && searchByGit(top, folder, wanted);
  const files = gitFiles(top, folder);
  if (!("problem" in files)) return { files, search };
  search?.giveUp();
  return files;
}

function searchByGit(top: string, folder: string, wanted: SearchPattern): GitSearch {
  const abort = new AbortController();
  const ask = (args: readonly string[]): Promise<Answer> => gitMeanwhile(top, folder, args, abort.signal);
  return { hits: hitsOf(ask, wanted), giveUp: () => abort.abort() };
}

function gitFiles(top: string, folder: string): GitFiles | GitProblem {
  const listing = git(top, ["ls-files", "-z", "-v", "--cached", "--full-name"], { folder });
  if (listing.status !== 0) return { problem: inWords(listing) };
  const listed = listing.output.toString();
  // Of names that are not UTF-8 two may look the same, and like a third one that is.
  const hasBadNames = listed.includes("\uFFFD");
  const tracked = new PathSet();
  const unsearched = new PathSet();
  for (let start = 0, end = 0; (end = listed.indexOf("\0", start)) >= 0; start = end + 1) {
    if (hasBadNames && listed.slice(start, end).includes("\uFFFD")) continue;
    // A sign and a blank stand before each.
    tracked.add(listed, start + 2, end);
    // H and M (in a conflict). Small letters are assumed to be unchanged and S is not checked out: even so they may
    // stand in the work tree, and differ there. Scripts for PowerShell may be in UTF-16, in which git finds no words.
    const sign = listed[start];
    const mayBePowerShell = listed[end - 1] === "1" && POWERSHELL.test(listed.slice(start, end));
    if ((sign !== "H" && sign !== "M") || mayBePowerShell) unsearched.add(listed, start + 2, end);
  }
  let ignore: IgnoreSettings | undefined;
  return {
    tracked,
    unsearched,
    ignore: () => (ignore ??= ignoreSettings(top, folder)),
  };
}

const POWERSHELL = /\.ps[md]?1$/i;

/** The tracked files whose paths from the top of the work tree match one of the patterns; none where git can't say. */
export function trackedFiles(top: string, globs: readonly string[]): string[] {
  const patterns = globs.map((glob) => `:(top,glob)${glob}`);
  if (whyNotAskGit(top, "index") !== undefined) return [];
  const { status, output } = git(top, ["ls-files", "-z", "--", ...patterns]);
  return status === 0 ? namesIn(output) : [];
}

/** Without git's answers these are what they are by default. */
function ignoreSettings(top: string, folder: string): IgnoreSettings {
  const ask = (...args: string[]): string => git(top, args, { folder }).output.toString();
  const settings = ask("config", "-z", "--type=path", "--get-regexp", "^core\\.(excludesfile|ignorecase)$");
  const found = new Map(
    settings.split("\0").map((line) => {
      const end = line.indexOf("\n");
      return [line.slice(0, end), line.slice(end + 1)];
    }),
  );
  const { XDG_CONFIG_HOME: shared, HOME: home = "" } = process.env;
  const usual = join(shared ? shared : join(home, ".config"), "git", "ignore");
  // A linked work tree has it elsewhere.
  const exclude = ask("rev-parse", "--path-format=absolute", "--git-path", "info/exclude");
  return {
    usersFile: found.get("core.excludesfile") ?? usual,
    excludeFile: exclude.trimEnd() || join(top, ".git", "info", "exclude"),
    ignoreCase: found.get("core.ignorecase") === "true",
  };
}

/**
 * `--text`, because attributes may declare files to be binary. Without `--threads` git takes eight, which costs more
 * than it gains where there are fewer processors.
 */
async function hitsOf(
  ask: (args: readonly string[]) => Promise<Answer>,
  { perl, extended }: SearchPattern,
): Promise<PathSet | GitProblem> {
  const threads = Math.min(8, availableParallelism() + 1);
  const how = ["--text", "--no-textconv", "--no-color", "--full-name", "--no-recurse-submodules"];
  const grep = (kind: string, expression: string): Promise<Answer> =>
    ask(["grep", "-l", "-z", `--threads=${threads}`, ...how, kind, "-e", expression]);
  const first = await grep("--perl-regexp", perl);
  // Not every git is built with Perl's expressions.
  const failed = first.status !== 0 && first.status !== 1;
  const answer = failed ? await grep("--extended-regexp", extended) : first;
  const { status, output, complaints } = answer;
  // It goes on after a file that it can't read.
  if ((status !== 0 && status !== 1) || /^error:/m.test(complaints)) return { problem: inWords(answer) };
  const found = new PathSet();
  for (const name of namesIn(output)) found.add(name);
  return found;
}

function namesIn(output: Buffer): string[] {
  return output
    .toString()
    .split("\0")
    .filter((name) => name !== "");
}

function inWords({ status, complaints }: Answer): string {
  if (status === "missing") return "git is not installed";
  const [first = ""] = complaints.split("\n", 1);
  const why = first.replace(/^(fatal|error): /, "");
  return why === "" ? "git gave no answer" : `git says: ${why}`;
}
