import { type BigIntStats, statSync } from "node:fs";
import { readDocument } from "../migrate/document.ts";
import { NAMED, UNKNOWN } from "../migrate/evidence.ts";
import { migrateDocument } from "../migrate/migrate.ts";
import type { MigrateOptions } from "../migrate/options.ts";
import type { SourceResult } from "../migrate/outcome.ts";
import type { Silence } from "../migrate/silence.ts";
import { unreadableResult } from "../migrate/unreadable.ts";
import { displayPath } from "../repo/paths.ts";
import { readSource, type Source } from "../repo/read.ts";
import type { Scan } from "../repo/scan.ts";
import { languageOf, languageOfNamed } from "../syntax/registry.ts";
import type { Account } from "./account.ts";
import type { Decisions } from "./decisions.ts";

/** What a run is to do with the sources that it finds. */
export interface RunSettings {
  options: MigrateOptions;
  decisions: Decisions | undefined;
  include: readonly string[];
  exclude: readonly string[];
  noIgnore: boolean;
  /** Writes a result, if results are to be written, and says at its sites what came of that. */
  write?: (source: Source, result: SourceResult) => Promise<SourceResult>;
  /** Asked before every file: no further one is begun once it says so. */
  stopped: () => boolean;
  /** Is told how far the run is, often. */
  progress: (words: string) => void;
}

/** What came of a run. There is an account where folders were looked at. */
export interface Run {
  results: SourceResult[];
  account?: Account;
}

/** Migrates files and folders, as they are named. A file that is named twice, or also found, is read once. */
export async function runMigration(paths: readonly string[], settings: RunSettings): Promise<Run> {
  const folders = paths.filter(isFolder);
  const files = distinctFiles(paths.filter((path) => !folders.includes(path)));
  const scan = folders.length > 0 ? await scanned(folders, settings) : undefined;
  const found = (scan?.candidates ?? []).filter((path) => !files.has(identity(path)));
  const sources = [
    ...[...files.values()].map((path) => ({ path, named: true })),
    ...found.map((path) => ({ path, named: false })),
  ];

  const silenced = new Set<Silence>();
  const results: SourceResult[] = (scan?.unreadable ?? []).map(unreadableResult);
  const unread: string[] = [];
  for (const [index, { path, named }] of sources.entries()) {
    if (settings.stopped()) break;
    settings.progress(`${index} of ${sources.length} files with dispatch rules`);
    const result = await migrated(path, named, settings, silenced);
    if (result) results.push(result);
    else unread.push(path);
  }
  if (!scan) return { results };
  const unusedSilences = unusedIn(results, settings.decisions, silenced);
  const { looked, skipped, ignored, candidates, unreadable } = scan;
  const read = candidates.length + unreadable.length;
  return { results, account: { looked, read, skipped, ignored, unread, unusedSilences } };
}

/** What becomes of one file; undefined for one that was found and is in no language that is read. */
async function migrated(
  path: string,
  named: boolean,
  settings: RunSettings,
  used: Set<Silence>,
): Promise<SourceResult | undefined> {
  const source = readSource(path, languageOfNamed(path).limit);
  if (!("text" in source)) return unreadableResult(source);
  const [firstLine] = source.text.split("\n", 1);
  if (!named && !languageOf(path, firstLine)) return undefined;

  const { decisions, write } = settings;
  const result = migrateDocument(
    path,
    await readDocument(path, source.text),
    { ...decisions?.optionsFor(path), ...settings.options },
    {
      evidenceOf: () => (named ? NAMED : UNKNOWN),
      silences: decisions?.silencesFor(path) ?? [],
      silenced: (silence) => used.add(silence),
    },
  );
  const { newText: _, ...kept } = write ? await write(source, result) : result;
  return kept;
}

async function scanned(folders: readonly string[], settings: RunSettings): Promise<Scan> {
  const { scanFolders } = await import("../repo/scan.ts");
  const { include, exclude, noIgnore, decisions, progress } = settings;
  return scanFolders(folders, {
    include: [...include, ...(decisions?.include ?? [])],
    exclude: [...exclude, ...(decisions?.exclude ?? [])],
    noIgnore,
    progress: (looked) => progress(`${looked.toLocaleString("en")} files looked at`),
  });
}

function unusedIn(
  results: readonly SourceResult[],
  decisions: Decisions | undefined,
  used: ReadonlySet<Silence>,
): Account["unusedSilences"] {
  const configured = (decisions?.silenced ?? []).filter((silence) => !used.has(silence));
  return [
    ...configured.map(({ line, column }) => ({ path: decisions?.path ?? "", line, column })),
    ...results.flatMap(({ path, unusedSilences = [] }) => unusedSilences.map((at) => ({ path, ...at }))),
  ];
}

/** The named files by their identity, so that two names of one file count once; paths as they are printed. */
function distinctFiles(paths: readonly string[]): Map<string, string> {
  const files = new Map<string, string>();
  for (const path of paths) {
    const file = identity(path);
    if (!files.has(file)) files.set(file, displayPath(path));
  }
  return files;
}

function identity(path: string): string {
  const found = statsOf(path);
  return found ? `${found.dev}:${found.ino}` : path;
}

function isFolder(path: string): boolean {
  return statsOf(path)?.isDirectory() ?? false;
}

/** What can't be asked counts as a file, and reading it says why. */
function statsOf(path: string): BigIntStats | undefined {
  try {
    return statSync(path, { bigint: true });
  } catch {
    return undefined;
  }
}
