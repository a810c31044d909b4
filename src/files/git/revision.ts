import { realpathSync } from "node:fs";
import { dirname, join, posix, relative, sep } from "node:path";
import { mayHoldRequest } from "../../sources/trigger.ts";
import { type Content, contentsOf } from "./blobs.ts";
import { entriesAt, type Entry } from "./entries.ts";
import { git } from "./run.ts";
import { whyNotAskGit } from "./safety.ts";
import { excluder } from "../scan/walk-start.ts";
import { isLeftOut, isRuleFile } from "../scan/skipped-names.ts";
import { displayPath } from "../paths.ts";
import type { Source } from "../read.ts";
import type { Unreadable, WhyUnreadable } from "../../sources/unreadable.ts";
import type { ScanOptions } from "../scan/options.ts";
import { workTreeOf } from "./work-tree.ts";

/** The files of a revision, or of one path in it. */
export interface Revision {
  /** True if there is anything at the path. */
  exists: boolean;
  sources: Source[];
  unreadable: Unreadable[];
}

/** The repository in whose work tree the working directory is. */
export interface Repository {
  top: string;
  /** The working directory from the top, with `/`; empty at the top. */
  here: string;
}

/** A revision of a repository, or what is staged in it, that can be read. */
export interface Snapshot {
  /** How it was named: `HEAD`; `index` for what is staged. */
  name: string;
  /** The id of its tree; undefined: what is staged. */
  tree: string | undefined;
}

/** The repository around the working directory; undefined where there is none, a phrase where git must not be asked. */
export function repositoryHere(): Repository | { problem: string } | undefined {
  const folder = realpathSync(".");
  const top = workTreeOf(`${folder}${sep}file`);
  if (top === undefined) return undefined;
  const problem = whyNotAskGit(top, "history");
  if (problem !== undefined) return { problem };
  return { top, here: relative(top, folder).split(sep).join("/") };
}

/** The staged files. */
export const INDEX: Snapshot = { name: "index", tree: undefined };

/** The revision of that name; undefined where git knows none. */
export function snapshotNamed({ top }: Repository, name: string): Snapshot | undefined {
  const tree = revisionId(top, `${name}^{tree}`);
  return tree ? { name, tree } : undefined;
}

/** Tells whether git knows a revision of that name in the repository around the working directory. */
export function knowsRevision(name: string): boolean {
  const repository = repositoryHere();
  return repository !== undefined && "top" in repository && snapshotNamed(repository, name) !== undefined;
}

/** The last revision that both have in common, as `A...B` means it; undefined where there is none. */
export function commonSnapshot(repository: Repository, one: string, other: string): Snapshot | undefined {
  const ids = [one, other].map((name) => revisionId(repository.top, `${name}^{commit}`));
  if (ids.some((id) => !id)) return undefined;
  const base = said(repository.top, ["merge-base", ...ids.map(String)]);
  const found = base ? snapshotNamed(repository, base) : undefined;
  return found && { ...found, name: `${one}...${other}` };
}

function revisionId(top: string, name: string): string | undefined {
  return said(top, ["rev-parse", "--verify", "--quiet", "--end-of-options", name]);
}

function said(top: string, args: readonly string[]): string | undefined {
  const { status, output } = git(top, args);
  return status === 0 ? output.toString().trim() : undefined;
}

/** A path as git names it in a revision: from the top, or from the working directory where it begins with `./`. */
export function pathInside({ here }: Repository, written: string): string {
  const path = written.startsWith("./") ? posix.join(here, written.slice(2)) : written;
  return path === "." ? "" : path.replace(/\/+$/, "");
}

/**
 * Reads the files of a revision at these paths from the top; "" is all of it. Of folders the rule files are read that a
 * scan would find there. The texts are the blobs as git holds them: no filter, hook or other program of the repository
 * runs.
 */
export function readSnapshot(
  { top }: Repository,
  { name, tree }: Snapshot,
  paths: readonly string[],
  limit: number,
  configured: ScanOptions["configured"],
): Revision {
  const excludes = excluder({ include: [], exclude: [] }, "", "");
  const entries = entriesAt(top, tree, paths.includes("") ? undefined : paths);
  if (!Array.isArray(entries))
    return { exists: true, sources: [], unreadable: [{ path: name, ...whyWithout("missing") }] };
  const isLookedAt = ({ path, isLink }: Entry): boolean =>
    isRuleFile(path) &&
    !isLink &&
    paths.some((inside) => path.startsWith(inside) && !isLeftOut(path.slice(inside.length))) &&
    !excludes(displayPath(join(top, path)), configured?.(dirname(join(top, path))));
  const wanted = entries.filter(
    (entry) =>
      (entry.stage === 0 || entry.stage === OURS) && (paths.includes(entry.path) || isLookedAt(entry)),
  );
  const found: Revision = { exists: entries.length > 0, sources: [], unreadable: [] };
  for (const [{ path, stage }, content] of contentsOf(top, wanted, limit)) {
    const bytes = typeof content === "string" ? undefined : content;
    if (!paths.includes(path) && bytes && !mayHold(bytes)) continue;
    const label = `${name}:${path}`;
    const text = bytes && decoded(bytes);
    if (stage === OURS) found.unreadable.push({ path: label, ...UNMERGED });
    else if (text === undefined) found.unreadable.push({ path: label, ...whyWithout(content) });
    else found.sources.push({ path: label, text });
  }
  return found;
}

/** The version that stands for a file in a merge conflict. */
const OURS = 2;

const UNMERGED: WhyUnreadable = {
  reason: "io",
  message: "is in a merge conflict",
  next: "Settle the conflict and stage the file.",
};

/** Also in UTF-16, which can't be read then. */
function mayHold(bytes: Buffer): boolean {
  return mayHoldRequest(bytes.toString("latin1").replaceAll("\0", ""));
}

function whyWithout(content: Content): WhyUnreadable {
  const next = "Compare the others without it.";
  if (content === "too-large") return { reason: "too-large", message: "is too large", next };
  if (content !== "missing") return { reason: "encoding", message: "is not UTF-8", next };
  return {
    reason: "io",
    message: "can't be read by git",
    next: "Fix the repository; if it is a partial clone, have git fetch what it lacks.",
  };
}

function decoded(bytes: Buffer): string | undefined {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return undefined;
  }
}
