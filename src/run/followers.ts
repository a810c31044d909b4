import { resolve } from "node:path";
import { documentIds, WHOLE } from "../migrate/document.ts";
import type { Place } from "../migrate/evidence.ts";
import type { DocumentName } from "../migrate/mentioning.ts";
import { type Foreseen, foresee } from "../migrate/migrate.ts";
import type { SourceResult } from "../migrate/outcome.ts";
import { type Followed, programsAsTheyAre, type Wrapped } from "../migrate/programs.ts";
import { type ProgramName, programId } from "../migrate/readers.ts";
import type { ReadingProgram } from "../migrate/reads.ts";
import { compareText } from "../rule/text-order.ts";
import { type Deciding, inRun } from "./deciding.ts";
import { type Held, type ReadSource, readAgain } from "./read.ts";

/** The programs that are rewritten together with all that they read, by `programId`. */
export type Followers = ReadonlyMap<string, Followed>;

/** What changes together with the requests that it reads or writes. */
export interface Following {
  /** The programs, and the objects that are written to files, by `programId`. */
  following: ReadonlySet<string>;
  followers: Followers;
  /** The sources in which programs are rewritten; also such without trigger words. */
  later: Held[];
}

/** Finds what changes together with the requests. `without` are the other sources that belong to the run. */
export async function findFollowing(
  sources: readonly Held[],
  without: readonly string[],
  deciding: Deciding,
): Promise<Following> {
  const { gathered } = deciding;
  const known = new Map(sources.map((source) => [resolve(source.path), source]));
  const others = new Map(without.map((path) => [resolve(path), path]));
  const sourceAt = (absolute: string): Held | undefined => {
    const other = others.get(absolute);
    const source = known.get(absolute) ?? (other === undefined ? undefined : { path: other, named: false });
    const found = gathered.foundIn(absolute);
    if (!source || !found) return source;
    return { ...source, read: { ...found, source: { ...found.source, path: source.path } } };
  };
  const readAt = async (path: string) => {
    const source = sourceAt(path);
    const read = source && (await readAgain(source));
    return read && "document" in read ? { ...read, named: source.named } : undefined;
  };
  const asked: Asked = {
    programsIn: async (path) => {
      const read = await readAt(path);
      return read ? programsAsTheyAre(read.document) : new Map();
    },
    foreseenIn: async (absolute, following) => {
      const read = await readAt(absolute);
      if (!read) return new Map();
      return foreseenOf(read, read.named, { ...deciding, following });
    },
  };
  const makers = await migratingMakers(gathered.makers, asked);
  const followers = await findFollowers(gathered.programs, makers, asked);
  const paths = gathered.programs
    .filter((program) => followers.has(programId(program)))
    .map(({ path }) => path);
  return {
    following: new Set([...makers, ...followers.keys()]),
    followers,
    later: [...new Set(paths)].toSorted(compareText).flatMap((path) => sourceAt(path) ?? []),
  };
}

/** Of the programs that follow, those that will be rewritten: not the ones that somebody wants to stay. */
export async function rewrittenPrograms(
  { following, followers, later }: Following,
  deciding: Deciding,
): Promise<ReadonlySet<string>> {
  const rewritten = new Set<string>();
  for (const source of later) {
    const read = await readAgain(source);
    if (!("document" in read)) continue;
    const path = resolve(source.path);
    const foreseen = await foreseenOf(read, source.named, { ...deciding, following, followers });
    for (const [document, { rewritten: indices }] of foreseen) {
      for (const index of indices) rewritten.add(programId({ path, document, index }));
    }
  }
  return rewritten;
}

/**
 * Without the programs of which nothing was written that they read; where only some was, that is said there. Programs
 * that read what was refused beforehand are `refused` themselves.
 */
export function ofWritten(
  { followers, refused }: Pick<Deciding, "followers" | "refused">,
  results: readonly SourceResult[],
): Followers {
  const failed = new Set(
    results
      .filter(({ path, sites }) => !refused?.has(path) && !sites.some(({ written }) => written))
      .map(({ path }) => path),
  );
  return new Map(
    [...followers].flatMap(([id, followed]): [string, Followed][] => {
      const left = followed.requests.filter(({ path }) => failed.has(path));
      const requests = followed.requests.filter(({ path }) => !failed.has(path));
      return requests.length === 0
        ? []
        : [[id, { ...followed, requests, left: left.map(({ path }) => path) }]];
    }),
  );
}

