import { dirname, join, relative, resolve, sep } from "node:path";
import type { MigrateOptions } from "./options.ts";
import { patternsOf } from "../files/scan/patterns.ts";
import { readSource } from "../files/read.ts";
import type { Unreadable } from "../sources/unreadable.ts";
import type { ConfiguredPatterns } from "../files/scan/options.ts";
import { type Config, type ConfiguredSilence, readConfig } from "./config.ts";
import type { ConfigProblem } from "./fields.ts";

/** The decisions of one config, asked by the paths of files. */
export interface Decisions extends ConfiguredPatterns {
  /** Where the config was found, as it is printed. */
  path: string;
  silenced: readonly ConfiguredSilence[];
  optionsFor(path: string): Partial<MigrateOptions>;
  silencesFor(path: string): ConfiguredSilence[];
  /** The environment that the config says a file is of; undefined where it says nothing of it. */
  environmentOf(path: string): string | undefined;
  /** Tells whether all files that a silence can be about stand in these folders, or are among these files. */
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
  /** Where a path stands below the folder of the config; `""` for others, which no pattern matches. */
  const inside = (file: string): string => {
    const local = relative(root, resolve(file)).split(sep).join("/");
    if (local === ".." || local.startsWith("../")) return "";
    return local !== "" && file.endsWith("/") ? `${local}/` : local;
  };
  const matcher = (patterns: readonly string[]): ((file: string) => boolean) => {
    const matches = patternsOf(patterns);
    return (file) => {
      const local = inside(file);
      return local !== "" && matches.ignores(local);
    };
  };
  const matching = <T extends { path: string }>(entries: readonly T[]): ((file: string) => T[]) => {
    const matchers = entries.map((entry) => ({ entry, matches: matcher([entry.path]) }));
    return (file) => matchers.flatMap(({ entry, matches }) => (matches(file) ? [entry] : []));
  };
  const optionsOf = matching(config.options);
  const { include, exclude, silenced } = config;
  const environments = config.environments.map(({ name, paths }) => ({ name, holds: matcher(paths) }));
  return {
    path: relative(process.cwd(), path).split(sep).join("/"),
    ...(include.length > 0 && { includes: matcher(include) }),
    ...(exclude.length > 0 && { excludes: matcher(exclude) }),
    silenced,
    optionsFor: (file) => Object.assign({}, ...optionsOf(file).map(({ options }) => options)),
    silencesFor: matching(silenced),
    environmentOf: (file) => environments.find(({ holds }) => holds(file))?.name,
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
