import { mkdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect } from "vitest";
import { namedPath } from "../../src/files/paths.ts";
import { type Scan, scanFolders } from "../../src/files/scan/scan.ts";
import type { ScanOptions } from "../../src/files/scan/options.ts";
import { put } from "./temporary.ts";

/** A text with trigger words. */
export const REQUEST =
  '{ "trunk_ids": ["ST_a"], "rule": { "dispatchRuleDirect": { "roomName": "lobby" } } }\n';

/** Writes files into a folder, by their paths in it; an array holds the names of files with a request. */
export function plant(folder: string, files: Readonly<Record<string, string | Uint8Array>> | string[]): void {
  const all = Array.isArray(files) ? Object.fromEntries(files.map((name) => [name, REQUEST])) : files;
  for (const [name, content] of Object.entries(all)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    put(folder, name, content);
  }
}

/** Scans a folder; the paths of the result start there. What holds for every scan is expected of this one. */
export async function scanned(folder: string, options: Partial<ScanOptions> = {}): Promise<Scan> {
  const scan = await scanFolders([folder], { include: [], exclude: [], noIgnore: false, ...options });
  expectAccount(scan);
  const printed = namedPath(folder);
  const inside = (path: string): string => (path === printed ? "." : path.slice(printed.length + 1));
  const all = <T extends { path: string }>(list: T[]): T[] =>
    list.map((one) => ({ ...one, path: inside(one.path) }));
  return {
    ...scan,
    candidates: scan.candidates.map(inside),
    ignored: scan.ignored.map(inside),
    skipped: all(scan.skipped),
    unreadable: all(scan.unreadable),
  };
}

/** Nothing is in two lists, and no list is longer than what was looked at. */
export function expectAccount({ candidates, ignored, skipped, unreadable, looked }: Scan): void {
  const paths = [...candidates, ...ignored, ...[...skipped, ...unreadable].map(({ path }) => path)];
  expect(new Set(paths).size).toBe(paths.length);
  expect(looked).toBeGreaterThanOrEqual(paths.length);
}

/** The skipped as `path: why`. */
export function whys({ skipped }: Scan): string[] {
  return skipped.map(({ path, why }) => `${path}: ${why}`);
}
