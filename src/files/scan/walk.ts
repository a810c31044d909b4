import { type Dirent, readdirSync } from "node:fs";
import { isUtf8 } from "node:buffer";
import { errorInWords } from "../error-words.ts";
import { IgnoreRules } from "./ignore-rules.ts";
import { isData, isMade, isVendored, isVersionControl, leftOut, type Skipped } from "./skipped-names.ts";
import { CONFIG_NAME } from "./nearest-config.ts";
import type { PathSet } from "./path-set.ts";
import type { Unreadable, WhyUnreadable } from "../../sources/unreadable.ts";
import type { ConfiguredPatterns } from "./options.ts";

/** The folder of a walk, and what is known of it. */
export interface Ground {
  /** The folder as it is opened and printed; `""` is the working directory. Ends with `/` otherwise. */
  printed: string;
  /** Where the folder stands below the root of all paths here, the top of its work tree: `""`, or ends with `/`. */
  inside: string;
  tracked: PathSet;
  ignoreCase: () => boolean;
  /** The rules that hold for the folder from outside it; undefined for none. */
  gitRules: IgnoreRules | undefined;
  /** The same of `.ignore` files, which other search tools heed too. */
  ownRules: IgnoreRules | undefined;
  /** True if ignore files inside it are left unread. */
  noIgnore: boolean;
  /** Tells whether a file of this name counts. */
  counts(name: string): boolean;
  /** Why a file or folder is left out by name; its path is the printed one, with a `/` at the end of a folder's. */
  excludes(printed: string, configured: ConfiguredPatterns | undefined): boolean;
  /** The config that counts in a folder, which is printed so. */
  configured(printed: string): ConfiguredPatterns | undefined;
}

/** A file that is to be searched. */
export interface FoundFile {
  /** As it is printed and opened. */
  path: string;
  role: "tracked" | "untracked" | "ignored";
  /** The bytes of the path, if they are not UTF-8; then `path` can only be printed. */
  raw?: Buffer;
}

/** The tracked files that are to be searched in one folder. An object for each of them took a tenth of a large run. */
export interface TrackedFiles {
  /** From the root of all paths; `""`, or with a `/` at its end. */
  folder: string;
  /** The same as it is printed and opened. */
  path: string;
  names: string[];
}

/** All that stands below a folder and is not left without a word. */
export interface Listing {
  tracked: TrackedFiles[];
  /** The others. */
  files: FoundFile[];
  skipped: Skipped[];
  unreadable: Unreadable[];
}

/** An entry of a folder. */
type Entry = Pick<Dirent, "name" | "isFile" | "isDirectory" | "isSymbolicLink">;

interface Folder {
  inside: string;
  gitRules: IgnoreRules | undefined;
  ownRules: IgnoreRules | undefined;
  /** Asks for rules, which a folder of tracked files alone never needs: so they are neither read nor compiled. */
  isIgnored: () => boolean;
  holdsTracked: boolean;
  configured: ConfiguredPatterns | undefined;
}

/** Why something can't be opened whose name JavaScript can't hold. */
export const BAD_NAME: WhyUnreadable = {
  reason: "io",
  message: "has a name that is not UTF-8",
  next: "Rename it, then run again.",
};

/** How much is looked at in ignored folders. Rules stand in small ones, and large ones hold data of other kinds. */
const MOST_IGNORED = 50_000;

/** Lists the files below a folder without opening them. Links are not followed. */
export function walk(ground: Ground): Listing {
  return new Walk(ground).listing;
}

class Walk {
  readonly listing: Listing = { tracked: [], files: [], skipped: [], unreadable: [] };
  readonly #ground: Ground;
  readonly #waiting: Folder[] = [];
  #inIgnored = 0;

