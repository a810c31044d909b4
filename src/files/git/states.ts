import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { relative, sep } from "node:path";
import { gitEnvironment } from "./environment.ts";
import { whyNotAskGit } from "./safety.ts";
import { workTreeOf } from "./work-tree.ts";

/**
 * `unknown`: a repository is there, but git could not say; `no-git`: because it is not installed; `whyNot`: because it
 * must not be asked, a phrase. Untracked and ignored files are not `changed`.
 */
export type GitState = "unchanged" | "changed" | "unknown" | "no-git" | { whyNot: string };

/**
 * The state of a file that git knows before anybody has looked into it: the blob that it is if it is unchanged, or
 * more.
 */
type Known = GitState | { blob: string };

/**
 * Asks git about all files at these real paths together: two processes for a few hundred files of a repository, nested
 * ones and submodules counting as their own. What it gives says of one of them, which holds these bytes, whether it has changes that are
 * in no commit; of any other file it says `unknown`.
 *
 * Nothing that the repository configures may run: `git status` and `git diff` start its `filter.*.clean`, so the
 * blob is hashed here and compared with what the index and HEAD say. A file that such a filter transforms looks
 * changed; one whose line endings git has normalised does not. Outside a repository there are no changes to lose.
 */
export async function gitStates(
  paths: readonly string[],
): Promise<(path: string, bytes: Buffer) => GitState> {
  const known = new Map<string, Known>();
  const trees = new Map<string, string[]>();
  for (const path of paths) {
    const top = workTreeOf(path);
    if (top === undefined) known.set(path, "unchanged");
    else if (trees.get(top)?.push(path) === undefined) trees.set(top, [path]);
  }
  for (const [top, inTree] of trees) {
    const names = new Map(inTree.map((path) => [relative(top, path).split(sep).join("/"), path]));
    const knownOf = await askGit(top, [...names.keys()]);
    for (const [name, path] of names) known.set(path, knownOf(name));
  }
  return (path, bytes) => {
    const found = known.get(path) ?? "unknown";
    if (typeof found === "string" || "whyNot" in found) return found;
    return couldBeBlob(found.blob, bytes) ? "unchanged" : "changed";
  };
}

async function askGit(top: string, names: readonly string[]): Promise<(name: string) => Known> {
  const whyNot = whyNotAskGit(top, "history");
  if (whyNot !== undefined) return () => ({ whyNot });
  const [index, head] = await Promise.all([
    listed(top, ["ls-files", "--stage"], names),
    listed(top, ["ls-tree", "-r", "HEAD"], names),
  ]);
  if (index === "no-git") return () => "no-git";
  if (index === "failed") return () => "unknown";
  return (name) => {
    const [staged, ...otherStages] = index.get(name) ?? [];
    if (staged === undefined) return "unchanged"; // untracked
    if (otherStages.length > 0 || !(head instanceof Map)) return "changed"; // a conflict, or no commit yet
    return staged === head.get(name)?.[0] ? { blob: staged } : "changed";
  };
}

/** The names in as many parts as command lines are needed: Windows takes 32,767 characters. */
function commandLines(names: readonly string[]): string[][] {
  let length = 0;
  const parts: string[][] = [];
  for (const name of names) {
    length += name.length + 3;
    const part = parts.at(-1);
    if (part && length < 25_000) part.push(name);
    else {
      parts.push([name]);
      length = name.length + 3;
    }
  }
  return parts;
}

/** The object ids that a listing of git holds for the names: none, one, or one for each side of a conflict. */
export async function listed(
  top: string,
  listing: readonly string[],
  names: readonly string[],
): Promise<Map<string, string[]> | "failed" | "no-git"> {
  const found = new Map<string, string[]>(names.map((name) => [name, []]));
  for (const part of commandLines(names)) {
    // ls-files: `mode id stage<tab>name`, ls-tree: `mode type id<tab>name`, each ended by a NUL.
    const ended = await runGit(top, ["--literal-pathspecs", ...listing, "-z", "--", ...part], (line) => {
      const tab = line.indexOf("\t");
      const ids = found.get(line.slice(tab + 1));
      const id = ids && /\b[0-9a-f]{40,64}\b/.exec(line.slice(0, tab))?.[0];
      if (id !== undefined) ids?.push(id);
    });
    if (ended !== "done") return ended;
  }
  return found;
}

/** Runs git and takes its output line by line, so that no more of it is held than is wanted. */
async function runGit(
  top: string,
  args: readonly string[],
  take: (line: string) => void,
): Promise<"done" | "failed" | "no-git"> {
  const config = ["-c", "core.fsmonitor=false", "--no-pager", "-C", top];
  return new Promise((resolve) => {
    const git = spawn("git", [...config, ...args], {
      env: gitEnvironment(top),
      stdio: ["ignore", "pipe", "ignore"],
    });
    // Not Node's own `timeout` option: it is waited for to its end where git could not be started.
    const timer = git.pid === undefined ? undefined : setTimeout(() => git.kill(), 60_000);
    let rest = "";
    git.stdout.setEncoding("utf8").on("data", (chunk: string) => {
      const lines = (rest + chunk).split("\0");
      rest = lines.pop() ?? "";
      lines.forEach(take);
    });
    git.on("error", (error) => resolve("code" in error && error.code === "ENOENT" ? "no-git" : "failed"));
    git.on("close", (status) => {
      clearTimeout(timer);
      resolve(status === 0 ? "done" : "failed");
    });
  });
}

/** Tells whether a file with these bytes may be the blob with this id; line endings may differ that git normalises. */
export function couldBeBlob(id: string, bytes: Buffer): boolean {
  if (blobId(id, bytes) === id) return true;
  if (!bytes.includes("\r\n")) return false;
  return blobId(id, Buffer.from(bytes.toString("latin1").replaceAll("\r\n", "\n"), "latin1")) === id;
}

function blobId(like: string, bytes: Buffer): string {
  const hash = createHash(like.length === 64 ? "sha256" : "sha1");
  return hash.update(`blob ${bytes.length}\0`).update(bytes).digest("hex");
}
