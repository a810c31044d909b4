import type { MigrateOptions } from "../migrate/options.ts";
import type { SourceResult } from "../migrate/outcome.ts";
import type { Migrated } from "../repo/apply.ts";
import type { Configs } from "./configs.ts";

/** What a run is to do with the sources that it finds. */
export interface RunSettings {
  options: MigrateOptions;
  configs: Configs;
  include: readonly string[];
  exclude: readonly string[];
  noIgnore: boolean;
  /** Writes the results, if they are to be written, and says at their sites what came of that. */
  write?: (migrated: AsyncIterable<Migrated>) => AsyncIterable<SourceResult>;
  /** Asked before every file: no further one is begun once it says so. */
  stopped: () => boolean;
  /** Is told how far the run is, often. */
  progress: (words: string) => void;
}
