import ignore, { type Ignore } from "ignore";
import { readBytes } from "../read.ts";

/** The largest ignore file that is heeded, in bytes. */
const LARGEST = 1024 * 1024;

/** Where patterns stand, and how they are meant. */
export interface IgnoreFile {
  /** One that is missing, too large or can't be read has no patterns. */
  path: () => string;
  /** The folder that the patterns go from, with a `/` at its end; `""` is the root of all paths. */
  base: string;
  ignoreCase: () => boolean;
}

/** The patterns of one ignore file, and of those above it. Nothing is read or asked before they are needed. */
export class IgnoreRules {
  readonly #file: IgnoreFile;
  readonly #above: IgnoreRules | undefined;
  #patterns: Ignore | undefined;

  constructor(file: IgnoreFile, above: IgnoreRules | undefined) {
    this.#file = file;
    this.#above = above;
  }

  /**
   * Whether the path is ignored, or kept by a pattern with `!`; undefined where nothing says. A folder's path ends
   * with `/`. That a folder above is ignored is not looked at: a walk does not come there, or does so on purpose. So
   * in a folder that a deeper file has taken back the pattern is not heeded again by which that folder was ignored;
   * git would.
   */
  ignores(path: string): boolean | undefined {
    const local = path.slice(this.#file.base.length);
    const patterns = (this.#patterns ??= readPatterns(this.#file));
    const { ignored, unignored } = patterns.test(local);
    if (unignored) return false;
    if (ignored && !ignoresFolderOf(local, patterns)) return true;
    return this.#above?.ignores(path);
  }
}

function readPatterns({ path, ignoreCase }: IgnoreFile): Ignore {
  const bytes = readBytes(path(), LARGEST);
  const lines = Buffer.isBuffer(bytes) ? bytes.toString().split("\n") : [];
  return ignore({ ignoreCase: ignoreCase(), allowRelativePaths: true }).add(lines.filter(isHarmless));
}

function ignoresFolderOf(local: string, patterns: Ignore): boolean {
  const slash = local.lastIndexOf("/", local.length - 2);
  return slash >= 0 && patterns.test(local.slice(0, slash + 1)).ignored;
}

/** Matching many `**` takes time that grows with a power of the path's depth. Such a pattern ignores nothing. */
function isHarmless(pattern: string): boolean {
  return pattern.split("**/").length <= 3;
}
