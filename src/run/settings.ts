import type { MigrateOptions } from "../migrate/options.ts";
import type { SourceResult } from "../migrate/outcome.ts";
import type { Migrated } from "../repo/apply.ts";
import type { Decisions } from "./decisions.ts";

/** What a run is to do with the sources that it finds. */
export interface RunSettings {
  options: MigrateOptions;
  decisions: Decisions | undefined;
  include: readonly string[];
  exclude: readonly string[];
  noIgnore: boolean;
  /** Writes results, if they are to be written, and gives them back with what came of that at their sites. */
  write?: (migrated: readonly Migrated[]) => AsyncIterable<SourceResult>;
  /** Once it is aborted no further source is begun. */
  stop?: AbortSignal | undefined;
  /** Is told how far the run is, often. */
  progress: (words: string) => void;
}
