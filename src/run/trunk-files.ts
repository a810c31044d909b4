import { dirname, isAbsolute, join, resolve, sep } from "node:path";
import { displayPath, namedPath } from "../files/paths.ts";
import { readSource } from "../files/read.ts";
import { isLeftOut, isRuleFile } from "../files/scan/skipped-names.ts";
import { topsAmong } from "../files/git/work-tree.ts";
import { isFolder, realPath } from "../files/there.ts";
import { type KnownTrunks, readTrunks, type ReadTrunks, trunksOfFile } from "../routing/trunks.ts";
import { compareText } from "../rule/text-order.ts";

/** The trunks of a file, which stands at this absolute path. */
interface TrunkFile extends ReadTrunks {
  file: string;
}

/**
 * Finds the files with inbound trunks in the repositories of a run: JSON that has `trunk` in its name. One in a folder of
 * tests or examples is for the rules there; the others are for all rules of their repository.
 */
export class TrunkFiles {
  readonly #scanned: readonly string[];
  readonly #whole: readonly string[];
  readonly #byTop = new Map<string, readonly TrunkFile[]>();
  readonly #used = new Set<TrunkFile>();

  /** `scanned` are the files of the folders that were looked at, `whole` those of which they are all there are. */
  constructor(scanned: Iterable<string>, whole: readonly string[] = []) {
    this.#whole = whole.map((folder) => resolve(folder));
    this.#scanned = [...scanned].filter(hasName).map((path) => resolve(path));
  }

  /** The trunks for the rules of a file; `top` is that of its repository, if it has one. */
  async of(path: string, top: string | undefined): Promise<KnownTrunks> {
    if (top === undefined) return {};
    const files = this.#byTop.get(top) ?? (await this.#find(top));
    this.#byTop.set(top, files);
    const folder = dirname(resolve(path)) + sep;
    const isFor = ({ file }: TrunkFile): boolean => {
      const beside = dirname(file) + sep;
      return folder.startsWith(beside) || !APART.test(beside.slice(top.length));
    };
    const own = files.filter(isFor);
    for (const file of own) this.#used.add(file);
    return joined(own, path);
  }

  /** All trunks that were found for the files that were asked about. */
  all(): KnownTrunks {
    return joined([...this.#used], ".");
  }

  async #find(top: string): Promise<TrunkFile[]> {
    const inside = this.#scanned.filter((file) => file.startsWith(top + sep));
    const others = this.#whole.includes(top) ? [] : await trackedTrunkFiles(top);
    const files = new Set([...inside, ...others]);
    const real = realPath(top) ?? top;
    return [...files]
      .toSorted(compareText)
      .slice(0, MOST)
      .flatMap((file) => {
        // Links may lead out of the repository.
        const source =
          realPath(file) === join(real, file.slice(top.length)) ? readSource(file, LARGEST) : undefined;
        const read = source && "text" in source ? readTrunks(source.text) : undefined;
        return read && "trunks" in read && read.trunks.length + read.unlisted.length > 0
          ? [{ file, ...read }]
          : [];
      });
  }
}

/** The trunks of the repositories in which these files are; outside git a folder that was named counts as one. */
export async function trunksBeside(
  files: Iterable<string>,
  paths: readonly string[],
  scanned: Iterable<string>,
): Promise<KnownTrunks> {
  const found = new TrunkFiles(scanned);
  const topOf = topsAmong(paths.filter(isFolder));
  for (const path of new Set(files)) await found.of(path, topOf(path));
  return found.all();
}

/** With the paths as they are printed beside that of a source. */
function joined(files: readonly TrunkFile[], beside: string): KnownTrunks {
  const toShow = isAbsolute(beside) ? namedPath : displayPath;
  const placed = files.map(({ file, ...read }) => trunksOfFile(toShow(file), read));
  const knownTrunks = placed.flatMap(({ trunks }) => trunks);
  const unlistedTrunks = placed.flatMap(({ unlisted }) => unlisted);
  return {
    ...(knownTrunks.length > 0 && { knownTrunks }),
    ...(unlistedTrunks.length > 0 && { unlistedTrunks }),
    areFound: true,
  };
}

async function trackedTrunkFiles(top: string): Promise<string[]> {
  const { trackedFiles } = await import("../files/git/tracked-files.ts");
  const tracked = trackedFiles(top, PATTERNS).filter((path) => hasName(path) && !isLeftOut(path));
  return tracked.map((path) => join(top, path));
}

function hasName(path: string): boolean {
  const name = path.slice(path.lastIndexOf("/") + 1);
  return /trunk/i.test(name) && isRuleFile(name);
}

const PATTERNS = ["**/*[tT]runk*.json*", "**/*[tT]runk*.ndjson", "**/*TRUNK*.json*"];
/** Folders whose files are not for the system itself. */
const APART =
  /(?:^|[\\/])(?:tests?|testdata|specs?|__tests__|fixtures?|examples?|samples?|golden|mocks?)(?=[\\/])/i;
const MOST = 200;
/** In bytes. */
const LARGEST = 4 * 1024 * 1024;
