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

  readonly #mounted: ReadonlySet<string>;

  /**
   * `isThere` is asked whether another file has a path, which then is the one that is meant. `mounted` are names of files
   * that stand in a folder which is not known.
   */
  constructor(
    files: readonly string[],
    isThere: (path: string) => boolean = () => false,
    mounted: ReadonlySet<string> = new Set(),
  ) {
    this.#files = files;
    this.#isThere = isThere;
    this.#mounted = mounted;
    for (const file of files) {
      const base = baseName(file);
      this.#byBase.set(base, [...(this.#byBase.get(base) ?? []), file]);
    }
  }

  /**
   * The files that a path means which is written in the file `from`: those at that path, from the top and from
   * the folder of `from`; else those whose last two names are the same, as of a path in a container; else one that is
   * mounted somewhere, or the only one of that name.
   */
  meantBy(written: string, from: string): readonly string[] {
    const anchored = anchor(written, from);
    const path = anchored ?? normalized(written);
    const base = baseName(path);
    const tail = lastTwo(path);
    // In a folder that is known it is one of the files there.
    const isOpen = isUnknown(base);
    if (hasTooManyUnknown(base) || (isOpen && tail === undefined)) return [];
    const among = this.#called(base);
    const isMounted = anchored === undefined && /^(?:\/|\{\{|\$\{)/.test(written) && this.#mounted.has(base);
    const withMounted = (found: readonly string[]): readonly string[] =>
      isMounted ? [...new Set([...found, base])] : found;
    const beside = normalized(folderOf(from) + path);
    const exact = anchored === undefined ? [path, beside] : [anchored];
    // What is run in its own folder means the file there, if there is one; of others either may be meant.
    for (const places of RUNS_IN_ITS_FOLDER.test(from) ? exact.toReversed().map((one) => [one]) : [exact]) {
      const isExact = places.map(asPattern);
      const found = among.filter((file) => isExact.some((pattern) => pattern.test(file)));
      if (found.length > 0) return withMounted(found);
      const isOther = (one: string): boolean => !/[*$]|^\.\./.test(one) && this.#isThere(one);
      if (among.length > 0 && places.some(isOther)) return [];
    }
    const isAlike = tail === undefined ? undefined : asPattern(tail);
    const alike = among.filter((file) => isAlike?.test(lastTwo(file) ?? ""));
    if (alike.length > 0) return withMounted(alike);
    const mounted = withMounted([]);
    if (mounted.length > 0) return mounted;
    if (isOpen || (base.includes("*") && (tail !== undefined || path.includes("**")))) return [];
    return among.length === 1 || (base.includes("${") && !base.includes("*")) ? among : [];
  }

  /** The files of a path that goes from the top; more than one only with `*`, none where something is not known. */
  exactly(path: string): readonly string[] {
    if (path.includes("$")) return [];
    const isExact = asPattern(path);
    return this.#called(baseName(path)).filter((file) => isExact.test(file));
  }

  /** The one file that a path means, whatever folder the line is run in; undefined where that is not sure. */
  surelyMeantBy(written: string, from: string): string | undefined {
    const anchored = anchor(written, from);
    const paths =
      anchored === undefined ? [normalized(written), normalized(folderOf(from) + written)] : [anchored];
    if (paths.some((path) => /[*$]|^\.\./.test(path))) return undefined;
    const isKnown = (path: string): boolean => this.#byBase.get(baseName(path))?.includes(path) ?? false;
    const there = [...new Set(paths)].filter((path) => isKnown(path) || this.#isThere(path));
    const [only, other] = there;
    return only !== undefined && other === undefined && isKnown(only) ? only : undefined;
  }

  #called(base: string): readonly string[] {
    if (!/[*$]/.test(base)) return this.#byBase.get(base) ?? [];
    const isCalled = asPattern(base);
    return this.#files.filter((file) => isCalled.test(baseName(file)));
  }
}

/** Whether a written path tells neither the name of a file nor its folder. */
export function tellsNoFile(written: string): boolean {
  const path = normalized(written);
  return isUnknown(baseName(path)) && lastTwo(path) === undefined;
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

/** The last folder and the name; undefined where the folder is not known. */
function lastTwo(path: string): string | undefined {
  const [folder, base] = path.split("/").slice(-2);
  return folder === undefined || base === undefined || /^(\$\{[^}]*\}|\*\*|\.\.|)$/.test(folder)
    ? undefined
    : `${folder}/${base}`;
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
