import { dirname, resolve } from "node:path";
import { allDocuments, type Document, documentIds, WHOLE } from "../migrate/document.ts";
import { migrateDocument } from "../migrate/migrate.ts";
import type { SourceResult } from "../migrate/outcome.ts";
import type { Silence } from "../migrate/silence.ts";
import { unreadableResult } from "../migrate/unreadable.ts";
import type { Pins } from "../repo/pins.ts";
import type { Migrated } from "../repo/apply.ts";
import { counted, grouped } from "../report/words.ts";
import type { Source } from "../repo/read.ts";
import type { Pin } from "../rule/protocol-library.ts";
import type { Account } from "./account.ts";
import { type EvidenceOf, Gathering } from "./gather.ts";
import { type Held, isUnread, readAgain, readAll } from "./read.ts";
import type { RunSettings } from "./settings.ts";
import { findSources } from "./sources.ts";

/** What came of a run. There is an account where folders were looked at. */
export interface Run {
  results: SourceResult[];
  /** How many files were to be decided; `results` has fewer after it was stopped. */
  sources: number;
  account?: Account;
}

/**
 * Migrates files and folders, as they are named: finds the sources, reads all of them, joins what they say about each
 * other, and only then decides, one source at a time.
 */
export async function runMigration(paths: readonly string[], settings: RunSettings): Promise<Run> {
  const { wanted, scan } = await findSources(paths, settings);
  const gathering = new Gathering(paths);
  const sources = await readAll(wanted, (path, document) => gathering.add(path, document), settings.progress);
  const evidenceOf = await gathering.join(settings);

  const silenced = new Set<Silence>();
  const unread: string[] = [];
  const pinsOf = pinsFrom(gathering);
  const migrated = decideAll(sources, { settings, evidenceOf, pinsOf, silenced, unread });
  const results: SourceResult[] = (scan?.unreadable ?? []).map(unreadableResult);
  for await (const { newText: _, ...result } of settings.write?.(migrated) ?? unwritten(migrated)) {
    results.push(result); // The new text is not kept: a run may have many.
  }
  if (!scan) return { results, sources: sources.length };
  const { without, skipped, ignored, unreadable, withoutGit } = scan;
  const unusedSilences = unusedIn(results, paths, settings, silenced);
  const read = wanted.length + unreadable.length;
  return {
    results,
    sources: sources.length,
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

/** What all sources have in common, and what is found out on the way. */
interface Deciding {
  settings: RunSettings;
  evidenceOf: EvidenceOf;
  pinsOf(path: string, document: Document): Promise<readonly Pin[]>;
  silenced: Set<Silence>;
  unread: string[];
}

/** What becomes of each source, one after the other. */
async function* decideAll(sources: readonly Held[], deciding: Deciding): AsyncGenerator<Migrated, void> {
  const { settings, unread } = deciding;
  for (const [index, source] of sources.entries()) {
    if (settings.stopped()) return;
    settings.progress(`${grouped(index)} of ${counted(sources.length, "file")} decided`);
    const read = await readAgain(source);
    if (isUnread(read)) unread.push(read.path);
    else if ("document" in read) {
      const pins = await deciding.pinsOf(source.path, read.document);
      yield { source: read.source, result: decide(read, source.named, pins, deciding) };
    } else yield { result: unreadableResult(read) };
  }
}

async function* unwritten(migrated: AsyncIterable<Migrated>): AsyncGenerator<SourceResult, void> {
  for await (const { result } of migrated) yield result;
}

function decide(
  { source: { path }, document }: { source: Source; document: Document },
  named: boolean,
  protocolPins: readonly Pin[],
  { settings: { options, decisions }, evidenceOf, silenced }: Deciding,
): SourceResult {
  const ids = documentIds(document);
  return migrateDocument(
    path,
    document,
    { ...decisions?.optionsFor(path), ...options, protocolPins },
    {
      evidenceOf: (part) => ({ ...evidenceOf(path, ids.get(part) ?? WHOLE), named }),
      silences: decisions?.silencesFor(path) ?? [],
      silenced: (silence) => silenced.add(silence),
    },
  );
}

/** Finds the pins for sources with requests that a library makes. A file without a repository has its own folder. */
function pinsFrom(gathering: Gathering): Deciding["pinsOf"] {
  let pins: Promise<Pins> | undefined;
  return async (path, document) => {
    const isMade = allDocuments(document).some(({ reading }) => reading.sites.some(({ library }) => library));
    if (!isMade) return [];
    pins ??= import("../repo/pins.ts").then((module) => new module.Pins());
    return (await pins).governing(path, gathering.topOf(path) ?? dirname(resolve(path)));
  };
}

/** What silences nothing. Of a silence in the config that can be said only where all that it is about was looked at. */
function unusedIn(
  results: readonly SourceResult[],
  paths: readonly string[],
  { decisions, include, exclude }: RunSettings,
  used: ReadonlySet<Silence>,
): Account["unusedSilences"] {
  const isPart = include.length + exclude.length > 0;
  const configured = (decisions?.silenced ?? []).filter(
    (silence) => !used.has(silence) && !isPart && decisions?.isAllIn(paths, silence) === true,
  );
  return [
    ...configured.map(({ line, column }) => ({ path: decisions?.path ?? "", line, column })),
    ...results.flatMap(({ path, unusedSilences = [] }) => unusedSilences.map((at) => ({ path, ...at }))),
  ];
}
