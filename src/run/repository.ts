import { basename, isAbsolute, join, relative, resolve, sep } from "node:path";
import { type Evidence, type Place } from "../evidence/evidence.ts";
import { isPage } from "../evidence/file-names.ts";
import { baseName, knownText, type PartlyKnown, placesOf, wholeText } from "../sources/partly-known.ts";
import { type PlacedNotice, ruleNotices } from "../evidence/existing-rules.ts";
import type { RequestFile, RequestForm } from "../evidence/made.ts";
import { type Program, programOf, programOfText } from "../evidence/program.ts";
import { joinEvidence } from "../evidence/join-evidence.ts";
import { allDocuments, type Document, readDocument } from "../sources/document.ts";
import { infoField } from "../rule/fields.ts";
import { formOf } from "../rule/form.ts";
import { displayPath, namedPath } from "../files/paths.ts";
import { readSource } from "../files/read.ts";
import { isThere, realPath } from "../files/there.ts";
import { languageOf, languageOfNamed } from "../sources/languages.ts";
import { mayHoldRequest } from "../sources/trigger.ts";
import type { Gathered } from "./repository-evidence.ts";
import { holdsRequest } from "./holds-request.ts";
import { MOST_SEARCHED, withoutNames } from "./search-names.ts";
import type { RunSettings } from "./settings.ts";

/** The sources of one repository, and what they do with its requests. */
export class Repository {
  readonly #top: string;
  readonly #isSearched: boolean;
  readonly #isNamed: boolean;
  readonly #programs = new Map<string, Program>();
  readonly #notices = new Map<string, readonly PlacedNotice[]>();
  /** The pieces of the sources that were read without them, so far. */
  readonly #passedOver = new Map<string, readonly string[]>();
  #room = MOST_KEPT;
  readonly #requestFiles = new Map<string, RequestFile>();
  readonly #flatFiles = new Set<string>();

  /** `isNamed`: the user named the whole of it. */
  constructor(top: string | undefined, isNamed: boolean) {
    this.#top = top ?? process.cwd();
    this.#isSearched = top !== undefined;
    this.#isNamed = isNamed;
  }

  add(path: string, document: Document): void {
    const name = this.#fromTop(path);
    const program = programOf(name, document);
    this.#programs.set(name, program);
    this.#notices.set(name, ruleNotices(document.text, program));
    if (languageOf(name, firstLine(document.text))) this.#notePassedOver(name, document);
    const form = requestForm(document);
    if (form) this.#requestFiles.set(name, { path: name, text: document.text, form });
    if (form === "flat") this.#flatFiles.add(name);
  }

