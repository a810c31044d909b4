/** Paths with `/`, by the folders that they stand in: a walk asks for the names in one folder after the other. */
export class PathSet {
  readonly #names = new Map<string, Set<string>>();
  #folders: ReadonlySet<string> | undefined;

  /** Fastest for sorted paths. */
  constructor(paths: Iterable<string>) {
    let folder: string | undefined;
    let names = new Set<string>();
    for (const path of paths) {
      const end = path.lastIndexOf("/") + 1;
      if (folder?.length !== end || !path.startsWith(folder)) {
        folder = path.slice(0, end);
        names = this.#names.get(folder) ?? new Set();
        this.#names.set(folder, names);
      }
      names.add(path.slice(end));
    }
  }

  /** The names in a folder, which is written with a `/` at its end; `""` is the root. */
  in(folder: string): ReadonlySet<string> {
    return this.#names.get(folder) ?? NONE;
  }

  /** Tells whether a path leads through the folder. */
  reaches(folder: string): boolean {
    this.#folders ??= withFoldersAbove(this.#names.keys());
    return this.#folders.has(folder);
  }
}

const NONE: ReadonlySet<string> = new Set();

function withFoldersAbove(folders: Iterable<string>): Set<string> {
  const all = new Set<string>();
  for (const folder of folders) {
    for (
      let above = folder;
      !all.has(above);
      above = above.slice(0, above.lastIndexOf("/", above.length - 2) + 1)
    ) {
      all.add(above);
    }
  }
  return all;
}
