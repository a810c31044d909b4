/** Paths with `/`, by the folders that they stand in: a walk asks for the names in one folder after the other. */
export class PathSet {
  readonly #names = new Map<string, Set<string>>();
  #folders: ReadonlySet<string> | undefined;

  #last: { folder: string; names: Set<string> } | undefined;

  /** Adds the path that stands at `start` in a text, up to `end`. Fastest for sorted paths. */
  add(text: string, start = 0, end = text.length): void {
    const name = text.lastIndexOf("/", end - 1) + 1;
    const folderEnd = Math.max(name, start);
    let last = this.#last;
    if (last?.folder.length !== folderEnd - start || !text.startsWith(last.folder, start)) {
      const folder = text.slice(start, folderEnd);
      const names = this.#names.get(folder) ?? new Set();
      this.#names.set(folder, names);
      last = this.#last = { folder, names };
    }
    last.names.add(text.slice(folderEnd, end));
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
