import type { Finding, SiteResult, SourceResult } from "../migrate/outcome.ts";
import { existsSync } from "node:fs";
import { openJournal } from "./journal.ts";
import { readSource, type Source } from "./read.ts";
import type { Refusal } from "./replace.ts";
import { replaceText, writeNewFile } from "./write.ts";

/** The largest file that is overwritten, in bytes. */
const MOST_KEPT = 64 * 1024 * 1024;

/** Writes the results of one run, which `undo` takes back together. Load this module only to write. */
export function openWriter(force: boolean) {
  const journal = openJournal();
  return {
    /** Writes a source's new text over it, and says so at its migrated sites; or why it was not written. */
    async overwrite(source: Source, result: SourceResult): Promise<SourceResult> {
      if (result.newText === undefined) return result;
      const written = await replaceText(source, result.newText, { force, journal });
      return { ...result, sites: result.sites.map((site) => afterWrite(site, written)) };
    },
    /**
     * Writes a source's new text, or its old one where everything in it is wrapped already, to another file.
     * Nothing is written when part of it could not be migrated.
     */
    async writeElsewhere(path: string, source: Source, result: SourceResult): Promise<SourceResult> {
      const usable = result.sites.every(
        ({ outcome }) => outcome === "migrated" || outcome === "already-wrapped",
      );
      if (!usable) return result;
      const text = result.newText ?? source.text;
      // A file that is overwritten has to be kept for undo, like every other one.
      const there = force && existsSync(path) ? readSource(path, MOST_KEPT) : undefined;
      const written =
        there && "text" in there
          ? await replaceText(there, text, { force, journal })
          : await writeNewFile(path, text);
      return { ...result, sites: result.sites.map((site) => afterWrite(site, written, path)) };
    },
  };
}

function afterWrite(site: SiteResult, written: { written: true } | Refusal, elsewhere?: string): SiteResult {
  if (written.written) {
    const to = elsewhere === undefined ? {} : { writtenTo: elsewhere };
    return site.outcome === "migrated" ? { ...site, written: true, ...to } : site;
  }
  if (site.outcome !== "migrated" && elsewhere === undefined) return site;
  const { line, column } = site;
  const needsSubject = /^(is|has|exists|can't) /.test(written.message);
  const message = `nothing was written: ${needsSubject ? `${elsewhere ?? site.path} ` : ""}${written.message}`;
  const finding: Finding = {
    id: written.reason,
    severity: "error",
    line,
    column,
    message,
    next: written.next,
  };
  return {
    ...site,
    outcome: "needs-person",
    reason: written.reason,
    applicability: "manual",
    findings: [finding],
  };
}
