import { spawnSync } from "node:child_process";
import { realpathSync } from "node:fs";
import { relative, sep } from "node:path";
import { RULE_FILE } from "./folder.ts";
import { gitEnvironment } from "./git-environment.ts";
import { workTreeOf } from "./work-tree.ts";
import type { Source, Unreadable } from "./read.ts";

/** The files of a revision, or of one path in it. */
export interface Revision {
  sources: Source[];
  unreadable: Unreadable[];
}

/**
 * Reads `REV:path`, as git understands it, or all rule files of `REV`. The texts are the blobs as git holds them: no
 * filter, hook or other program of the repository runs. Undefined when git knows no such revision.
 */
export function readRevision(named: string, limit: number): Revision | undefined {
  const folder = realpathSync(".");
  const top = workTreeOf(`${folder}${sep}file`);
  if (top === undefined) return undefined;
  const git = (...args: string[]): Buffer | undefined => run(top, args);
  const colon = named.indexOf(":");
  const [rev, written] = colon < 0 ? [named, ""] : [named.slice(0, colon), named.slice(colon + 1)];
  const tree = git("rev-parse", "--verify", "--quiet", "--end-of-options", `${rev}^{tree}`)
    ?.toString()
    .trim();
  if (!tree) return undefined;

  const here = relative(top, folder).split(sep).join("/");
  const path = written.startsWith("./") ? [here, written.slice(2)].filter(Boolean).join("/") : written;
  const listing = git("ls-tree", "-r", "-z", "-l", "--full-tree", tree, "--", ...(path ? [path] : []));
  const entries = (listing?.toString() ?? "").split("\0").flatMap((line) => {
    const [, type, id, size, name] = /^\d+ (\w+) ([0-9a-f]+) +(\d+|-)\t([^]*)$/.exec(line) ?? [];
    return type === "blob" && id && name && (name === path || RULE_FILE.test(name))
      ? [{ id, size: Number(size), name }]
      : [];
  });
  const found: Revision = { sources: [], unreadable: [] };
  for (const { id, size, name } of entries) {
    const label = `${rev}:${name}`;
    const bytes = size <= limit ? git("cat-file", "blob", id) : undefined;
    const text = bytes && decoded(bytes);
    if (text !== undefined) {
      found.sources.push({ path: label, text });
      continue;
    }
    const reason = size > limit ? "too-large" : bytes ? "encoding" : "io";
    const message = { "too-large": "is too large", encoding: "is not UTF-8", io: "could not be read by git" }[
      reason
    ];
    found.unreadable.push({ path: label, reason, message, next: "Compare the others without it." });
  }
  return found;
}

function decoded(bytes: Buffer): string | undefined {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

function run(top: string, args: readonly string[]): Buffer | undefined {
  const config = ["-c", "core.fsmonitor=false", "--no-pager", "--literal-pathspecs", "-C", top];
  const done = spawnSync("git", [...config, ...args], {
    env: gitEnvironment(top),
    maxBuffer: 2 ** 28,
    timeout: 30_000,
  });
  return done.status === 0 ? done.stdout : undefined;
}
