import { resolve } from "node:path";
import { isCalledUpdate } from "../evidence/called-update.ts";
import { NO_EVIDENCE } from "../evidence/evidence.ts";
import { type Document, isDataAlone } from "../sources/document.ts";
import { topsAmong } from "../files/git/work-tree.ts";
import { isFolder } from "../files/there.ts";
import type { Gathered } from "./repository-evidence.ts";
import type { Repository } from "./repository.ts";
import type { RunSettings } from "./settings.ts";

/** Collects what the sources of a run do with requests, and what the rest of their repositories does with these. */
export class Gathering {
  readonly #folders: readonly string[];
  readonly #isOneFile: boolean;
  /** The top of the repository of a file, if it has one. */
  readonly topOf: (path: string) => string | undefined;
  readonly #repositories = new Map<string | undefined, Repository>();

  /** `paths` are what the user named. */
  constructor(paths: readonly string[]) {
    this.#folders = paths.filter(isFolder).map((path) => resolve(path));
    this.#isOneFile = paths.length === 1 && this.#folders.length === 0;
    this.topOf = topsAmong(this.#folders);
  }

  /** Takes in a source that was read. */
  async add(path: string, document: Document): Promise<void> {
    const top = this.topOf(path);
    const saysNothing = isDataAlone(document) && !isCalledUpdate(path);
    if (this.#isOneFile && top === undefined && saysNothing) return;
    const { Repository } = await import("./repository.ts");
    const isNamed = top !== undefined && this.#folders.includes(top);
    const repository = this.#repositories.get(top) ?? new Repository(top, isNamed);
    this.#repositories.set(top, repository);
    repository.add(path, document);
  }

  /** Searches the repositories for whoever names a file with a request, and joins everything. */
  async join(settings: RunSettings): Promise<Gathered> {
    const byTop = new Map<string | undefined, Gathered>();
    for (const [top, repository] of this.#repositories) byTop.set(top, await repository.join(settings));
    const of = (path: string): Gathered | undefined => byTop.get(this.topOf(path));
    return {
      evidenceOf: (path, document) => of(path)?.evidenceOf(path, document) ?? NO_EVIDENCE,
      madeBy: (path) => of(path)?.madeBy(path) ?? [],
      noticesIn: (path) => of(path)?.noticesIn(path) ?? [],
    };
  }
}
