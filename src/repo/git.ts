import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, statSync } from "node:fs";
import { basename, dirname, join } from "node:path";

/** `unknown`: a repository is there, but git could not say. Untracked and ignored files are not `changed`. */
export type GitState = "unchanged" | "changed" | "unknown";

/**
 * Whether the file at a real path, which holds these bytes, has changes that are in no commit.
 *
 * Nothing that the repository configures may run: `git status` and `git diff` start its `filter.*.clean`, so the
 * blob is hashed here and compared with what the index and HEAD say. A file that such a filter transforms looks
 * changed; one whose line endings git has normalised does not. Without git there are no changes to lose.
 */
export async function gitState(path: string, bytes: Buffer): Promise<GitState> {
  const top = workTreeOf(path);
  if (top === undefined) return "unchanged";
  const [index, head] = await Promise.all([
    listed(top, path, ["ls-files", "--stage"]),
    listed(top, path, ["ls-tree", "HEAD"]),
  ]);
  if (index === "no-git") return "unchanged";
  if (index === "failed") return "unknown";
  const [staged, ...otherStages] = index;
  if (staged === undefined) return "unchanged"; // untracked
  if (otherStages.length > 0 || !Array.isArray(head)) return "changed"; // a conflict, or no commit yet
  return staged === head[0] && couldBeBlob(staged, bytes) ? "unchanged" : "changed";
}

/** The folder with the `.git` that the file belongs to. Found here, because git would heed `core.worktree`. */
export function workTreeOf(path: string): string | undefined {
  for (let folder = dirname(path); ; folder = dirname(folder)) {
    const git = join(folder, ".git");
    const found = statSync(git, { throwIfNoEntry: false });
    if (found?.isFile() === true || existsSync(join(git, "HEAD"))) return folder;
    if (folder === dirname(folder)) return undefined;
  }
}

/** The object ids that a listing of git holds for the path: none, one, or one for each side of a conflict. */
async function listed(
  top: string,
  path: string,
  listing: readonly string[],
): Promise<string[] | "failed" | "no-git"> {
  const name = basename(path);
  const config = ["-c", "core.fsmonitor=false", "--no-pager", "--literal-pathspecs", "-C", dirname(path)];
  const args = [...config, ...listing, "-z", "--", name];
  const env = gitEnvironment(top);
  return new Promise((resolve) => {
    execFile("git", args, { env, timeout: 10_000, maxBuffer: 2 ** 26 }, (error, output) => {
      if (error !== null) return resolve(error.code === "ENOENT" ? "no-git" : "failed");
      // ls-files: `mode id stage<tab>name`, ls-tree: `mode type id<tab>name`, each ended by a NUL.
      const lines = output.split("\0").filter((line) => line.slice(line.indexOf("\t") + 1) === name);
      resolve(
        lines.flatMap((line) => /\b[0-9a-f]{40,64}\b/.exec(line.slice(0, line.indexOf("\t")))?.[0] ?? []),
      );
    });
  });
}

/** No variable may lead git to another repository, and git may start no pager, prompt, transport or helper. */
export function gitEnvironment(top: string): NodeJS.ProcessEnv {
  const inherited = Object.entries(process.env).filter(([name]) => !name.startsWith("GIT_"));
  return {
    ...Object.fromEntries(inherited),
    GIT_DIR: join(top, ".git"),
    GIT_WORK_TREE: top,
    // A partial clone fetches the objects it lacks, with whatever program its configuration names.
    GIT_NO_LAZY_FETCH: "1",
    GIT_ALLOW_PROTOCOL: "none",
    GIT_OPTIONAL_LOCKS: "0",
    GIT_TERMINAL_PROMPT: "0",
    LC_ALL: "C",
  };
}

function couldBeBlob(id: string, bytes: Buffer): boolean {
  if (blobId(id, bytes) === id) return true;
  if (!bytes.includes("\r\n")) return false;
  return blobId(id, Buffer.from(bytes.toString("latin1").replaceAll("\r\n", "\n"), "latin1")) === id;
}

function blobId(like: string, bytes: Buffer): string {
  const hash = createHash(like.length === 64 ? "sha256" : "sha1");
  return hash.update(`blob ${bytes.length}\0`).update(bytes).digest("hex");
}
