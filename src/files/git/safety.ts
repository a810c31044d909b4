import { spawnSync } from "node:child_process";
import { type Dirent, readdirSync, statSync, type Stats } from "node:fs";
import { devNull } from "node:os";
import { dirname, join, relative, resolve, sep } from "node:path";
import { gitEnvironment } from "./environment.ts";
import { readBytes } from "../read.ts";
import { kindInWords, sizeInWords } from "../error-words.ts";

/**
 * The parts of a repository that a command of git reads: the settings and the index, or commits and files of the
 * history as well.
 */
export type GitReads = "index" | "history";

/** The largest file that git may read as a whole. Indexes and lists of branches, which it maps, may be larger. */
const LARGEST = 16 * 1024 * 1024;
const LARGEST_MAPPED = 1024 * 1024 * 1024;
const MAPPED = /^(?:index|sharedindex\..*|packed-refs)$/;

/** No repository has so many branches and tags as files of their own. */
const MOST_FILES = 500_000;

/** How many files deep git itself follows includes and alternates. */
const DEEPEST = 10;

/**
 * Why git must not be asked about the work tree at `top`: it would wait for a pipe, or read a device or a huge file to
 * its end. A phrase such as "`.git/HEAD` is a named pipe, not a file"; undefined where git can be asked. What is
 * missing, or may not be read, is left to git, which says so.
 */
export function whyNotAskGit(top: string, reads: GitReads): string | undefined {
  let files = 0;
  for (const path of filesThatGitReads(top, reads)) {
    const why = whyNotRead(path);
    if (why !== undefined) return `\`${shown(top, path)}\` ${why}`;
    files += 1;
    if (files > MOST_FILES) return "`.git` holds too many files";
  }
  return undefined;
}

function whyNotRead(path: string): string | undefined {
  const stats = statsOf(path);
  if (stats === undefined || stats.isDirectory()) return undefined;
  const name = path.slice(path.lastIndexOf(sep) + 1);
  const largest = MAPPED.test(name) ? LARGEST_MAPPED : LARGEST;
  return kindInWords(stats) ?? (stats.size > largest ? `is ${sizeInWords(stats.size)}` : undefined);
}

/** Each is yielded before it is read, so whoever goes through them stops at the first that is odd. */
function* filesThatGitReads(top: string, reads: GitReads): Generator<string> {
  const git = join(top, ".git");
  let folder = git;
  if (statsOf(git)?.isDirectory() !== true) {
    yield git;
    folder = resolve(top, /^gitdir: (.*)/.exec(textOf(git))?.[1] ?? ".git");
  }
  yield join(folder, "commondir");
  const [common = ""] = textOf(join(folder, "commondir")).split("\n", 1);
  for (const one of new Set([folder, resolve(folder, common)])) {
    for (const { name } of entriesOf(one)) yield join(one, name);
    yield* withIncludes(join(one, "config"), 0);
    yield* withIncludes(join(one, "config.worktree"), 0);
    if (reads === "history") yield* filesBelow(join(one, "refs"));
    yield* objects(join(one, "objects"), reads, 0);
  }
}

/** The config files that a config file includes, whatever the conditions. git tells, asked about that file alone. */
function* withIncludes(config: string, depth: number): Generator<string> {
  yield config;
  if (depth > DEEPEST || !/include/i.test(textOf(config))) return;
  const named = ["--type=path", "--get-regexp", "^include(if\\..*)?\\.path$"];
  const { stdout } = spawnSync("git", ["config", "--no-includes", "-z", "--file", config, ...named], {
    env: { ...gitEnvironment(dirname(config)), GIT_DIR: devNull },
    encoding: "utf8",
    timeout: 30_000,
  });
  for (const entry of (stdout ?? "").split("\0")) {
    const path = entry.slice(entry.indexOf("\n") + 1);
    if (path !== "") yield* withIncludes(resolve(dirname(config), path), depth + 1);
  }
}

/** Yields what a folder of objects holds, and those from which it borrows. */
function* objects(folder: string, reads: GitReads, depth: number): Generator<string> {
  if (depth > DEEPEST) return;
  const inner = reads === "history" ? entriesOf(folder).map(({ name }) => name) : ["info", "pack"];
  for (const name of inner) {
    // Packs and objects are mapped: only those count that are no regular files.
    for (const entry of entriesOf(join(folder, name))) {
      if (!entry.isFile()) yield join(folder, name, entry.name);
    }
  }
  const alternates = join(folder, "info", "alternates");
  yield alternates;
  for (const line of textOf(alternates).split("\n")) {
    if (line !== "" && !line.startsWith("#"))
      yield* objects(resolve(folder, unquoted(line)), reads, depth + 1);
  }
}

function* filesBelow(folder: string): Generator<string> {
  for (const entry of entriesOf(folder)) {
    const path = join(folder, entry.name);
    yield path;
    if (!entry.isFile() && statsOf(path)?.isDirectory() === true) yield* filesBelow(path);
  }
}

/** A path as git writes it in quotes, as C would; other text stays. */
function unquoted(line: string): string {
  if (!line.startsWith('"')) return line;
  const inBytes = Buffer.from(line).toString("latin1");
  const bytes = inBytes
    .slice(1, inBytes.lastIndexOf('"'))
    .replaceAll(/\\([0-7]{3}|.)/g, (_, escaped: string) =>
      escaped.length === 3 ? String.fromCharCode(Number.parseInt(escaped, 8)) : (ESCAPES[escaped] ?? escaped),
    );
  return Buffer.from(bytes, "latin1").toString();
}

const ESCAPES: Readonly<Record<string, string>> = { n: "\n", t: "\t", r: "\r", b: "\b", f: "\f", v: "\v" };

/** Empty where nothing can be read. */
function textOf(path: string): string {
  const bytes = readBytes(path, LARGEST);
  return Buffer.isBuffer(bytes) ? bytes.toString() : "";
}

/** None where the folder can't be listed. */
function entriesOf(folder: string): Dirent[] {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch {
    return [];
  }
}

function statsOf(path: string): Stats | undefined {
  try {
    return statSync(path);
  } catch {
    return undefined;
  }
}

/** From the top where it stands there. */
function shown(top: string, path: string): string {
  const local = relative(top, path);
  return (local.startsWith("..") ? path : local).split(sep).join("/");
}
