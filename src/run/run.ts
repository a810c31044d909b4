import { allDocuments, type Document } from "../migrate/document.ts";
import { migrateDocument } from "../migrate/migrate.ts";
import type { SourceResult } from "../migrate/outcome.ts";
import type { Silence } from "../migrate/silence.ts";
import { unreadableResult } from "../migrate/unreadable.ts";
import type { Migrated } from "../repo/apply.ts";
import type { Source } from "../repo/read.ts";
import type { Account } from "./account.ts";
import { Batches } from "./batches.ts";
import type { Decisions } from "./decisions.ts";
import { type EvidenceOf, Gathering } from "./gather.ts";
import { isUnread, readAgain, readAll } from "./read.ts";
import type { RunSettings } from "./settings.ts";
import { findSources } from "./sources.ts";

/** What came of a run. There is an account where folders were looked at. */
export interface Run {
  results: SourceResult[];
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
  const batches = new Batches(settings);
  await batches.add((scan?.unreadable ?? []).map((why) => ({ result: unreadableResult(why) })));
  for (const [index, source] of sources.entries()) {
    if (settings.stop?.aborted) break;
    settings.progress(`${index} of ${sources.length} files decided`);
    const read = await readAgain(source);
    if (isUnread(read)) unread.push(read.path);
    else if ("document" in read)
      await batches.add([decided(read, source.named, evidenceOf, settings, silenced)]);
    else await batches.add([{ result: unreadableResult(read) }]);
  }
  const results = await batches.end();
  if (!scan) return { results };
  const { looked, skipped, ignored, candidates, unreadable } = scan;
  const unusedSilences = unusedIn(results, settings.decisions, silenced);
  const read = candidates.length + unreadable.length;
  return { results, account: { looked, read, skipped, ignored, unread, unusedSilences } };
}

/** What becomes of one source. */
function decided(
  { source, document }: { source: Source; document: Document },
  named: boolean,
  evidenceOf: EvidenceOf,
  { options, decisions }: RunSettings,
  silenced: Set<Silence>,
): Migrated {
  const { path } = source;
  const numbers = new Map(allDocuments(document).map((each, number) => [each, number]));
  const result = migrateDocument(
    path,
    document,
    { ...decisions?.optionsFor(path), ...options },
    {
      evidenceOf: (part) => ({ ...evidenceOf(path, numbers.get(part) ?? 0), named }),
      silences: decisions?.silencesFor(path) ?? [],
      silenced: (silence) => silenced.add(silence),
    },
  );
  return { source, result };
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
