import { execFile, spawnSync } from "node:child_process";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { gitEnvironment } from "./environment.ts";
import { whyNotAskGit } from "./safety.ts";
import { PathSet } from "../scan/path-set.ts";
import type { SearchPattern } from "../scan/search-pattern.ts";
import { errorCode } from "../error-words.ts";

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

/** No repository takes that long. */
const LONGEST = 300_000;

/**
 * Has git search the tracked files of a folder of the work tree below `top`; both paths are absolute and free of links.
 * Here as in the other questions no program runs that the repository configures: `grep` and `ls-files` read files
 * without filters, and start no hook.
 */
export function searchByGit(top: string, folder: string, wanted: SearchPattern): GitSearch {
  const abort = new AbortController();
  const git = (...args: string[]): Promise<Output> => run(top, folder, args, abort.signal);
  return { hits: hitsOf(git, wanted), giveUp: () => abort.abort() };
}

/** Asks git for the files of a folder, named as for `searchByGit`. */
export function gitFiles(top: string, folder: string): GitFiles | GitProblem {
  const listing = runSync(top, folder, ["ls-files", "-z", "-v", "--cached", "--full-name"]);
  if (listing.status !== 0) return { problem: inWords(listing) };
  // Of names that are not UTF-8 two may look the same, and like a third one that is.
  const hasBadNames = listing.output.includes("\uFFFD");
  const paths: string[] = [];
  const unsearched: string[] = [];
  for (const line of listing.output.split("\0")) {
    if (line === "" || (hasBadNames && line.includes("\uFFFD"))) continue;
    const path = line.slice(2);
    paths.push(path);
    // H and M (in a conflict). Small letters are assumed to be unchanged and S is not checked out: even so they may
    // stand in the work tree, and differ there. Scripts for PowerShell may be in UTF-16, in which git finds no words.
    const isSearched =
      (line.startsWith("H") || line.startsWith("M")) && !(line.endsWith("1") && POWERSHELL.test(line));
    if (!isSearched) unsearched.push(path);
  }
  let ignore: IgnoreSettings | undefined;
  return {
    tracked: new PathSet(paths),
    unsearched: new PathSet(unsearched),
    ignore: () => (ignore ??= ignoreSettings(top, folder)),
  };
}

const POWERSHELL = /\.ps[md]?1$/i;

/** The tracked files whose paths from the top of the work tree match one of the patterns; none where git can't say. */
export function trackedFiles(top: string, globs: readonly string[]): string[] {
  const patterns = globs.map((glob) => `:(top,glob)${glob}`);
  const { status, output } = runSync(top, top, ["ls-files", "-z", "--", ...patterns]);
  return status === 0 ? output.split("\0").filter((path) => path !== "") : [];
}

/** Without git's answers these are what they are by default. */
function ignoreSettings(top: string, folder: string): IgnoreSettings {
  const ask = (...args: string[]): string => runSync(top, folder, args).output;
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
  git: (...args: string[]) => Promise<Output>,
  { perl, extended }: SearchPattern,
): Promise<PathSet | GitProblem> {
  const threads = Math.min(8, availableParallelism() + 1);
  const how = ["--text", "--no-textconv", "--no-color", "--full-name", "--no-recurse-submodules"];
  const grep = (kind: string, expression: string): Promise<Output> =>
    git("grep", "-l", "-z", `--threads=${threads}`, ...how, kind, "-e", expression);
  const first = await grep("--perl-regexp", perl);
  // Not every git is built with Perl's expressions.
  const failed = first.status !== 0 && first.status !== 1;
  const answer = failed ? await grep("--extended-regexp", extended) : first;
  const { status, output, complaints } = answer;
  // It goes on after a file that it can't read.
  if ((status !== 0 && status !== 1) || /^error:/m.test(complaints)) return { problem: inWords(answer) };
  return new PathSet(output.split("\0"));
}

interface Output {
  /** `missing` where there is no git, `unasked` where it must not be asked: the complaint says why. */
  status: number | "missing" | "killed" | "unasked";
  output: string;
  complaints: string;
}

async function run(
  top: string,
  folder: string,
  args: readonly string[],
  signal: AbortSignal,
): Promise<Output> {
  const odd = whyNotAskGit(top, "index");
  if (odd !== undefined) return unasked(odd);
  return new Promise((resolve) => {
    const git = execFile("git", inFolder(folder, args), options(top), (error, output, complaints) => {
      resolve({ status: error === null ? 0 : statusOf(error.code), output, complaints });
    });
    const kill = (): boolean => git.kill();
    // Node's own `signal` option kills what never started too, by whatever number stands there: 0 is our own group.
    if (git.pid === undefined) return;
    if (signal.aborted) kill();
    else signal.addEventListener("abort", kill);
  });
}

function runSync(top: string, folder: string, args: readonly string[]): Output {
  const odd = whyNotAskGit(top, "index");
  if (odd !== undefined) return unasked(odd);
  const { status, error, stdout, stderr } = spawnSync("git", inFolder(folder, args), options(top));
  return { status: statusOf(status ?? errorCode(error)), output: stdout ?? "", complaints: stderr ?? "" };
}

function unasked(why: string): Output {
  return { status: "unasked", output: "", complaints: why };
}

function statusOf(code: string | number | null | undefined): Output["status"] {
  if (typeof code === "number") return code;
  return code === "ENOENT" ? "missing" : "killed";
}

function inFolder(folder: string, args: readonly string[]): string[] {
  const config = ["-c", "core.fsmonitor=false", "-c", "core.untrackedCache=false", "--no-pager"];
  return [...config, "-C", folder, ...args];
}

function options(top: string) {
  return { env: gitEnvironment(top), timeout: LONGEST, maxBuffer: 2 ** 28, encoding: "utf8" } as const;
}

function inWords({ status, complaints }: Output): string {
  if (status === "missing") return "git is not installed";
  if (status === "unasked") return complaints;
  const [first = ""] = complaints.split("\n", 1);
  const why = first.replace(/^(fatal|error): /, "");
  return why === "" ? "git gave no answer" : `git says: ${why}`;
}
