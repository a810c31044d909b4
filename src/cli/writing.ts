import type { SourceResult } from "../plan/outcome.ts";
import type { Migrated } from "../run/write-results.ts";
import type { HeldSignals } from "./interrupt.ts";

/** Returns how results are written; where that is over their sources, signals are held from the first one on. */
export async function startWriting(
  force: boolean,
  output?: string,
): Promise<{
  write: (migrated: AsyncIterable<Migrated>) => AsyncIterable<SourceResult>;
  signals: () => HeldSignals | undefined;
}> {
  const { openWriter } = await import("../run/write-results.ts");
  const { holdSignals } = await import("./interrupt.ts");
  const writer = openWriter(force);
  let signals: HeldSignals | undefined;
  return {
    write: (migrated) => {
      if (output !== undefined) return writer.writeElsewhere(output, migrated);
      signals ??= holdSignals();
      return writer.overwrite(migrated, signals.stop);
    },
    signals: () => signals,
  };
}
