import { resolve } from "node:path";
import { NO_EVIDENCE } from "../evidence/evidence.ts";
import type { Document } from "../sources/document.ts";
import { topsAmong } from "../files/git/work-tree.ts";
import { isFolder } from "../files/there.ts";
import type { Gathered } from "./repository-evidence.ts";
import { Repository } from "./repository.ts";
import type { RunSettings } from "./settings.ts";

/** Collects what the sources of a run do with requests, and what the rest of their repositories does with these. */
export class Gathering {
  readonly #folders: readonly string[];
  /** The top of the repository of a file, if it has one. */
  readonly topOf: (path: string) => string | undefined;
  readonly #repositories = new Map<string | undefined, Repository>();

  /** `paths` are what the user named. */
  constructor(paths: readonly string[]) {
    this.#folders = paths.filter(isFolder).map((path) => resolve(path));
    this.topOf = topsAmong(this.#folders);
  }

  /** Takes in a source that was read. */
  add(path: string, document: Document): void {
    this.#repositoryOf(path).add(path, document);
  }

  /** Searches the repositories for whoever names a file with a request, and joins everything. */
  async join(settings: RunSettings): Promise<Gathered> {
    const gathered = new Map<Repository, Gathered>();
    for (const repository of this.#repositories.values()) {
      gathered.set(repository, await repository.join(settings));
    }
    const of = (path: string): Gathered | undefined => gathered.get(this.#repositoryOf(path));
    return {
      evidenceOf: (path, document) => of(path)?.evidenceOf(path, document) ?? NO_EVIDENCE,
      madeBy: (path) => of(path)?.madeBy(path) ?? [],
      noticesIn: (path) => of(path)?.noticesIn(path) ?? [],
    };
  }

  /** A file without a repository is not searched for. */
  #repositoryOf(path: string): Repository {
    const top = this.topOf(path);
    const isNamed = top !== undefined && this.#folders.includes(top);
    const repository = this.#repositories.get(top) ?? new Repository(top, isNamed);
    this.#repositories.set(top, repository);
    return repository;
  }
}
