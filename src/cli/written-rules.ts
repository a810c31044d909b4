import { statSync } from "node:fs";
import { resolve } from "node:path";
import { ruleFiles } from "../repo/folder.ts";
import { rulesIn, type WrittenRule } from "../routing/written-rules.ts";
import { languageOfNamed } from "../syntax/registry.ts";
import { displayName, readInput, STDIN } from "./options.ts";

/** Something that was named and can't be used. The place is missing where there is none. */
export interface Unusable {
  path: string;
  line?: number;
  column?: number;
  /** One sentence, without the place and its full stop. */
  message: string;
  next: string;
}

export interface ReadRules {
  rules: WrittenRule[];
  unusable: Unusable[];
  /** How many files were read, and standard input. */
  sources: number;
}

/** The rules in files, in folders and in standard input. A file that is named twice is read once. */
export async function readRules(paths: readonly string[]): Promise<ReadRules> {
  const read: ReadRules = { rules: [], unusable: [], sources: 0 };
  const known = new Set<string>();
  for (const path of paths.flatMap((named) => filesOf(named, read.unusable))) {
    const whole = path === STDIN ? STDIN : resolve(path);
    if (known.has(whole)) continue;
    known.add(whole);
    read.sources++;
    const source = readInput(path, languageOfNamed(path).limit);
    if (!("text" in source)) {
      read.unusable.push(source);
      continue;
    }
    const { rules, unusable } = await rulesIn(source.path, source.text);
    // Not spread into one call: there may be more rules than a call takes arguments.
    for (const rule of rules) read.rules.push(rule);
    for (const rule of unusable) read.unusable.push(rule);
  }
  return read;
}

function filesOf(named: string, unusable: Unusable[]): string[] {
  if (named === STDIN || !isFolder(named)) return [named];
  const { files, unreadable, cut } = ruleFiles(named);
  for (const folder of unreadable) unusable.push({ ...folder, path: displayName(folder.path) });
  if (cut) {
    const message = `holds too many files; the first ${files.length} that may hold rules were read`;
    unusable.push({ path: displayName(named), message, next: "Name the folders in it that hold rules." });
  }
  return files;
}

/** What can't be asked counts as a file, and reading it says why. */
function isFolder(path: string): boolean {
  try {
    return statSync(path).isDirectory();
  } catch {
    return false;
  }
}
