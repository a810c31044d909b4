import { execFile } from "node:child_process";
import { statSync } from "node:fs";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { gitEnvironment } from "./git.ts";
import type { Wanted } from "./wanted.ts";

/** What git knows of the files below a folder. Their paths go from the top of the work tree. */
export interface GitFiles {
  /** All in the index, whether they stand in the work tree or not. */
  tracked: ReadonlySet<string>;
  /** Of them, those that git's own search does not read from the work tree. */
  unsearched: ReadonlySet<string>;
  ignore: IgnoreSettings;
}

/** How git ignores, beside the `.gitignore` files. */
export interface IgnoreSettings {
  /** Files of patterns for the whole work tree, the weakest first. They may be missing. */
  files: string[];
  ignoreCase: boolean;
}

/** Why git could not answer, as a phrase. */
export interface GitProblem {
  problem: string;
}

/** Two questions that git works on at the same time. Neither promise is ever rejected. */
export interface GitAnswers {
  files: Promise<GitFiles | GitProblem>;
  /** The tracked files that hold what is wanted in the work tree, and perhaps others. */
  hits: Promise<ReadonlySet<string> | GitProblem>;
}

/** No repository takes that long. A named pipe where git reads its configuration would take for ever. */
const LONGEST = 300_000;

/**
 * Asks git about a folder of the work tree below `top`; both paths are absolute and free of links. No program that
 * the repository configures runs: `grep` and `ls-files` read files without filters, and start no hook.
 */
export function askGit(top: string, folder: string, wanted: Wanted): GitAnswers {
  const givenUp = new AbortController();
  const git = (...args: string[]): Promise<Output> => run(top, folder, args, givenUp.signal);
  const hits = hitsOf(git, wanted); // first, because it takes longest
  const files = filesOf(top, git).then((answer) => {
    if ("problem" in answer) givenUp.abort();
    return answer;
  });
  return { files, hits };
}

type Git = (...args: string[]) => Promise<Output>;

async function filesOf(top: string, git: Git): Promise<GitFiles | GitProblem> {
  const [listing, ignore] = await Promise.all([
    git("ls-files", "-z", "-v", "--cached", "--full-name"),
    ignoreSettings(top, git),
  ]);
  if (listing.status !== 0) return { problem: inWords(listing) };
  const tracked = new Set<string>();
  const unsearched = new Set<string>();
  for (const line of listing.output.split("\0")) {
    const path = line.slice(2);
    // Another name, one that is not UTF-8, may look the same.
    if (path === "" || path.includes("\uFFFD")) continue;
    tracked.add(path);
    // H and M (in a conflict). Small letters are assumed to be unchanged and S is not checked out: even so they may
    // stand in the work tree, and differ there.
    if (!/^[HM]/.test(line)) unsearched.add(path);
  }
  return { tracked, unsearched, ignore };
}

async function ignoreSettings(top: string, git: Git): Promise<IgnoreSettings> {
  const [settings, exclude] = await Promise.all([
    git("config", "-z", "--type=path", "--get-regexp", "^core\\.(excludesfile|ignorecase)$"),
    excludeFile(top, git),
  ]);
  const found = new Map(
    settings.output.split("\0").map((line) => {
      const end = line.indexOf("\n");
      return [line.slice(0, end), line.slice(end + 1)];
    }),
  );
  const { XDG_CONFIG_HOME: shared, HOME: home = "" } = process.env;
  const usual = join(shared ? shared : join(home, ".config"), "git", "ignore");
  return {
    files: [found.get("core.excludesfile") ?? usual, exclude],
    ignoreCase: found.get("core.ignorecase") === "true",
  };
}

/** Linked work trees share that of the main one. */
async function excludeFile(top: string, git: Git): Promise<string> {
  const usual = join(top, ".git", "info", "exclude");
  if (!statSync(join(top, ".git"), { throwIfNoEntry: false })?.isFile()) return usual;
  const { status, output } = await git("rev-parse", "--path-format=absolute", "--git-path", "info/exclude");
  return status === 0 ? output.trimEnd() : usual;
}

/**
 * `--text`, because attributes may declare files to be binary. Without `--threads` git takes eight, which costs more
 * than it gains where there are fewer processors.
 */
async function hitsOf(git: Git, { perl, extended }: Wanted): Promise<ReadonlySet<string> | GitProblem> {
  const threads = Math.min(8, availableParallelism() + 1);
  const options = ["--text", "--no-textconv", "--no-color", "--full-name", "--no-recurse-submodules"];
  const grep = (kind: string, expression: string): Promise<Output> =>
    git("grep", "-l", "-z", `--threads=${threads}`, ...options, kind, "-e", expression);
  const first = await grep("--perl-regexp", perl);
  // Not every git is built with Perl's expressions.
  const failed = first.status !== 0 && first.status !== 1;
  const answer = failed ? await grep("--extended-regexp", extended) : first;
  const { status, output, complaints } = answer;
  // It goes on after a file that it can't read.
  if ((status !== 0 && status !== 1) || /^error:/m.test(complaints)) return { problem: inWords(answer) };
  return new Set(output.split("\0"));
}

interface Output {
  /** `missing` where there is no git. */
  status: number | "missing" | "killed";
  output: string;
  complaints: string;
}

function run(top: string, folder: string, args: readonly string[], signal: AbortSignal): Promise<Output> {
  const config = [
    "-c",
    "core.fsmonitor=false",
    "-c",
    "core.untrackedCache=false",
    "--no-pager",
    "-C",
    folder,
  ];
  const options = { env: gitEnvironment(top), timeout: LONGEST, maxBuffer: 2 ** 28, signal };
  return new Promise((resolve) => {
    execFile("git", [...config, ...args], options, (error, output, complaints) => {
      const code = error?.code;
      const status =
        error === null ? 0 : typeof code === "number" ? code : code === "ENOENT" ? "missing" : "killed";
      resolve({ status, output, complaints });
    });
  });
}

function inWords({ status, complaints }: Output): string {
  if (status === "missing") return "git is not installed";
  const [first = ""] = complaints.split("\n", 1);
  const why = first.replace(/^(fatal|error): /, "");
  return why === "" ? "git gave no answer" : `git says: ${why}`;
}
