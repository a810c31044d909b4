import { basename, join, relative, resolve, sep } from "node:path";
import { type Document, readDocument } from "../migrate/document.ts";
import { type Evidence, joinEvidence, type MentioningSource } from "../migrate/evidence.ts";
import { workTreeOf } from "../repo/work-tree.ts";
import { displayPath } from "../repo/paths.ts";
import { readSource } from "../repo/read.ts";
import { languageOf } from "../syntax/registry.ts";
import { holdsFlatRequest, mentionsOf } from "./mentions.ts";
import type { RunSettings } from "./settings.ts";
import { isFolder } from "./sources.ts";

/** What is done with the requests in a document of a source, by its number there. */
export type EvidenceOf = (path: string, document: number) => Pick<Evidence, "verdict" | "places">;

/** Collects what the sources of a run do with requests, and what the rest of their repository does with these. */
export class Gathering {
  readonly #top: string;
  readonly #sources: MentioningSource[] = [];
  readonly #requestFiles: string[] = [];

  /** `paths` are what the user named; evidence is looked for in the repository of the first. */
  constructor(paths: readonly string[]) {
    const first = resolve(paths[0] ?? ".");
    this.#top = workTreeOf(isFolder(first) ? join(first, "a file") : first) ?? process.cwd();
  }

  /** Takes in a source that was read. */
  add(path: string, document: Document): void {
    const name = this.#fromTop(path);
    this.#sources.push(mentionsOf(name, document));
    if (holdsFlatRequest(document)) this.#requestFiles.push(name);
  }

  /** Searches the repository for whoever names a file with a flat request, and joins everything. */
  async join({ progress }: RunSettings): Promise<EvidenceOf> {
    const known = new Set(this.#sources.map(({ path }) => path));
    for (const path of await this.#namingFiles()) {
      if (known.has(path)) continue;
      progress(`${path} is searched for what uses the requests`);
      const source = readSource(join(this.#top, path), languageOf(path)?.limit ?? 0);
      if (!("text" in source)) continue;
      if (languageOf(path)) this.#sources.push(mentionsOf(path, await readDocument(path, source.text)));
    }
    const evidenceOf = joinEvidence(this.#sources, this.#requestFiles);
    return (path, document) => {
      const { verdict, places } = evidenceOf(this.#fromTop(path), document);
      return {
        verdict,
        places: places.map((place) => ({ ...place, path: displayPath(join(this.#top, place.path)) })),
      };
    };
  }

  async #namingFiles(): Promise<string[]> {
    const names = [...new Set(this.#requestFiles.map((path) => basename(path)))];
    if (names.length === 0) return [];
    const { filesNaming } = await import("../repo/scan.ts");
    return filesNaming(this.#top, names);
  }

  #fromTop(path: string): string {
    return relative(this.#top, resolve(path)).split(sep).join("/");
  }
}
