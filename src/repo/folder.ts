import { readdirSync } from "node:fs";
import { join } from "node:path";
import { compareText } from "../rule/text-order.ts";
import type { Unreadable } from "./read.ts";
import { errorInWords } from "./words.ts";

/** The files of a folder in which rules may be written. */
export interface Folder {
  /** Paths that begin with the folder's, in the order of a walk that takes the names of each folder sorted. */
  files: string[];
  /** Folders that could not be listed. */
  unreadable: Unreadable[];
  /** Whether the walk ended early, because the folder holds more than `MOST_ENTRIES` files and folders. */
  cut: boolean;
}

/** How many files and folders a walk looks at before it gives up. */
export const MOST_ENTRIES = 200_000;

/** `rule.json`, `rules.ndjson`, and what is copied and filled in: `rule.json.example`. */
export const RULE_FILE = /\.(jsonc?|ndjson|jsonl)(\.(example|sample|template|tmpl|dist))?$/i;

/**
 * Walks a folder for JSON files. Links are not followed, and `node_modules` and folders whose names start with
 * a dot are left out; a folder that is named itself is always walked.
 */
export function ruleFiles(folder: string, atMost = MOST_ENTRIES): Folder {
  const found: Folder = { files: [], unreadable: [], cut: false };
  const waiting = [{ path: folder, isFolder: true }];
  let seen = 0;
  for (let entry = waiting.pop(); entry; entry = waiting.pop()) {
    const { path, isFolder } = entry;
    if (!isFolder) {
      found.files.push(path);
      continue;
    }
    try {
      const entries = readdirSync(path, { withFileTypes: true });
      seen += entries.length;
      if (seen > atMost) return { ...found, cut: true };
      const wanted = entries.filter((inner) =>
        inner.isDirectory()
          ? !inner.name.startsWith(".") && inner.name !== "node_modules"
          : inner.isFile() && RULE_FILE.test(inner.name),
      );
      for (const inner of wanted.toSorted((a, b) => compareText(b.name, a.name))) {
        waiting.push({ path: join(path, inner.name), isFolder: inner.isDirectory() });
      }
    } catch (error) {
      const next = "Get permission to list it, or name its files.";
      found.unreadable.push({ path, reason: "io", message: errorInWords(error), next });
    }
  }
  return found;
}
