import type { SiteResult, SourceResult } from "../plan/outcome.ts";
import { narrowedRights } from "../checks/narrowed-rights.ts";
import { setImmediate } from "node:timers/promises";
import { forgetOldRuns } from "../files/journal/forget-runs.ts";
import { openJournal } from "../files/journal/journal.ts";
import { readSource, type Source } from "../files/read.ts";
import { isThere } from "../files/there.ts";
import { NARROWED, type NotWritten } from "../files/write/replace.ts";
import {
  replaceText,
  replaceTexts,
  type WriteOptions,
  type WriteResult,
  writeNewFile,
} from "../files/write/write.ts";
import { findingOf } from "../checks/finding.ts";
import { checkOf } from "../checks/index.ts";

/** The largest file that is overwritten, in bytes. */
const MOST_KEPT = 64 * 1024 * 1024;

/** A source, if it could be read, and what a migration made of it. */
export interface Migrated {
  source?: Source | undefined;
  result: SourceResult;
}

/** How many files are written together at most, and about how much text, in UTF-16 code units. */
const MOST_FILES = 256;
const MOST_TEXT = 8 * 1024 * 1024;

/** Writes the results of one run, which `undo` takes back together. Load this module only to write. */
export function openWriter(force: boolean) {
  const journal = openJournal();
  forgetOldRuns();
  const linked = new Set<string>();
  return {
    /**
     * Writes the sources' new texts over them, and says so at their migrated sites, or why one was not written. Gives
     * the results in their order, each as soon as its file is done, but takes many before it gives the first. Once
     * `stop` is aborted no further file is written.
     */
    async *overwrite(
      migrated: AsyncIterable<Migrated> | Iterable<Migrated>,
      stop?: AbortSignal,
    ): AsyncGenerator<SourceResult, void> {
      let together: Migrated[] = [];
      let files = 0;
      let text = 0;
      for await (const { source, result } of migrated) {
        await setImmediate(); // a signal that came meanwhile is heard now
        const { newText } = result;
        if (newText === undefined) {
          together.push({ result });
          continue;
        }
        together.push({ source, result });
        files++;
        text += newText.length;
        if (files < MOST_FILES && text < MOST_TEXT) continue;
        yield* overwriteTogether(together, { force, journal, linked, stop });
        [together, files, text] = [[], 0, 0];
      }
      yield* overwriteTogether(together, { force, journal, linked, stop });
    },
    /**
     * Writes a source's new text, or its old one where everything in it is wrapped already, to another file.
     * Nothing is written when part of it could not be migrated.
     */
    async *writeElsewhere(
      path: string,
      migrated: AsyncIterable<Migrated> | Iterable<Migrated>,
    ): AsyncGenerator<SourceResult, void> {
      for await (const { source, result } of migrated) {
        const usable = result.sites.every(
          ({ outcome }) => outcome === "migrated" || outcome === "already-wrapped",
        );
        if (!usable || !source) {
          yield result;
          continue;
        }
        const text = result.newText ?? source.text;
        // A file that is overwritten has to be kept for undo, like every other one.
        const there = force && isThere(path) ? readSource(path, MOST_KEPT) : undefined;
        const written =
          there && "text" in there
            ? await replaceText(there, text, { force, journal })
            : writeNewFile(path, text);
        yield { ...result, sites: result.sites.map((site) => afterWrite(site, written, path)) };
      }
    },
  };
}

async function* overwriteTogether(
  migrated: readonly Migrated[],
  options: WriteOptions,
): AsyncGenerator<SourceResult, void> {
  const rewrites = migrated.flatMap(({ source, result: { newText } }) =>
    source && newText !== undefined ? [{ source, newText }] : [],
  );
  const writing = replaceTexts(rewrites, options);
  for (const { source, result } of migrated) {
    const isToWrite = source !== undefined && result.newText !== undefined;
    const { value: written } = isToWrite ? await writing.next() : {};
    yield written ? { ...result, sites: result.sites.map((site) => afterWrite(site, written)) } : result;
  }
  await writing.return();
}

function afterWrite(site: SiteResult, written: WriteResult, elsewhere?: string): SiteResult {
  if (written.written) {
    if (site.outcome !== "migrated") return site;
    const to = elsewhere === undefined ? {} : { writtenTo: elsewhere };
    const narrowed = findingOf(narrowedRights, narrowedRights.say({ lost: NARROWED }), site);
    const findings = written.narrowed ? [...site.findings, narrowed] : site.findings;
    return { ...site, written: true, findings, ...to };
  }
  if (site.outcome !== "migrated" && elsewhere === undefined) return site;
  return notWritten(site, written, elsewhere);
}

function notWritten(site: SiteResult, { reason, message, next }: NotWritten, file = "the file"): SiteResult {
  const subject = /^(is|has|exists|can't) /.test(message) ? "it " : "";
  const said = `${file} was not written: ${subject}${message}`;
  const finding = findingOf(checkOf(reason), { message: said, next }, site);
  return { ...site, outcome: "needs-person", reason, applicability: "manual", findings: [finding] };
}
