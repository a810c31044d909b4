import { realpathSync } from "node:fs";
import { dirname, join, relative, sep } from "node:path";
import { mayHoldRequest } from "../syntax/trigger.ts";
import { type Content, contentsOf, gitOutput } from "./blobs.ts";
import { whyNotAskGit } from "./git-folder.ts";
import { excluder } from "./ground.ts";
import { isLeftOut, isRuleFile } from "./left-out.ts";
import { displayPath } from "./paths.ts";
import type { Source, Unreadable } from "./read.ts";
import type { ScanOptions } from "./scan-options.ts";
import { workTreeOf } from "./work-tree.ts";

/** The files of a revision, or of one path in it. */
export interface Revision {
  /** Whether there is anything at the path. */
  exists: boolean;
  sources: Source[];
  unreadable: Unreadable[];
}

/** A file of a revision: the id of its blob, and its path from the top. */
interface Entry {
  id: string;
  path: string;
  isLink: boolean;
}

/**
 * Reads `REV:path`, as git understands it. Of `REV`, and of a folder in it, the rule files are read that a scan would
 * find there. The texts are the blobs as git holds them: no filter, hook or other program of the repository runs.
 * Undefined when git knows no such revision.
 */
export function readRevision(
  named: string,
  limit: number,
  configured: ScanOptions["configured"],
): Revision | undefined {
  const folder = realpathSync(".");
  const top = workTreeOf(`${folder}${sep}file`);
  if (top === undefined) return undefined;
  const whyNot = whyNotAskGit(top, "history");
  if (whyNot !== undefined) {
    const next = "Fix the repository, or name files.";
    const message = `can't be read, because ${whyNot}`;
    return { exists: true, sources: [], unreadable: [{ path: named, reason: "io", message, next }] };
  }
  const colon = named.indexOf(":");
  const [rev, written] = colon < 0 ? [named, ""] : [named.slice(0, colon), named.slice(colon + 1)];
  const tree = gitOutput(top, ["rev-parse", "--verify", "--quiet", "--end-of-options", `${rev}^{tree}`])
    ?.toString()
    .trim();
  if (!tree) return undefined;

  const here = relative(top, folder).split(sep).join("/");
  const inside = written.startsWith("./") ? [here, written.slice(2)].filter(Boolean).join("/") : written;
  const excludes = excluder({ include: [], exclude: [] }, "", "");
  const entries = listed(top, tree, inside);
  if (!entries) {
    return { exists: true, sources: [], unreadable: [{ path: named, ...whyWithout("missing") }] };
  }
  const isLookedAt = ({ path, isLink }: Entry): boolean =>
    isRuleFile(path) &&
    !isLink &&
    !isLeftOut(path.slice(inside.length)) &&
    !excludes(displayPath(join(top, path)), configured?.(dirname(join(top, path))));
  const wanted = entries.filter((entry) => entry.path === inside || isLookedAt(entry));
  const found: Revision = { exists: entries.length > 0, sources: [], unreadable: [] };
  for (const [{ path }, content] of contentsOf(top, wanted, limit)) {
    const bytes = typeof content === "string" ? undefined : content;
    if (path !== inside && bytes && !mayHold(bytes)) continue;
    const label = `${rev}:${path}`;
    const text = bytes && decoded(bytes);
    if (text === undefined) found.unreadable.push({ path: label, ...whyWithout(content) });
    else found.sources.push({ path: label, text });
  }
  return found;
}

/** Undefined where git can't say, as in a clone without all trees. */
function listed(top: string, tree: string, path: string): Entry[] | undefined {
  const how = ["-r", "-z", "--full-tree"];
  const listing = gitOutput(top, ["ls-tree", ...how, tree, "--", ...(path ? [path] : [])]);
  return listing
    ?.toString()
    .split("\0")
    .flatMap((line) => {
      const [, mode, id, name] = /^(\d+) blob ([0-9a-f]+)\t([^]*)$/.exec(line) ?? [];
      return id && name ? [{ id, path: name, isLink: mode === "120000" }] : [];
    });
}

/** Also in UTF-16, which can't be read then. */
function mayHold(bytes: Buffer): boolean {
  return mayHoldRequest(bytes.toString("latin1").replaceAll("\0", ""));
}

function whyWithout(content: Content): Omit<Unreadable, "path"> {
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
