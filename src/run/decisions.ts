import { dirname, join, relative, resolve, sep } from "node:path";
import type { MigrateOptions } from "../migrate/options.ts";
import { patternsOf } from "../repo/patterns.ts";
import { readSource, type Unreadable } from "../repo/read.ts";
import { type Config, type ConfigProblem, type ConfiguredSilence, readConfig } from "./config.ts";

/** What the config of a repository says, asked by the paths of files. */
export interface Decisions {
  /** Where the config was found, as it is printed. */
  path: string;
  include: string[];
  exclude: string[];
  /** The folder by which the patterns go, absolute. */
  root: string;
  silenced: readonly ConfiguredSilence[];
  optionsFor(path: string): Partial<MigrateOptions>;
  silencesFor(path: string): ConfiguredSilence[];
  /** Whether all files that a silence can be about stand in these folders, or are among these files. */
  isAllIn(paths: readonly string[], silence: ConfiguredSilence): boolean;
}

const LARGEST_CONFIG = 1024 * 1024;

/** Reads the config at a path, or says what is wrong with it. */
export function readDecisions(path: string): Decisions | ConfigProblem | Unreadable {
  const source = readSource(path, LARGEST_CONFIG);
  if (!("text" in source)) return source;
  const config = readConfig(source.text);
  return "message" in config ? config : decisions(resolve(path), config);
}

function decisions(path: string, config: Config): Decisions {
  const root = dirname(path);
  const inside = (file: string): string | undefined => {
    const local = relative(root, resolve(file)).split(sep).join("/");
    return local === "" || local === ".." || local.startsWith("../") ? undefined : local;
  };
  const matching = <T extends { path: string }>(entries: readonly T[]): ((file: string) => T[]) => {
    const matchers = entries.map((entry) => ({ entry, matches: patternsOf([entry.path]) }));
    return (file) => {
      const local = inside(file);
      if (local === undefined) return [];
      return matchers.flatMap(({ entry, matches }) => (matches.ignores(local) ? [entry] : []));
    };
  };
  const optionsOf = matching(config.options);
  return {
    path: relative(process.cwd(), path).split(sep).join("/"),
    root,
    include: config.include,
    exclude: config.exclude,
    silenced: config.silenced,
    optionsFor: (file) => Object.assign({}, ...optionsOf(file).map(({ options }) => options)),
    silencesFor: matching(config.silenced),
    isAllIn: (paths, silence) => {
      const place = join(root, placeOf(silence));
      return paths.map((one) => resolve(one)).some((one) => `${place}${sep}`.startsWith(`${one}${sep}`));
    },
  };
}

/** The path below which everything stands that the pattern can match: that of a plain path, or else nothing. */
function placeOf({ path }: ConfiguredSilence): string {
  const isPlain = /^[^*?[\]!#\\]+$/.test(path) && /\/./.test(path);
  return isPlain ? path : "";
}
