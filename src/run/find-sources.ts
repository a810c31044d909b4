import { resolve } from "node:path";
import { namedPath } from "../files/paths.ts";
import { identity, isFolder } from "../files/there.ts";
import { languageOf } from "../sources/languages.ts";
import { counted } from "../rule/count-words.ts";
import type { Scan } from "../files/scan/scan.ts";
import type { ScanOptions } from "../files/scan/options.ts";
import type { RunSettings } from "./settings.ts";

/** A file that is to be read. */
export interface WantedFile {
  /** As it is printed. */
  path: string;
  /** True if somebody named it, or it was found in a folder. */
  named: boolean;
  /** True if it may be of any kind: somebody named it in a list, and its name tells no language. */
  isOfAnyKind?: true;
}

/** The settings for looking through folders. */
export type FindSettings = Pick<RunSettings, "include" | "exclude" | "noIgnore" | "configs" | "progress"> &
  Pick<RunSettings, "isCheck"> &
  Pick<ScanOptions, "counts">;

/** The files that the paths name and the folders hold. A file that is named twice, or also found, stands here once. */
export async function findSources(
  paths: readonly string[],
  settings: FindSettings,
): Promise<{ wanted: WantedFile[]; scan: Scan | undefined }> {
  const folders = paths.filter(isFolder);
  const files = new Map<string, string>();
  for (const path of paths) {
    if (folders.includes(path)) continue;
    const file = identity(path);
    if (!files.has(file)) files.set(file, namedPath(path));
  }
  const all = folders.length > 0 ? await scanned(folders, settings) : undefined;
  const scan = all && without([...files.values()], all);
  const found = (scan?.candidates ?? []).filter((path) => !files.has(identity(path)));
  return {
    wanted: [
      ...[...files.values()].map((path) => namedFile(path, settings)),
      ...found.map((path) => ({ path, named: false })),
    ],
    scan,
  };
}

/** A check takes lists of whatever files there are. */
function namedFile(path: string, { isCheck }: FindSettings): WantedFile {
  return isCheck && !languageOf(path) ? { path, named: false, isOfAnyKind: true } : { path, named: true };
}

/** A scan without the files that were named: those are read, whatever it said of them. Candidates stay. */
function without(named: readonly string[], scan: Scan): Scan {
  if (named.length === 0) return scan;
  const whole = new Set(named.map((path) => resolve(path)));
  const isOther = (path: string): boolean => !whole.has(resolve(path));
  return {
    ...scan,
    skipped: scan.skipped.filter(({ path }) => isOther(path)),
    ignored: scan.ignored.filter(isOther),
    unreadable: scan.unreadable.filter(({ path }) => isOther(path)),
    without: scan.without.filter(isOther),
  };
}

async function scanned(folders: readonly string[], settings: FindSettings): Promise<Scan> {
  const { scanFolders } = await import("../files/scan/scan.ts");
  const { configs, progress } = settings;
  return scanFolders(folders, {
    ...settings,
    configured: await configs.ofFolders(),
    progress: (looked) => progress(`${counted(looked, "file")} looked at`),
  });
}
