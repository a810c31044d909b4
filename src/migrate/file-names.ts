/**
 * Which file of a repository a line means. Paths here go from the top of the repository, with `/`. A path as it was
 * written may hold `${name}`, which stands for anything, and `*`, which stands for anything but `/`.
 */
export class FileNames {
  readonly #files: readonly string[];
  readonly #byBase = new Map<string, string[]>();

  constructor(files: readonly string[]) {
    this.#files = files;
    for (const file of files) {
      const base = baseName(file);
      this.#byBase.set(base, [...(this.#byBase.get(base) ?? []), file]);
    }
  }

  /**
   * The files that a path means which is written in the file `from`: the one at that path, from the top or from
   * the folder of `from`; else those whose last two names are the same, as of a path in a container; else the only
   * one of that name.
   */
  meantBy(written: string, from: string): string[] {
    const path = normalized(written);
    const base = baseName(path);
    if (isUnknown(base)) return [];
    const among = /[*$]/.test(base)
      ? this.#files.filter((file) => asPattern(base).test(baseName(file)))
      : (this.#byBase.get(base) ?? []);
    const folder = from.slice(0, from.lastIndexOf("/") + 1);
    for (const exact of [path, normalized(folder + path)]) {
      const found = among.filter((file) => asPattern(exact).test(file));
      if (found.length > 0) return found;
    }
    const tail = lastTwo(path);
    const alike = tail === undefined ? [] : among.filter((file) => asPattern(tail).test(lastTwo(file) ?? ""));
    if (alike.length > 0) return alike;
    return among.length === 1 || (base.includes("${") && !base.includes("*")) ? among : [];
  }
}

/** Nothing but what is not known and an ending tells no file: `${f}`, `${f}.json`. */
function isUnknown(base: string): boolean {
  return base.includes("${") && base.replaceAll(/\$\{[^}]*\}/g, "").replace(/^\.[\w.]*$/, "") === "";
}

function baseName(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1);
}

/** The last folder and the name; undefined where the folder is not known. */
function lastTwo(path: string): string | undefined {
  const [folder, base] = path.split("/").slice(-2);
  return folder === undefined || base === undefined || /^(\$\{[^}]*\}|\.\.|)$/.test(folder)
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
  const source = path.replaceAll(/\$\{[^}]*\}|\*|[.*+?^${}()|[\]\\]/g, (found) => {
    if (found === "*") return "[^/]*";
    return found.startsWith("${") ? ".*" : `\\${found}`;
  });
  return new RegExp(`^${source}$`);
}
