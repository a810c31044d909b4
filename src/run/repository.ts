import { existsSync } from "node:fs";
import { isAbsolute, join, relative, resolve, sep } from "node:path";
import { allDocuments, type Document, readDocument } from "../migrate/document.ts";
import { baseName } from "../migrate/file-names.ts";
import { joinEvidence } from "../migrate/join.ts";
import type { MentioningSource } from "../migrate/mentioning.ts";
import { rewritablePrograms } from "../migrate/programs.ts";
import { namedUpdates, type UnfollowedUpdate, unfollowedIn } from "../migrate/unfollowed.ts";
import { displayPath, namedPath } from "../repo/paths.ts";
import { readSource } from "../repo/read.ts";
import { isDocument, languageOf, languageOfNamed } from "../syntax/registry.ts";
import { mayHoldRequest } from "../syntax/trigger.ts";
import type { Found, Gathered } from "./gathered.ts";
import { holdsRequest, mentionsOf } from "./mentions.ts";
import { MOST_SEARCHED, namesToFollow, withoutNames } from "./searched-names.ts";
import type { RunSettings } from "./settings.ts";

/** How often copies are searched for under their own names. */
const MOST_ROUNDS = 3;

/** The sources of one repository, and what they say of each other. */
export class Repository {
  readonly #top: string;
  readonly #isSearched: boolean;
  readonly #isNamed: boolean;
  readonly #sources = new Map<string, MentioningSource>();
  readonly #requestFiles: string[] = [];
  readonly #flatFiles: string[] = [];
  /** The updates that can't be followed, by the paths of the files. */
  readonly #unfollowed = new Map<string, UnfollowedUpdate[]>();
  /** The names of files with requests that stand in programs and data, without their folders. */
  readonly #spokenOf = new Set<string>();
  /** Those in which programs are that may have to be rewritten. */
  readonly #found = new Map<string, Found>();

  /** `isNamed`: the user named the whole of it. */
  constructor(top: string | undefined, isNamed: boolean) {
    this.#top = top ?? process.cwd();
    this.#isSearched = top !== undefined;
    this.#isNamed = isNamed;
  }

  add(path: string, document: Document): void {
    const name = this.#fromTop(path);
    this.#sources.set(name, mentionsOf(name, document));
    this.#unfollowed.set(name, unfollowedIn(name, document));
    if (holdsRequest(document, "flat", "wrapped")) this.#requestFiles.push(name);
    if (holdsRequest(document, "flat")) this.#flatFiles.push(name);
  }

