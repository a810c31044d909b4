import { createHash } from "node:crypto";
import { relative, sep } from "node:path";
import { entriesAt } from "./entries.ts";
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
 * ones and submodules counting as their own. What it gives says of one of them, which holds these bytes, whether it has
 * changes that are in no commit; of any other file it says `unknown`.
 *
 * Nothing that the repository configures may run: `git status` and `git diff` start its `filter.*.clean`, so the blob
 * is hashed here and compared with what the index and HEAD say. A file that such a filter transforms looks changed; one
 * whose line endings git has normalised does not. Outside a repository there are no changes to lose.
 */
export function gitStates(paths: readonly string[]): (path: string, bytes: Buffer) => GitState {
  const known = new Map<string, Known>();
  const trees = new Map<string, string[]>();
  for (const path of paths) {
    const top = workTreeOf(path);
    if (top === undefined) known.set(path, "unchanged");
    else if (trees.get(top)?.push(path) === undefined) trees.set(top, [path]);
  }
  for (const [top, inTree] of trees) {
    const names = new Map(inTree.map((path) => [relative(top, path).split(sep).join("/"), path]));
    const knownOf = askGit(top, [...names.keys()]);
    for (const [name, path] of names) known.set(path, knownOf(name));
  }
  return (path, bytes) => {
    const found = known.get(path) ?? "unknown";
    if (typeof found === "string" || "whyNot" in found) return found;
    return couldBeBlob(found.blob, bytes) ? "unchanged" : "changed";
  };
}

function askGit(top: string, names: readonly string[]): (name: string) => Known {
  const whyNot = whyNotAskGit(top, "history");
  if (whyNot !== undefined) return () => ({ whyNot });
  const index = entriesAt(top, undefined, names);
  if (typeof index === "string") return () => (index === "missing" ? "no-git" : "unknown");
  const head = entriesAt(top, "HEAD", names);
  const committed = new Map(Array.isArray(head) ? head.map(({ path, id }) => [path, id]) : []);
  const staged = new Map(index.map((entry) => [entry.path, entry]));
  return (name) => {
    const { id, stage } = staged.get(name) ?? {};
    if (id === undefined) return "unchanged"; // untracked
    return stage === 0 && committed.get(name) === id ? { blob: id } : "changed";
  };
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
