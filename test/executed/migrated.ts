import { mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { SiteResult, SourceResult } from "../../src/plan/outcome.ts";
import { openWriter } from "../../src/run/write-results.ts";
import { runMigration } from "../../src/run/run.ts";
import { commit } from "../run/committed.ts";
import { DRY_RUN } from "../run/settings.ts";

/** What `migrate . --write` made of a project. */
export interface Migrated {
  files: Record<string, string>;
  /** The requests, and what else needs a person. */
  sites: SiteResult[];
  /** Whether the report names a line, given as `path:line`, in a finding with this id; in any where there is none. */
  names: (line: string, id?: string) => boolean;
}

/** Commits the files of a project in a new folder, and does there what `migrate . --write` does. */
export async function migrated(folder: string, files: Readonly<Record<string, string>>): Promise<Migrated> {
  mkdirSync(folder, { recursive: true });
  commit(folder, files);
  const results = await resultsIn(folder);
  const sites = results.flatMap((result) => result.sites).filter(({ reason }) => reason !== "not-a-request");
  const lines = results.flatMap(({ path, sites: all, findings = [] }) => {
    const found = [...findings, ...all.flatMap((site) => site.findings)];
    const said = found.map(({ id, line, message, next }) => ({
      id,
      text: `${path}:${line} ${message} ${next ?? ""} `,
    }));
    const places = all.flatMap(({ line, reason, evidence }) => [
      { id: reason, text: `${path}:${line} ` },
      ...evidence.places.map((place) => ({ id: reason, text: `${place.path}:${place.line} ` })),
    ]);
    return [...said, ...places];
  });
  return {
    files: Object.fromEntries(
      Object.keys(files).map((path) => [path, readFileSync(join(folder, path), "utf8")]),
    ),
    sites,
    names: (line, id) =>
      lines.some(
        ({ id: of, text }) =>
          (id === undefined || of === id) && new RegExp(`${escaped(line)}(?!\\d)`).test(text),
      ),
  };
}

async function resultsIn(folder: string): Promise<SourceResult[]> {
  const home = process.cwd();
  process.chdir(folder);
  try {
    const writer = openWriter(false);
    const write = (all: Parameters<typeof writer.overwrite>[0]) => writer.overwrite(all);
    const run = await runMigration(["."], { ...DRY_RUN, write });
    return run.results;
  } finally {
    process.chdir(home);
  }
}

function escaped(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);
}
