import { WHOLE } from "./document.ts";
import { FileNames, spelled } from "./file-names.ts";
import type { DocumentName, MentioningSource, PlacedMention } from "./mentioning.ts";

/**
 * Something of which lines say what is done with it, in one word: a document of a source, or a file as a source writes
 * it, which need not be in the repository.
 */
export type Node = string;

export function nodeOf(path: string, document: string): Node {
  return `${path}\0${document}`;
}

/** Whether the name of a file is a node instead, and written nowhere. */
export function isNode(name: string): boolean {
  return name.includes("\0");
}

/** A file that a source writes, by the name that it has there; a version of it, if it shows several. */
function nodeOfWritten(path: string, file: string, turn?: number): Node {
  return `${path}\0>${spelled(file, path)}${turn === undefined ? "" : `:${turn}`}`;
}

/** What a node is. */
export function namedBy(node: Node): DocumentName & { isWritten: boolean } {
  const [path = "", document = ""] = node.split("\0");
  return { path, document, isWritten: document.startsWith(">") };
}

/** The nodes that names of files mean in one source. */
export interface SourceNodes {
  /** Those that a name means on a line; `from` is the source in which it is written. */
  of(file: string, line: number, from?: string): Node[];
  /** Those that the name in a mention means, whatever folder it is run in; undefined where that is not sure. */
  surelyOf(mention: PlacedMention): Node[] | undefined;
  /** Those that the file is which a mention writes: `to`. */
  ofCopy(mention: PlacedMention, to: string): Node[];
}

/** What the names of files mean in the sources of a repository. */
export class Nodes {
  readonly #committed: ReadonlySet<string>;
  readonly #lasting: FileNames;
  readonly #all: FileNames;

  /** `files` are those with requests; `isThere` tells whether there is another file at a path. */
  constructor(
    sources: readonly MentioningSource[],
    files: readonly string[],
    isThere: ((path: string) => boolean) | undefined,
  ) {
    this.#committed = new Set(files);
    // A file that one source writes and another reads need not be in the repository.
    const written = sources.flatMap(filesWrittenIn).filter(({ file }) => !/[*$]/.test(file));
    const lasting = written.filter(({ isTemporary }) => !isTemporary);
    const mounted = new Set(
      sources.flatMap(({ documents }) =>
        documents.flatMap(({ mentions }) => mentions.flatMap((one) => (one.mounted && one.to ? one.to : []))),
      ),
    );
    const namesOf = (others: readonly Written[]): FileNames =>
      new FileNames([...new Set([...files, ...others.map(({ file }) => file)])], isThere, mounted);
    this.#lasting = namesOf(lasting);
    this.#all = lasting.length < written.length ? namesOf(written) : this.#lasting;
  }

  /** Whether it is a file with a request. */
  isCommitted(path: string): boolean {
    return this.#committed.has(path);
  }

  /** The files that a name means which is written in the source `from`. */
  meantBy(file: string, from: string): readonly string[] {
    return this.#namesFor(file).meantBy(file, from);
  }

  inSource(source: MentioningSource): SourceNodes {
    const { path } = source;
    const written = new Set(filesWrittenIn(source).map(({ file }) => file));
    const turns = turnsIn(source);
    const others = (file: string, from: string): Node[] =>
      this.meantBy(file, from).map((found) => nodeOf(found, WHOLE));
    // A file that the source itself writes is known by that name in this source, whatever else bears it.
    // One that is committed all the same is meant too, if it is named exactly.
    const of: SourceNodes["of"] = (file, line, from = path) => {
      if (isNode(file)) return [file];
      if (from !== path) return others(file, from);
      const exact = spelled(file, path);
      const turn = turns(exact, line);
      // What a page shows may be a file that is committed elsewhere.
      if (turn !== undefined) return [nodeOfWritten(path, file, turn), ...others(file, path)];
      if (!written.has(exact)) return others(file, path);
      const committed = this.#all.exactly(exact).filter((found) => this.isCommitted(found));
      return [nodeOfWritten(path, file), ...committed.map((found) => nodeOf(found, WHOLE))];
    };
    return {
      of,
      surelyOf: ({ file, line, given }) => {
        if (file === undefined || given) return undefined;
        const isWritten = written.has(spelled(file, path)) || turns(spelled(file, path), line) !== undefined;
        if (isWritten && !file.includes("*")) return of(file, line);
        const only = this.#namesFor(file).surelyMeantBy(file, path);
        return only === undefined ? undefined : [nodeOf(only, WHOLE)];
      },
      ofCopy: ({ line, inTurn }, to) => [
        nodeOfWritten(path, to, turns(spelled(to, path), line)),
        ...(inTurn || isSomewhere(to) ? [] : others(to, path)),
      ],
    };
  }

  /** Temporary files are meant by names alone that say their folder. */
  #namesFor(file: string): FileNames {
    return TEMPORARY.test(file) ? this.#all : this.#lasting;
  }
}

/** A file that a source writes, and whether it lies where files do not stay. */
interface Written {
  file: string;
  isTemporary: boolean;
}

/** Where files do not stay. */
const TEMPORARY = /^\/(tmp|var\/tmp|dev\/shm)\//;

/** The files that a source writes, by their names from the top. */
function filesWrittenIn({ path, documents }: MentioningSource): Written[] {
  return documents.flatMap(({ mentions }) =>
    mentions.flatMap(({ to, inTurn }) =>
      to && !inTurn ? [{ file: spelled(to, path), isTemporary: TEMPORARY.test(to) }] : [],
    ),
  );
}

/** Whether a path stands in a folder that is not known: a copy there is no file of the repository by its name alone. */
function isSomewhere(path: string): boolean {
  return path.includes("/") && /^\$\{(?![./]\})/.test(path);
}

/** Which version of a file a line is about, where a page shows some: the last one before it, or else the first. */
function turnsIn({ path, documents }: MentioningSource): (file: string, line: number) => number | undefined {
  const lines = new Map<string, number[]>();
  for (const { inTurn, to, line } of documents.flatMap(({ mentions }) => mentions)) {
    if (!inTurn || to === undefined) continue;
    const file = spelled(to, path);
    lines.set(file, [...(lines.get(file) ?? []), line]);
  }
  return (file, line) => {
    const all = lines.get(file);
    return all?.findLast((one) => one <= line) ?? all?.[0];
  };
}
