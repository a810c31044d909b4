import {
  anchored,
  asPattern,
  baseName,
  folderOf,
  isKnown,
  isOneFile,
  isOnlyEnding,
  isAnyFolder,
  normalized,
  spelled,
  tellsNoFile,
} from "../sources/partly-known.ts";
import { isDocument, languageOf } from "../sources/languages.ts";

/** The files that a path means, and whether it surely means all of them. */
export interface Meant {
  files: readonly string[];
  isSure: boolean;
}

const NONE: Meant = { files: [], isSure: false };

/**
 * Which file of a repository a line means. The paths of files go from the top of the repository, with `/`. A name of which
 * nothing is known but its ending may be that of each file in its folder.
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
    const told = anchored(written, from);
    const path = told ?? normalized(written);
    const base = baseName(path);
    if (tellsNoFile(path)) return NONE;
    const among = this.#called(base);
    if (among.length === 0) return NONE;
    const beside = normalized(folderOf(from) + path);
    const exact = told === undefined ? [path, beside] : [told];
    const isNamed = isKnown(base);
    for (const places of RUNS_IN_ITS_FOLDER.test(from) ? exact.toReversed().map((one) => [one]) : [exact]) {
      const isExact = places.map(asPattern);
      const found = among.filter((file) => isExact.some((pattern) => pattern.test(file)));
      if (found.length > 0) return { files: found, isSure: isNamed && isKnown(path) };
      const isOther = (one: string): boolean => isOneFile(one) && !one.startsWith("..") && this.#isThere(one);
      if (places.some(isOther)) return NONE;
    }
    const names = path.split("/");
    // The file in a folder that is known is meant before one of the same name elsewhere.
    for (let first = 0; first < names.length; first++) {
      const tail = names.slice(first);
      if (tail.length > 1 && isAnyFolder(tail[0] ?? "")) continue;
      if (tail.length === 1 && (isOnlyEnding(base) || (base.includes("*") && names.length > 1))) return NONE;
      const isAlike = asPattern(`**/${tail.join("/")}`);
      const alike = among.filter((file) => isAlike.test(file));
      if (alike.length > 0)
        return {
          files: alike,
          isSure: isNamed && (alike.length === 1 || (base.includes("*") && tail.length > 1)),
        };
    }
    return NONE;
  }

  /** All files that a path may mean of which little is known: `${dir}/${name}.json` may be every JSON file. */
  reachedBy(written: string, from: string): readonly string[] {
    const { files } = this.meantBy(written, from);
    if (files.length > 0 || isKnown(written)) return files;
    const pattern = asPattern(`**/${spelled(written, from)}`);
    return this.#files.filter((file) => pattern.test(file));
  }

  #called(base: string): readonly string[] {
    if (isOneFile(base)) return this.#byBase.get(base) ?? [];
    const isCalled = asPattern(base);
    return this.#files.filter((file) => isCalled.test(baseName(file)));
  }
}

/** Files of which the commands are run in the folder where they stand. */
const RUNS_IN_ITS_FOLDER = /(?:^|\/)(?:package\.json|(?:GNU)?[Mm]akefile|\.?[Jj]ustfile|[Tt]askfile\.ya?ml)$/;

/** Tells whether people read the file, and no program: what it shows is for them to fill in. */
export function isPage(path: string): boolean {
  return isDocument(path) && languageOf(path)?.id !== "notebook";
}