  async join({ progress, include, exclude, configs }: RunSettings): Promise<Gathered> {
    const searched = new Set<string>();
    // Who gives a wrapped request to lk has trigger words, and was met if nothing was left out.
    const isWhole = this.#isNamed && include.length + exclude.length === 0;
    const files = isWhole ? [...this.#flatFiles] : [...this.#requestFiles.keys()];
    let names = new Set(files.map((file) => basename(file)));
    for (let round = 0; this.#isSearched && round < MOST_ROUNDS && names.size > 0; round++) {
      for (const name of names) searched.add(name);
      const unnamed = round === 0 ? withoutNames(files) : [];
      await this.#readNaming([...names, ...unnamed], searched, round === 0 && !isWhole, configs, progress);
      names = new Set([...this.#copies(searched)].filter((name) => !searched.has(name)));
    }
    if (this.#isSearched) await this.#readCalled(progress);
    if (this.#isSearched && !isWhole) await this.#readNamesakes(progress);
    const joined = joinEvidence([...this.#programs.values()], [...this.#requestFiles.values()], (path) =>
      isThere(join(this.#top, path)),
    );
    // Nothing asks for them any more, and they are large.
    this.#programs.clear();
    return {
      evidenceOf: (path, document) => this.#shown(joined.of(this.#fromTop(path), document), path),
      madeBy: (path) =>
        joined
          .madeBy(this.#fromTop(path))
          .map((made) => ({ ...made, of: displayPath(join(this.#top, made.of)) })),
      noticesIn: (path) => this.#notices.get(this.#fromTop(path)) ?? [],
    };
  }

  /** With the paths as they are printed beside that of a source. */
  #shown({ creates, updates, unclear, changes, reads, ...rest }: Evidence, beside: string): Evidence {
    const toShow = isAbsolute(beside) ? namedPath : displayPath;
    const shown = <T extends Place>(place: T): T => ({ ...place, path: toShow(join(this.#top, place.path)) });
    return {
      ...rest,
      creates: creates.map(shown),
      updates: updates.map(shown),
      unclear: unclear.map(shown),
      changes: changes.map(shown),
      reads: reads.map(shown),
    };
  }

  /**
   * Reads the files in which one of the names stands, also those parts in which nothing else speaks of requests, and if
   * wanted those with commands, which may put the name together: `lk sip dispatch update "$name.json"`.
   */
  async #readNaming(
    names: readonly string[],
    searched: ReadonlySet<string>,
    orCommands: boolean,
    configs: RunSettings["configs"],
    progress: RunSettings["progress"],
  ): Promise<void> {
    const [{ filesWith }, { oneOfNames }] = await Promise.all([
      import("../files/scan/scan.ts"),
      import("../files/scan/search-pattern.ts"),
    ]);
    const wanted = oneOfNames(names, orCommands);
    const before = oneOfNames([...searched]);
    const isWorth = (text: string): boolean => {
      if (mayHoldRequest(text)) return true;
      const bytes = Buffer.from(text).toString("latin1");
      return wanted.inBytes.test(bytes) || before.inBytes.test(bytes);
    };
    for (const path of await filesWith(this.#top, wanted, await configs.ofFolders())) {
      if (this.#passedOver.get(path)?.some(isWorth) === false) continue;
      progress(`${path} is searched for what uses the requests`);
      const source = readSource(join(this.#top, path), languageOfNamed(path).limit);
      if (!("text" in source)) continue;
      if (languageOf(path, firstLine(source.text))) {
        const document = await readDocument(path, source.text, undefined, isWorth);
        this.#programs.set(path, programOf(path, document));
        this.#notePassedOver(path, document);
      } else if (!PROSE.test(path)) this.#programs.set(path, programOfText(path, source.text));
    }
  }

  /** So that a source is read again only if more of it is worth reading. Where there is no room, it is read again. */
  #notePassedOver(path: string, { text, passedOver }: Document): void {
    this.#room -= text.length;
    if (this.#room >= 0) this.#passedOver.set(path, passedOver);
  }

  /** Reads the programs that others run which were met so far: they may be given requests, and speak of none. */
  async #readCalled(progress: RunSettings["progress"]): Promise<void> {
    const bases = new Set(Array.from(this.#requestFiles.keys(), (file) => basename(file)));
    const called = new Set(
      [...this.#programs.values()].flatMap(({ path, statements, imports }) => {
        if (isPage(path)) return [];
        const named = statements.flatMap(({ steps }) => steps.flatMap(({ paths }) => paths));
        const places = named.filter((one) => PROGRAM.test(wholeText(one) ?? ""));
        const isUser = named.some((one) => bases.has(wholeText(baseName(one)) ?? ""));
        return [
          ...places.flatMap((one) => placesOf(one, path).map((place) => wholeText(place) ?? "")),
          ...(isUser ? imports.flatMap((one) => MODULE_ENDINGS.map((ending) => one + ending)) : []),
        ].filter((one) => isThere(join(this.#top, one)));
      }),
    );
    const top = realPath(this.#top) ?? this.#top;
    for (const path of [...called].slice(0, MOST_CALLED)) {
      const file = join(this.#top, path);
      // Links may lead out of the repository.
      const isInside = !path.startsWith("..") && realPath(file) === join(top, path);
      if (!isInside || this.#programs.has(path)) continue;
      const source = readSource(file, languageOfNamed(path).limit);
      if (!("text" in source)) continue;
      progress(`${path} is searched for what uses the requests`);
      this.#programs.set(path, programOf(path, await readDocument(path, source.text)));
    }
  }

  /** The names of files that programs write which name others that were searched for. */
  #copies(searched: ReadonlySet<string>): string[] {
    return [...this.#programs.values()].flatMap(({ path, statements }) => {
      const steps = isPage(path) ? [] : statements.flatMap((statement) => statement.steps);
      const isOne = steps.some(({ paths }) =>
        paths.some((one) => searched.has(wholeText(baseName(one)) ?? "")),
      );
      return isOne
        ? steps.flatMap(({ writes }) =>
            writes.map((one) => wholeText(baseName(one)) ?? "").filter((name) => /^[^*]{3,}$/.test(name)),
          )
        : [];
    });
  }

  /**
   * Reads the files that have the name of one with a request, if a line names one of them: which one that means depends
   * on what they hold.
   */
  async #readNamesakes(progress: RunSettings["progress"]): Promise<void> {
    const named = new Set(
      [...this.#programs.values()].flatMap(({ statements }) =>
        statements.flatMap(({ steps }) => steps.flatMap(({ paths }): PartlyKnown[] => paths.map(baseName))),
      ),
    );
    const bases = [...new Set([...this.#requestFiles.keys()].map((file) => basename(file)))].filter((base) =>
      named.has(knownText(base)),
    );
    if (bases.length === 0 || bases.length > MOST_SEARCHED) return;
    const { trackedFiles } = await import("../files/git/tracked-files.ts");
    const patterns = bases.map((base) => `**/${base}`);
    for (const path of trackedFiles(this.#top, patterns).slice(0, MOST_NAMESAKES)) {
      if (this.#requestFiles.has(path)) continue;
      progress(`${path} is searched for requests`);
      const source = readSource(join(this.#top, path), languageOfNamed(path).limit);
      if (!("text" in source) || !mayHoldRequest(source.text)) continue;
      const document = await readDocument(path, source.text);
      const form = requestForm(document);
      if (form) this.#requestFiles.set(path, { path, text: source.text, form });
    }
  }

  #fromTop(path: string): string {
    return relative(this.#top, resolve(path)).split(sep).join("/");
  }
}

function firstLine(text: string): string | undefined {
  return text.split("\n", 1)[0];
}

/** The form of the requests in a source: flat if one is. Undefined where there is none. */
function requestForm(root: Document): RequestForm | undefined {
  if (holdsRequest(root, "flat")) return "flat";
  if (!holdsRequest(root, "wrapped")) return holdsRequest(root, "info") ? "bare" : undefined;
  const hasRule = allDocuments(root).some(({ reading }) =>
    reading.sites.some(({ request }) => {
      const form = formOf(request);
      return form.form === "wrapped" && form.info?.members.some(({ key }) => infoField(key) === "rule");
    }),
  );
  return hasRule ? "wrapped" : "ruleless";
}

/** Of so much text the pieces are kept, in UTF-16 code units. */
const MOST_KEPT = 8 * 1024 * 1024;
/** How often copies are searched for under their own names. */
const MOST_ROUNDS = 3;
/** A path of a program in a language that is read, or that its first line tells; all of it known. */
const PROGRAM = /^[\w./-]+\.(?:sh|bash|zsh|py|[cm]?[jt]s|ps1|go)$|^[\w.-]*\/(?:[\w-]+\/)*[\w-]+$/;
const MOST_CALLED = 100;
/** How the file of a module may end. */
const MODULE_ENDINGS = [
  ".py",
  "/__init__.py",
  ".ts",
  ".tsx",
  ".mts",
  ".js",
  ".mjs",
  ".cjs",
  "/index.ts",
  "/index.js",
];
/** So many files of one name are read to see whether they hold requests. */
const MOST_NAMESAKES = 50;
/** Files in no language that people read, by their names. */
const PROSE =
  /(?:^|\/)(?:readme|licen[cs]e|changelog|changes|notice|authors|contributing|history|todo|notes|copying)[^/]*$|(?<!(?:^|\/)CMakeLists)\.(?:txt|text|log|csv|tsv|html?|svg|lock|sum|map|pdf|tex|po|pot|patch|diff)$/i;