  async join({ progress, include, exclude, configs }: RunSettings): Promise<Gathered> {
    const searched = new Set<string>();
    // Who gives a wrapped request to lk has trigger words, and was met if nothing was left out.
    const isWhole = this.#isNamed && include.length + exclude.length === 0;
    const files = isWhole ? this.#flatFiles : this.#requestFiles;
    let names = new Set(files.map(baseName));
    for (let round = 0; this.#isSearched && round < MOST_ROUNDS && names.size > 0; round++) {
      for (const name of names) searched.add(name);
      const unnamed = round === 0 ? withoutNames(files) : [];
      const all = [...names, ...unnamed];
      await this.#readNaming(all, searched, round === 0 && !isWhole, configs, progress);
      names = namesToFollow([...this.#sources.values()], searched);
    }
    if (this.#isSearched && !isWhole) await this.#readNamesakes(progress);
    const { saidOf, programs, makers } = joinEvidence(
      [...this.#sources.values()],
      this.#requestFiles,
      (path) => existsSync(join(this.#top, path)),
      { updates: [...this.#unfollowed.values()].flat(), spokenOf: this.#spokenOf },
    );
    const found = <T extends { path: string }>(place: T): T => ({
      ...place,
      path: join(this.#top, place.path),
    });
    return {
      evidenceOf: (path, document) => {
        const {
          readers = [],
          makes = [],
          objects = [],
          places,
          ...said
        } = saidOf(this.#fromTop(path), document);
        const shown = <T extends { path: string }>(place: T): T => ({
          ...place,
          path: (isAbsolute(path) ? namedPath : displayPath)(join(this.#top, place.path)),
        });
        const made = makes.map(({ line, of }) => ({ line, of: displayPath(join(this.#top, of)) }));
        const shownReaders = readers.map(({ program, ...reader }) => ({
          ...shown(reader),
          ...(program && { program: found(program) }),
        }));
        const shownObjects = objects.map((one) => ({
          ...one,
          places: one.places.map(shown),
          ...(one.readers && { readers: one.readers.map(shown) }),
        }));
        return {
          ...said,
          places: places.map(shown),
          readers: shownReaders,
          makes: made,
          objects: shownObjects,
        };
      },
      programs: programs.map((program) => ({ ...found(program), reads: program.reads.map(found) })),
      makers: makers.map(found),
      foundIn: (path) => this.#found.get(this.#fromTop(path)),
    };
  }

  /**
   * Reads the files in which one of the names stands, also those parts in which nothing else speaks of requests but
   * a name that was searched for, and if wanted those with commands, which may put the name together: `lk sip dispatch update "$name.json"`.
   */
  async #readNaming(
    names: readonly string[],
    searched: ReadonlySet<string>,
    orCommands: boolean,
    configs: RunSettings["configs"],
    progress: RunSettings["progress"],
  ): Promise<void> {
    const [{ filesWith }, { oneOfNames }] = await Promise.all([
      import("../repo/scan.ts"),
      import("../repo/wanted.ts"),
    ]);
    const wanted = oneOfNames(names, orCommands);
    const before = oneOfNames([...searched]);
    const isWorth = (text: string): boolean => {
      if (mayHoldRequest(text) || READS_INPUT.test(text)) return true;
      const bytes = Buffer.from(text).toString("latin1");
      return wanted.inBytes.test(bytes) || before.inBytes.test(bytes);
    };
    for (const path of await filesWith(this.#top, wanted, await configs.ofFolders())) {
      progress(`${path} is searched for what uses the requests`);
      const source = readSource(join(this.#top, path), languageOfNamed(path).limit);
      if (!("text" in source)) continue;
      const [firstLine] = source.text.split("\n", 1);
      const language = languageOf(path, firstLine);
      const named = namedUpdates(path, source.text, language?.id);
      this.#unfollowed.set(path, named);
      if (!language) continue;
      const document = await readDocument(path, source.text, undefined, isWorth);
      this.#sources.set(path, mentionsOf(path, document));
      this.#unfollowed.set(path, [...unfollowedIn(path, document), ...named]);
      for (const name of isDocument(path) ? [] : names) {
        if (baseName(path) !== name && source.text.includes(name)) this.#spokenOf.add(name);
      }
      const mayFollow = allDocuments(document).some((part) => rewritablePrograms(part).length > 0);
      if (mayFollow) this.#found.set(path, { source, document });
    }
  }

  /**
   * Reads the files that have the name of one with a request, if a line names one of them in a folder that none has: it
   * means the only one, and which these are depends on what they hold.
   */
  async #readNamesakes(progress: RunSettings["progress"]): Promise<void> {
    const mentioned = new Set(
      [...this.#sources.values()].flatMap(({ documents }) =>
        documents.flatMap(({ mentions }) =>
          mentions.flatMap(({ file }) => (file === undefined ? [] : baseName(file))),
        ),
      ),
    );
    const files = new Set(this.#requestFiles);
    const bases = [...new Set(this.#requestFiles.map(baseName))].filter((base) => mentioned.has(base));
    if (bases.length === 0 || bases.length > MOST_SEARCHED) return;
    const { trackedFiles } = await import("../repo/git-files.ts");
    for (const path of trackedFiles(
      this.#top,
      bases.map((base) => `**/${base}`),
    ).slice(0, MOST_NAMESAKES)) {
      if (files.has(path)) continue;
      progress(`${path} is searched for requests`);
      const source = readSource(join(this.#top, path), languageOfNamed(path).limit);
      if (!("text" in source) || !mayHoldRequest(source.text)) continue;
      const document = await readDocument(path, source.text);
      if (holdsRequest(document, "flat", "wrapped")) this.#requestFiles.push(path);
    }
  }

  #fromTop(path: string): string {
    return relative(this.#top, resolve(path)).split(sep).join("/");
  }
}

/** What stands in programs that read what the script around them gives them. */
const READS_INPUT = /\bstdin\b|readFileSync\(0\b/;

/** So many files of one name are read to see whether they hold requests. */
const MOST_NAMESAKES = 50;
