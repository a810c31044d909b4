import { dirname, resolve } from "node:path";
import { allDocuments, type Document, WHOLE } from "../sources/document.ts";
import { migrateDocument } from "../plan/migrate.ts";
import type { SourceResult } from "../plan/outcome.ts";
import { unreadableResult } from "../plan/results.ts";
import type { Migrated } from "./write-results.ts";
import { counted, grouped } from "../rule/count-words.ts";
import type { Pins } from "../files/library-pins.ts";
import type { Account } from "./account.ts";
import type { ConfiguredSilence } from "../config/config.ts";
import { type Deciding, inRun } from "./source-context.ts";
import { Gathering } from "./repositories.ts";
import type { Gathered } from "./repository-evidence.ts";
import { withReaches } from "./cross-file-functions.ts";
import { Importers } from "./cross-file-imports.ts";
import { type Held, isUnread, type Read, readAgain, readAll } from "./read-sources.ts";
import type { RunSettings } from "./settings.ts";
import { findSources } from "./find-sources.ts";
import type { KnownTrunks } from "../routing/trunks.ts";
import { TrunkFiles } from "./trunk-files.ts";

/** The result of a run. There is an account where folders were looked at. */
export interface Run {
  results: SourceResult[];
  /** How many files were to be decided; `results` has fewer after it was stopped. */
  sources: number;
  /** The trunks that were found for its rules, where the user named none. */
  trunks: KnownTrunks;
  /** The files of which there is no result, because they are in no language in which requests are looked for. */
  unread: readonly string[];
  account?: Account;
}

/**
 * Migrates files and folders, as they are named: finds the sources, reads all of them, joins what they say about each
 * other, and only then decides, one source at a time.
 */
export async function runMigration(paths: readonly string[], settings: RunSettings): Promise<Run> {
  const { wanted, scan } = await findSources(paths, settings);
  // Each config is read before anything is written, because one that can't be read ends the run.
  for (const { path } of wanted) await settings.configs.of(path);
  const gathering = new Gathering(paths);
  const importers = new Importers();
  const seen = async (path: string, document: Document): Promise<void> => {
    await gathering.add(path, document);
    importers.add(path, document);
  };
  const sources = await readAll(wanted, seen, settings.progress);
  const gathered = await gathering.join(settings);
  const topOf = (path: string): string | undefined => gathering.topOf(path);
  await importers.search(topOf);

  const unread: string[] = [];
  const pinsOf = pinsFrom(gathering);
  const { knownTrunks, unlistedTrunks } = settings.options;
  const isNamed = knownTrunks !== undefined || unlistedTrunks !== undefined;
  const isPart = settings.include.length + settings.exclude.length > 0;
  const trunkFiles = isNamed
    ? undefined
    : new TrunkFiles([...(scan?.candidates ?? []), ...(scan?.without ?? [])], isPart ? [] : paths);
  const deciding: Deciding = {
    settings,
    gathered,
    importers,
    topOf,
    trunkFiles,
    pinsOf,
    unread,
  };
  const results: SourceResult[] = [];
  const migrated = decideAll(sources, deciding);
  for await (const { newText: _, ...result } of settings.write?.(migrated) ?? unwritten(migrated)) {
    results.push(result); // The new text is not kept: a run may have many.
  }
  results.unshift(...(scan?.unreadable ?? []).map(unreadableResult));
  const trunks = trunkFiles?.all() ?? {};
  if (!scan) return { results, sources: sources.length, trunks, unread };
  const { skipped, ignored, unreadable, without, withoutGit } = scan;
  const unusedSilences = unusedIn(results, paths, settings);
  const read = sources.length + unreadable.length;
  return {
    results,
    sources: sources.length,
    trunks,
    unread,
    account: {
      looked: read + without.length + skipped.length + ignored.length,
      read,
      without,
      skipped,
      ignored,
      unread,
      ...(withoutGit !== undefined && { withoutGit }),
      unusedSilences,
    },
  };
}

/** Yields what becomes of each source, one after the other. */
async function* decideAll(sources: readonly Held[], deciding: Deciding): AsyncGenerator<Migrated, void> {
  const { settings, unread } = deciding;
  for (const [index, source] of sources.entries()) {
    if (settings.stopped()) return;
    settings.progress(`${grouped(index)} of ${counted(sources.length, "file")} decided`);
    const read = await readAgain(source);
    if (isUnread(read) || isNobodys(read, deciding.gathered)) unread.push(source.path);
    else if ("document" in read) {
      const marked = deciding.importers.marked(source.path, read.document);
      const document = withReaches(source.path, marked, deciding.topOf(source.path));
      const [options, context] = await inRun(read, source.named, deciding);
      const result = migrateDocument(read.source.path, document, options, context);
      yield { source: read.source, result };
    } else yield { result: unreadableResult(read) };
  }
}

/** Tells whether only its content tells that a file may hold a request, and no line says that it does. */
function isNobodys(read: Read, { evidenceOf }: Gathered): boolean {
  if (!("isGuessed" in read)) return false;
  const { creates, updates } = evidenceOf(read.source.path, WHOLE);
  return creates.length + updates.length === 0;
}

async function* unwritten(migrated: AsyncIterable<Migrated>): AsyncGenerator<SourceResult, void> {
  for await (const { result } of migrated) yield result;
}

/** Finds the pins for sources with requests that a library makes. A file without a repository has its own folder. */
function pinsFrom(gathering: Gathering): Deciding["pinsOf"] {
  let pins: Promise<Pins> | undefined;
  return async (path, document) => {
    const isMade = allDocuments(document).some(({ reading }) => reading.sites.some(({ library }) => library));
    if (!isMade) return [];
    pins ??= import("../files/library-pins.ts").then((module) => new module.Pins());
    return (await pins).governing(path, gathering.topOf(path) ?? dirname(resolve(path)));
  };
}

/**
 * Returns what silences nothing. Of a silence in a config that can be said only where all that it is about was looked
 * at.
 */
function unusedIn(
  results: readonly SourceResult[],
  paths: readonly string[],
  { configs, include, exclude }: RunSettings,
): Account["unusedSilences"] {
  const used = new Set(results.flatMap(({ usedSilences = [] }) => usedSilences));
  const isPart = include.length + exclude.length > 0;
  const configured = configs.met().flatMap((config) => {
    const isUnused = (silence: ConfiguredSilence): boolean =>
      !used.has(silence) && !isPart && config.isAllIn(paths, silence);
    return config.silenced.filter(isUnused).map(({ line, column }) => ({ path: config.path, line, column }));
  });
  return [
    ...configured,
    ...results.flatMap(({ path, unusedSilences = [] }) => unusedSilences.map((at) => ({ path, ...at }))),
  ];
}
