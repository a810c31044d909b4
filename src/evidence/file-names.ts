import { basename } from "node:path/posix";
import {
  asPattern,
  asText,
  baseName,
  isKnown,
  isOnlyEnding,
  knownPieces,
  knownText,
  type PartlyKnown,
  pathOf,
  placesOf,
  splitText,
  wholeText,
} from "../sources/partly-known.ts";
import { isDocument, languageOf } from "../sources/languages.ts";

/** The files that a path means, and whether it surely means all of them. */
export interface MeantFiles {
  files: readonly string[];
  isSure: boolean;
}

const NONE: MeantFiles = { files: [], isSure: false };

/**
 * Which file of a repository a line means. The paths of files go from the top of the repository, with `/`. A name of which
 * nothing is known but its ending may be that of each file in its folder.
 */
export class FileNames {
  readonly #files: readonly string[];
  readonly #byBase = new Map<string, string[]>();

  readonly #isThere: (path: string) => boolean;
  /** The answers so far: many files of a folder name the same. */
  readonly #meant = new Map<string, Map<PartlyKnown, MeantFiles>>();

  /** `isThere` is asked whether another file has a path, which then is the one that is meant. */
  constructor(files: readonly string[], isThere: (path: string) => boolean = () => false) {
    this.#files = files;
    this.#isThere = isThere;
    for (const file of files) {
      const base = basename(file);
      this.#byBase.set(base, [...(this.#byBase.get(base) ?? []), file]);
    }
  }

  /**
   * The files that a path means which is written in the file `from`: those at that path, from the folder of `from` and
   * from the top; else those with the longest end in common. It is sure where it is no matter what stands for what is not
   * known in it, and no other file could be meant.
   */
  meantBy(written: PartlyKnown, from: string): MeantFiles {
    const key = `${RUNS_IN_ITS_FOLDER.test(from)} ${from.slice(0, from.lastIndexOf("/"))}`;
    const here = this.#meant.get(key) ?? new Map<PartlyKnown, MeantFiles>();
    this.#meant.set(key, here);
    const meant = here.get(written) ?? this.#find(written, from);
    here.set(written, meant);
    return meant;
  }

  #find(written: PartlyKnown, from: string): MeantFiles {
    const exact = placesOf(written, from);
    const [path] = exact;
    const base = baseName(path);
    if (tellsNoFile(path)) return NONE;
    const among = this.#called(base);
    if (among.length === 0) return NONE;
    const isNamed = isKnown(base);
    const hasStar = knownPieces(base).includes("*");
    for (const places of RUNS_IN_ITS_FOLDER.test(from) ? exact.toReversed().map((one) => [one]) : [exact]) {
      const isExact = places.map(asPattern);
      const found = among.filter((file) => isExact.some((pattern) => pattern.test(file)));
      if (found.length > 0) return { files: found, isSure: isNamed && isKnown(path) };
      const others = places.flatMap((one) => wholeText(one) ?? []).filter((file) => !/^\.\.|\*/.test(file));
      if (others.some(this.#isThere)) return NONE;
    }
    const names = splitText(path, "/");
    // The file in a folder that is known is meant before one of the same name elsewhere.
    for (let first = 0; first < names.length; first++) {
      const tail = names.slice(first);
      if (tail.length > 1 && ANY_FOLDER.test(knownPieces(tail[0] ?? base))) continue;
      if (tail.length === 1 && (isOnlyEnding(base) || (hasStar && names.length > 1))) return NONE;
      const isAlike = asPattern(pathOf(ANY, ...tail));
      const alike = among.filter((file) => isAlike.test(file));
      if (alike.length > 0)
        return {
          files: alike,
          isSure: isNamed && (alike.length === 1 || (hasStar && tail.length > 1)),
        };
    }
    return NONE;
  }

  /** All files that a path may mean of which little is known: `${dir}/${name}.json` may be every JSON file. */
  reachedBy(written: PartlyKnown, from: string): readonly string[] {
    const { files } = this.meantBy(written, from);
    if (files.length > 0 || isKnown(written)) return files;
    const [place] = placesOf(written, from);
    const pattern = asPattern(pathOf(ANY, place));
    return this.#files.filter((file) => pattern.test(file));
  }

  #called(base: PartlyKnown): readonly string[] {
    const name = wholeText(base);
    if (name?.includes("*") === false) return this.#byBase.get(name) ?? [];
    const isCalled = asPattern(base);
    return this.#files.filter((file) => isCalled.test(basename(file)));
  }
}

const ANY = knownText("**");
/** The known pieces of a folder that may be any, or is none of those below. */
const ANY_FOLDER = /^(?:\*\*|\.\.)?$/;

/** Tells whether the name of a file has nothing that is known but an ending, or too many unknown pieces to be told by. */
function tellsNoFile(path: PartlyKnown): boolean {
  const base = baseName(path);
  if (asText(base, () => "*").split("*").length > MOST_UNKNOWN + 1) return true;
  const isUnknown = isOnlyEnding(base) || (/^\*+$/.test(asText(base)) && !isKnown(path));
  const [, ...folders] = splitText(path, "/").toReversed();
  return isUnknown && !folders.some((name) => /\w/.test(knownPieces(name)));
}

/** More of them in one name tell no file. */
const MOST_UNKNOWN = 3;

/** Files of which the commands are run in the folder where they stand. */
const RUNS_IN_ITS_FOLDER = /(?:^|\/)(?:package\.json|(?:GNU)?[Mm]akefile|\.?[Jj]ustfile|[Tt]askfile\.ya?ml)$/;

/** Tells whether people read the file, and no program: what it shows is for them to fill in. */
export function isPage(path: string): boolean {
  return isDocument(path) && languageOf(path)?.id !== "notebook";
}