/** What will become of a document, and where the first of its requests stands that migrate. */
interface ForeseenDocument extends Foreseen {
  at: Place;
}

/** What becomes of the documents of a source in a run, by their names. */
async function foreseenOf(
  read: ReadSource,
  named: boolean,
  deciding: Deciding,
): Promise<ReadonlyMap<string, ForeseenDocument>> {
  const { path } = read.source;
  const [options, context] = await inRun(read, named, deciding);
  const names = documentIds(read.document);
  return new Map(
    [...foresee(path, read.document, options, context)].map(([document, foreseen]) => [
      names.get(document) ?? WHOLE,
      { ...foreseen, at: { path, line: document.place(foreseen.migrating[0]?.start ?? 0).line } },
    ]),
  );
}

/** What is asked of a run. All paths are absolute, but for those of places, which are printed. */
interface Asked {
  /** The programs of a source that can be rewritten, by the names of their documents; none if it is no part of the run. */
  programsIn(path: string): Promise<ReadonlyMap<string, readonly number[]>>;
  /** What becomes of the documents of a source, by their names, if these programs and objects change with them. */
  foreseenIn(path: string, following: ReadonlySet<string>): Promise<ReadonlyMap<string, ForeseenDocument>>;
}

/** How often it is decided anew because a file stays as it is. */
const MOST_ROUNDS = 10;

/**
 * Which programs are rewritten: those of which every document that they read migrates in this run, all alike. A document
 * whose keys a program sets that stays as it is does not migrate, and so others may have to stay that read it, too.
 */
async function findFollowers(
  programs: readonly ReadingProgram[],
  makers: readonly string[],
  asked: Asked,
): Promise<Followers> {
  let left = await rewritable(programs, asked);
  for (let round = 0; round < MOST_ROUNDS && left.length > 0; round++) {
    const ids = new Set([...makers, ...left.map(programId)]);
    const wrapped = new Map<string, Wrapped & { at: Place }>();
    for (const path of new Set(left.flatMap(({ reads }) => reads.map((read) => read.path)))) {
      for (const [document, foreseen] of await asked.foreseenIn(path, ids)) {
        const { wrapped: how, at } = foreseen;
        if (how) wrapped.set(nameOf({ path, document }), { ...how, at });
      }
    }
    const followers = new Map<string, Followed>();
    for (const program of left) {
      const all = program.reads.map((read) => wrapped.get(nameOf(read)));
      const known = all.filter((one) => one !== undefined);
      const [first] = known;
      const isAlike = known.every(
        ({ wrapper, filter }) => wrapper === first?.wrapper && filter === first.filter,
      );
      if (!first || known.length < all.length || !isAlike) continue;
      const { wrapper, filter } = first;
      const requests = new Map(known.map(({ at }) => [`${at.path}:${at.line}`, at]));
      followers.set(programId(program), { wrapper, filter, requests: [...requests.values()], left: [] });
    }
    if (followers.size === left.length) return followers;
    left = left.filter((program) => followers.has(programId(program)));
  }
  return new Map();
}

/** The objects that are written to files and that migrate as requests themselves. */
async function migratingMakers(makers: readonly ProgramName[], asked: Asked): Promise<string[]> {
  const found: string[] = [];
  for (const path of new Set(makers.map((maker) => maker.path))) {
    const foreseen = await asked.foreseenIn(path, new Set());
    for (const maker of makers) {
      const { migrating = [] } = (maker.path === path && foreseen.get(maker.document)) || {};
      const isSite = migrating.some(({ start, end }) => start <= maker.index && maker.index < end);
      if (isSite) found.push(programId(maker));
    }
  }
  return found;
}

/** Sources with programs are written after all others, so no program of another source may wait for them. */
async function rewritable(programs: readonly ReadingProgram[], asked: Asked): Promise<ReadingProgram[]> {
  const inSources = new Map<string, ReadonlyMap<string, readonly number[]>>();
  for (const path of new Set(programs.map((program) => program.path))) {
    inSources.set(path, await asked.programsIn(path));
  }
  const found = programs.filter(({ path, document, index }) =>
    inSources.get(path)?.get(document)?.includes(index),
  );
  const later = new Set(found.map(({ path }) => path));
  return found.filter(({ path, reads }) =>
    reads.every((read) => read.path === path || !later.has(read.path)),
  );
}

function nameOf({ path, document }: DocumentName): string {
  return `${path}\0${document}`;
}
