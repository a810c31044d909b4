import { isDocument, languageOf } from "../sources/languages.ts";

/** The files that a path means, and whether it surely means all of them. */
export interface Meant {
  files: readonly string[];
  isSure: boolean;
}

const NONE: Meant = { files: [], isSure: false };

/**
 * Which file of a repository a line means. Paths here go from the top of the repository, with `/`. A path as it was
 * written may hold `${name}`, which stands for anything, and `*`, which stands for anything but `/`; a folder `**`
 * stands for any folders, or none. It may begin with `${.}`, the folder of the file in which it is written, or `${/}`,
 * the top. A name of which nothing is known but its ending may be that of each file in its folder.
 */
export class FileNames {
  readonly #files: readonly string[];
  readonly #byBase = new Map<string, string[]>();

  readonly #isThere: (path: string) => boolean;
  /** The answers so far: many files of a folder name the same. */
  readonly #meant = new Map<string, Meant>();

  /** `isThere` is asked whether another file has a path, which then is the one that is meant. */
  constructor(files: readonly string[], isThere: (path: string) => boolean = () => false) {
    this.#files = files;
    this.#isThere = isThere;
    for (const file of files) {
      const base = baseName(file);
      this.#byBase.set(base, [...(this.#byBase.get(base) ?? []), file]);
    }
  }

  /**
   * The files that a path means which is written in the file `from`: those at that path, from the folder of `from` and
   * from the top; else those with the longest end in common. It is sure where it is no matter what stands for what is not
   * known in it, and no other file could be meant.
   */
  meantBy(written: string, from: string): Meant {
    const key = `${folderOf(from)}\0${RUNS_IN_ITS_FOLDER.test(from)}\0${written}`;
    const meant = this.#meant.get(key) ?? this.#find(written, from);
    this.#meant.set(key, meant);
    return meant;
  }

  #find(written: string, from: string): Meant {
    const anchored = anchor(written, from);
    const path = anchored ?? normalized(written);
    const base = baseName(path);
    // Nothing but an ending, in a folder that is not known either, tells no file.
    if (
      hasTooManyUnknown(base) ||
      ((isUnknown(base) || (/^\*+$/.test(base) && path.includes("${"))) &&
        !/\w/.test(path.slice(0, -base.length).replaceAll(/\$\{[^}]*\}/g, "")))
    )
      return NONE;
    const among = this.#called(base);
    if (among.length === 0) return NONE;
    const beside = normalized(folderOf(from) + path);
    const exact = anchored === undefined ? [path, beside] : [anchored];
    const isKnown = !base.includes("${");
    for (const places of RUNS_IN_ITS_FOLDER.test(from) ? exact.toReversed().map((one) => [one]) : [exact]) {
      const isExact = places.map(asPattern);
      const found = among.filter((file) => isExact.some((pattern) => pattern.test(file)));
      if (found.length > 0) return { files: found, isSure: isKnown && !path.includes("${") };
      const isOther = (one: string): boolean => !/[*$]|^\.\./.test(one) && this.#isThere(one);
      if (places.some(isOther)) return NONE;
    }
    const names = path.split("/");
    // The file in a folder that is known is meant before one of the same name elsewhere.
    for (let first = 0; first < names.length; first++) {
      const tail = names.slice(first);
      if (/^(\$\{[^}]*\}|\*\*|\.\.|)$/.test(tail[0] ?? "") && tail.length > 1) continue;
      if (tail.length === 1 && (isUnknown(base) || (base.includes("*") && names.length > 1))) return NONE;
      const isAlike = asPattern(`**/${tail.join("/")}`);
      const alike = among.filter((file) => isAlike.test(file));
      if (alike.length > 0)
        return {
          files: alike,
          isSure: isKnown && (alike.length === 1 || (base.includes("*") && tail.length > 1)),
        };
    }
    return NONE;
  }

  /** All files that a path may mean of which little is known: `${dir}/${name}.json` may be every JSON file. */
  reachedBy(written: string, from: string): readonly string[] {
    const { files } = this.meantBy(written, from);
    if (files.length > 0 || !written.includes("${")) return files;
    const pattern = asPattern(`**/${anchor(written, from) ?? normalized(written)}`);
    return this.#files.filter((file) => pattern.test(file));
  }

  #called(base: string): readonly string[] {
    if (!/[*$]/.test(base)) return this.#byBase.get(base) ?? [];
    const isCalled = asPattern(base);
    return this.#files.filter((file) => isCalled.test(baseName(file)));
  }
}

/** One spelling for all that mean the same file where they are written: `./a.json`, `${.}/../a.json`. */
export function spelled(written: string, from: string): string {
  return anchor(written, from) ?? normalized(written);
}

/** Files of which the commands are run in the folder where they stand. */
const RUNS_IN_ITS_FOLDER = /(?:^|\/)(?:package\.json|(?:GNU)?[Mm]akefile|\.?[Jj]ustfile|[Tt]askfile\.ya?ml)$/;

const OWN_FOLDER = "${.}";
const TOP = "${/}";

/** The path from the top, where that is told; undefined elsewhere. */
function anchor(written: string, from: string): string | undefined {
  if (written.startsWith(OWN_FOLDER)) {
    return normalized(`${folderOf(from)}/${written.slice(OWN_FOLDER.length)}`);
  }
  return written.startsWith(TOP) ? normalized(written.slice(TOP.length)) : undefined;
}

function hasTooManyUnknown(base: string): boolean {
  return (base.match(/\$\{[^}]*\}|\*/g)?.length ?? 0) > MOST_UNKNOWN;
}

/** Nothing but what is not known and an ending tells no file by itself: `${f}`, `${f}.json`. */
function isUnknown(base: string): boolean {
  return base.includes("${") && base.replaceAll(/\$\{[^}]*\}/g, "").replace(/^\.[\w.]*$/, "") === "";
}

/** More of them in one name tell no file. */
const MOST_UNKNOWN = 3;

/** The folder of a path, with the `/` at its end. */
function folderOf(path: string): string {
  return path.slice(0, path.lastIndexOf("/") + 1);
}

/** The name of a file without its folders. */
export function baseName(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1);
}

/** Without `.` and empty names, and without the `..` that follow a name. */
function normalized(path: string): string {
  const names: string[] = [];
  for (const name of path.split("/")) {
    if (name === "" || name === ".") continue;
    if (name === ".." && names.length > 0 && names.at(-1) !== "..") names.pop();
    else names.push(name);
  }
  return names.join("/");
}

function asPattern(path: string): RegExp {
  const source = path.replaceAll(/\$\{[^}]*\}|\*\*\/|\*|[.*+?^${}()|[\]\\]/g, (found) => {
    if (found === "*") return "[^/]*";
    if (found === "**/") return "(?:.*/)?";
    return found.startsWith("${") ? ".*" : `\\${found}`;
  });
  return new RegExp(`^${source}$`);
}

/** Tells whether people read the file, and no program: what it shows is for them to fill in. */
export function isPage(path: string): boolean {
  return isDocument(path) && languageOf(path)?.id !== "notebook";
}

/** Tells whether a file of data has a name such as `dispatch-update.json`. */
export function isCalledUpdate(path: string): boolean {
  const isData = ["json", "ndjson", "yaml"].includes(languageOf(path)?.id ?? "");
  return isData && /update(?!d)/i.test(baseName(path));
}
