import type { MigrateOptions } from "../config/options.ts";
import type { SourceResult } from "../plan/outcome.ts";
import type { Migrated } from "./write-results.ts";
import type { Configs } from "../config/configs.ts";

/** The settings of a run. */
export interface RunSettings {
  options: MigrateOptions;
  configs: Configs;
  include: readonly string[];
  exclude: readonly string[];
  noIgnore: boolean;
  /** True if the checks are asked about every rule, and not about what a migration does. */
  isCheck?: true;
  /** Writes the results, if they are to be written, and says at their sites what came of that. */
  write?: (migrated: AsyncIterable<Migrated>) => AsyncIterable<SourceResult>;
  /** Asked before every file: no further one is begun once it says so. */
  stopped: () => boolean;
  /** Is told how far the run is, often. */
  progress: (words: string) => void;
}
