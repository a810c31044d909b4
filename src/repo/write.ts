import { existsSync, lstatSync, realpathSync, statSync } from "node:fs";
import { gitState } from "./git.ts";
import type { Journal } from "./journal.ts";
import type { Source } from "./read.ts";
import { asRefusal, holds, howToReplace, replaceFile, stale, writeWhole, type Refusal } from "./replace.ts";
import { errorCode, kindInWords } from "./words.ts";

/** What became of a file. After a refusal it has the bytes it had. */
export type WriteResult = { written: true } | Refusal;

/**
 * Replaces the text of a file that was read, after noting both texts in the journal. A link is written through
 * to its file; mode, owner and hard links stay. A file that changed since, that nobody may write, or that has
 * uncommitted changes is refused; `force` overrules the last alone. Load this module only to write: it brings
 * along what a dry run does not need.
 */
export async function replaceText(
  source: Source,
  newText: string,
  options: { force: boolean; journal: Journal },
): Promise<WriteResult> {
  const before = Buffer.from(source.text);
  try {
    const path = realpathSync(source.path);
    if (!holds(path, before)) return stale;
    const how = howToReplace(path);
    if ("written" in how) return how;
    const refusal = options.force ? undefined : await uncommitted(path, before);
    if (refusal !== undefined) return refusal;
    const replacement = { path, before, after: Buffer.from(newText), inPlace: how.inPlace };
    const entry = options.journal.keep(replacement, how.mode);
    if (typeof entry === "string") return unjournalled(entry);
    const failure = await replaceFile(replacement);
    if (failure === undefined) return { written: true };
    // An in-place write that failed may have left a mixture, if the old bytes could not be put back either.
    if (!how.inPlace || holds(path, before)) options.journal.drop(entry);
    return failure;
  } catch (error) {
    return errorCode(error) === "ENOENT" ? stale : asRefusal(error);
  }
}

/**
 * Writes a new file in one step. One that exists with other bytes is refused, and so is
 * everything that is not a regular file; one that already holds the text is left alone.
 */
export async function writeNewFile(path: string, text: string): Promise<WriteResult> {
  const bytes = Buffer.from(text);
  try {
    const taken = lstatSync(path, { throwIfNoEntry: false });
    if (taken !== undefined && !existsSync(path))
      return exists("is a link that leads nowhere", "Name a file.");
    const target = taken === undefined ? path : realpathSync(path);
    if (taken !== undefined) {
      const kind = kindInWords(statSync(target));
      if (kind !== undefined) return exists(kind, "Name a file.");
      if (holds(target, bytes)) return { written: true };
      return exists("exists and holds something else", "Name another file, or use --force.");
    }
    await writeWhole(target, bytes, () => {});
    return { written: true };
  } catch (error) {
    if (errorCode(error) !== "ENOENT") return asRefusal(error);
    return {
      ...asRefusal(error),
      message: "has no directory to stand in",
      next: "Create the directory, then run again.",
    };
  }
}

async function uncommitted(path: string, bytes: Buffer): Promise<Refusal | undefined> {
  const state = await gitState(path, bytes);
  if (state === "unchanged") return undefined;
  const [message, next] =
    state === "changed"
      ? ["has uncommitted changes", "Commit them, or use --force."]
      : ["is in a repository that git can't read", "Mend the repository, or use --force."];
  return { written: false, reason: "uncommitted", message, next };
}

function unjournalled(why: string): Refusal {
  const message = `can't be noted in the journal: ${why}`;
  const next = "Make room for the journal, or set SIP_DISPATCH_STATE to a folder that can be written.";
  return { written: false, reason: "io", message, next };
}

function exists(message: string, next: string): Refusal {
  return { written: false, reason: "exists", message, next };
}
