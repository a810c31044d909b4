import { realpathSync } from "node:fs";
import { join, relative, sep } from "node:path";
import { mayHoldRequest } from "../syntax/trigger.ts";
import { type Blob, contentsOf, gitOutput } from "./blobs.ts";
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

/** A file of a revision; its path goes from the top. */
interface Entry extends Blob {
  path: string;
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
  const colon = named.indexOf(":");
  const [rev, written] = colon < 0 ? [named, ""] : [named.slice(0, colon), named.slice(colon + 1)];
  const tree = gitOutput(top, ["rev-parse", "--verify", "--quiet", "--end-of-options", `${rev}^{tree}`])
    ?.toString()
    .trim();
  if (!tree) return undefined;

  const here = relative(top, folder).split(sep).join("/");
  const inside = written.startsWith("./") ? [here, written.slice(2)].filter(Boolean).join("/") : written;
  const excludes = excluder({ include: [], exclude: [], configured }, "", "");
  const entries = listed(top, tree, inside);
  const wanted = entries.filter(
    ({ path }) =>
      path === inside ||
      (isRuleFile(path) && !isLeftOut(path.slice(inside.length)) && !excludes(displayPath(join(top, path)))),
  );
  const found: Revision = { exists: entries.length > 0, sources: [], unreadable: [] };
  for (const [{ path, size }, bytes] of contentsOf(top, wanted, limit)) {
    if (path !== inside && bytes && !mayHold(bytes)) continue;
    const label = `${rev}:${path}`;
    const text = bytes && decoded(bytes);
    if (text === undefined) found.unreadable.push({ path: label, ...whyWithout(bytes, size > limit) });
    else found.sources.push({ path: label, text });
  }
  return found;
}

function listed(top: string, tree: string, path: string): Entry[] {
  const how = ["-r", "-z", "-l", "--full-tree"];
  const listing = gitOutput(top, ["ls-tree", ...how, tree, "--", ...(path ? [path] : [])]);
  return (listing?.toString() ?? "").split("\0").flatMap((line) => {
    const [, type, id, size, name] = /^\d+ (\w+) ([0-9a-f]+) +(\d+|-)\t([^]*)$/.exec(line) ?? [];
    return type === "blob" && id && name ? [{ id, size: Number(size), path: name }] : [];
  });
}

/** Also in UTF-16, which can't be read then. */
function mayHold(bytes: Buffer): boolean {
  return mayHoldRequest(bytes.toString("latin1").replaceAll("\0", ""));
}

function whyWithout(bytes: Buffer | undefined, isTooLarge: boolean): Omit<Unreadable, "path"> {
  const next = "Compare the others without it.";
  if (isTooLarge) return { reason: "too-large", message: "is too large", next };
  if (bytes) return { reason: "encoding", message: "is not UTF-8", next };
  return { reason: "io", message: "could not be read by git", next };
}

function decoded(bytes: Buffer): string | undefined {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return undefined;
  }
}