  constructor(ground: Ground) {
    this.#ground = ground;
    const { inside, gitRules, ownRules, printed } = ground;
    const configured = ground.configured(printed);
    const isIgnored = (): boolean => false;
    this.#folder({ inside, gitRules, ownRules, isIgnored, holdsTracked: true, configured }, true);
    for (let folder = this.#waiting.pop(); folder; folder = this.#waiting.pop()) this.#folder(folder, false);
  }

  #folder(folder: Folder, isFirst: boolean): void {
    const path = this.#printed(folder.inside);
    let entries: readonly Entry[];
    try {
      entries = readdirSync(path || ".", { withFileTypes: true });
      if (entries.some(({ name }) => name.includes("\uFFFD"))) entries = this.#withoutBadNames(folder);
    } catch (error) {
      const next = "Get permission to list it, or exclude it.";
      this.listing.unreadable.push({ path: path || ".", reason: "io", message: errorInWords(error), next });
      return;
    }
    const why = isFirst ? undefined : whyWhole(entries);
    if (why !== undefined) return this.#skip(path, why);
    const isIgnored = !folder.holdsTracked && folder.isIgnored();
    if (isIgnored && (this.#inIgnored += entries.length) > MOST_IGNORED) return this.#skip(path, "ignored");
    if (!isIgnored && !this.#ground.noIgnore) this.#readRules(folder, entries);
    if (!isFirst && entries.some(({ name }) => name === CONFIG_NAME)) {
      folder.configured = this.#ground.configured(path);
    }
    const tracked = this.#ground.tracked.in(folder.inside);
    const names: string[] = [];
    for (const entry of entries) {
      const { name } = entry;
      if (isVersionControl(name)) continue;
      if (entry.isDirectory()) this.#innerFolder(folder, name, `${path}${name}/`);
      else this.#entry(folder, entry, path + name, tracked.has(name) ? names : undefined);
    }
    if (names.length > 0) this.listing.tracked.push({ folder: folder.inside, path, names });
  }

  #readRules(folder: Folder, entries: readonly Entry[]): void {
    const { inside } = folder;
    for (const entry of entries) {
      if (!entry.isFile()) continue;
      const path = (): string => this.#printed(inside) + entry.name;
      if (entry.name === ".gitignore") {
        const { ignoreCase } = this.#ground;
        folder.gitRules = new IgnoreRules({ path, base: inside, ignoreCase }, folder.gitRules);
      }
      if (entry.name === ".ignore") {
        folder.ownRules = new IgnoreRules({ path, base: inside, ignoreCase: () => false }, folder.ownRules);
      }
    }
  }

  /** `tracked` takes the name if git tracks the file. */
  #entry(folder: Folder, entry: Entry, path: string, tracked: string[] | undefined): void {
    const { name } = entry;
    if (!this.#ground.counts(name)) return;
    const verdict = this.#verdict(folder, name, tracked !== undefined);
    const ignored = verdict === "ignored";
    // Of what git ignores nothing counts but data.
    if (ignored && !(entry.isFile() && isData(name))) return;
    const why =
      verdict === "excluded" || this.#ground.excludes(path, folder.configured)
        ? "excluded"
        : whyLeftOut(entry);
    if (why === undefined) {
      if (tracked) tracked.push(name);
      else this.listing.files.push({ path, role: ignored ? "ignored" : "untracked" });
    } else if (!ignored) this.#skip(path, why);
  }

  #innerFolder(folder: Folder, name: string, path: string): void {
    if (isVendored(name)) return this.#skip(path, "vendored");
    const inside = `${folder.inside}${name}/`;
    if (folder.ownRules?.ignores(inside) === true || this.#ground.excludes(path, folder.configured)) {
      return this.#skip(path, "excluded");
    }
    const { gitRules, ownRules, configured } = folder;
    const isIgnored = once(() => this.#verdict(folder, `${name}/`, false) === "ignored");
    const holdsTracked = this.#ground.tracked.reaches(inside);
    if (!holdsTracked && isIgnored() && isMade(name)) return this.#skip(path, "generated");
    this.#waiting.push({ inside, gitRules, ownRules, isIgnored, holdsTracked, configured });
  }

  #verdict(folder: Folder, name: string, tracked: boolean): "ignored" | "excluded" | undefined {
    const { inside, ownRules, gitRules } = folder;
    const own = ownRules?.ignores(inside + name);
    if (own !== undefined) return own ? "excluded" : undefined;
    if (tracked) return undefined;
    return folder.isIgnored() || gitRules?.ignores(inside + name) === true ? "ignored" : undefined;
  }

  /** Handles the names that JavaScript can't hold, and gives the other entries. */
  #withoutBadNames(folder: Folder): Entry[] {
    const path = this.#printed(folder.inside);
    const good: Entry[] = [];
    for (const entry of readdirSync(path || ".", { encoding: "buffer", withFileTypes: true })) {
      if (isUtf8(entry.name)) {
        good.push(named(entry));
        continue;
      }
      const printed = path + escaped(entry.name);
      const raw = Buffer.concat([Buffer.from(path), entry.name]);
      const role = folder.isIgnored() ? "ignored" : "untracked";
      if (entry.isFile()) this.listing.files.push({ path: printed, role, raw });
      else if (folder.isIgnored()) continue;
      else if (entry.isDirectory()) this.listing.unreadable.push({ path: `${printed}/`, ...BAD_NAME });
      else this.#skip(printed, entry.isSymbolicLink() ? "link" : "special");
    }
    return good;
  }

  #skip(path: string, why: Skipped["why"]): void {
    this.listing.skipped.push({ path, why });
  }

  #printed(inside: string): string {
    return this.#ground.printed + inside.slice(this.#ground.inside.length);
  }
}

function once<T>(ask: () => T): () => T {
  let answer: { is: T } | undefined;
  return () => (answer ??= { is: ask() }).is;
}

function named(entry: Dirent<Buffer>): Entry {
  const { name } = entry;
  return {
    name: name.toString(),
    isFile: () => entry.isFile(),
    isDirectory: () => entry.isDirectory(),
    isSymbolicLink: () => entry.isSymbolicLink(),
  };
}

function whyLeftOut(entry: Entry): Skipped["why"] | undefined {
  if (entry.isSymbolicLink()) return "link";
  return entry.isFile() ? leftOut(entry.name) : "special";
}

/** Returns what marks a folder as a whole: that it is a virtual environment of Python, or another repository. */
function whyWhole(entries: readonly Entry[]): "vendored" | "repository" | undefined {
  for (const { name } of entries) {
    if (name === "pyvenv.cfg") return "vendored";
    if (name === ".git") return "repository";
  }
  return undefined;
}

/** Every byte of a name that is not UTF-8 as `\xE9`. */
function escaped(raw: Buffer): string {
  let text = "";
  for (let at = 0; at < raw.length;) {
    const length = [1, 2, 3, 4].find(
      (count) => at + count <= raw.length && isUtf8(raw.subarray(at, at + count)),
    );
    if (length === undefined) text += `\\x${(raw[at] ?? 0).toString(16).toUpperCase().padStart(2, "0")}`;
    else text += raw.toString("utf8", at, at + length);
    at += length ?? 1;
  }
  return text;
}
