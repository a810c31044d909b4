import ignore, { type Ignore } from "ignore";
import { readBytes } from "./read.ts";

/** The largest ignore file that is heeded, in bytes. */
const LARGEST = 1024 * 1024;

/** The patterns of one ignore file, and of those in the folders above it. */
export class IgnoreRules {
  readonly #patterns: Ignore;
  readonly #base: string;
  readonly #above: IgnoreRules | undefined;

  /** `base` is the folder that the patterns go from, with a `/` at its end; `""` is the root of all paths. */
  constructor(text: string, base: string, ignoreCase: boolean, above: IgnoreRules | undefined) {
    this.#patterns = ignore({ ignoreCase, allowRelativePaths: true }).add(
      text.split("\n").filter(isHarmless),
    );
    this.#base = base;
    this.#above = above;
  }

  /**
   * Whether the path is ignored, or kept by a pattern with `!`; undefined where nothing says. A folder's path ends
   * with `/`. That a folder above is ignored is not looked at: a walk does not come there, or does so on purpose.
   */
  ignores(path: string): boolean | undefined {
    const local = path.slice(this.#base.length);
    const { ignored, unignored } = this.#patterns.test(local);
    if (unignored) return false;
    if (ignored && !this.#ignoresFolderOf(local)) return true;
    return this.#above?.ignores(path);
  }

  #ignoresFolderOf(local: string): boolean {
    const slash = local.lastIndexOf("/", local.length - 2);
    return slash >= 0 && this.#patterns.test(local.slice(0, slash + 1)).ignored;
  }
}

/** The rules in an ignore file with those above it. A file that can't be read, or is too large, has none. */
export function readIgnoreFile(
  file: string,
  base: string,
  ignoreCase: boolean,
  above: IgnoreRules | undefined,
): IgnoreRules | undefined {
  const bytes = readBytes(file, LARGEST);
  return Buffer.isBuffer(bytes) ? new IgnoreRules(bytes.toString(), base, ignoreCase, above) : above;
}

/** Matching many `**` takes time that grows with a power of the path's depth. Such a pattern ignores nothing. */
function isHarmless(pattern: string): boolean {
  return pattern.split("**/").length <= 3;
}
