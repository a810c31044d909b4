import { namedPath } from "../repo/paths.ts";
import { sentence } from "../report/words.ts";
import type { Decisions } from "../run/decisions.ts";
import { CONFIG_NAME, findConfig } from "../run/find-config.ts";
import { UsageError } from "./usage.ts";

/**
 * What the config file says that `--config` names, or else the one that is found; none where there is none. One that
 * can't be read is wrong usage.
 */
export async function decisionsOf(named?: string): Promise<Decisions | undefined> {
  const path = named ?? findConfig();
  if (path === undefined) return undefined;
  const { readDecisions } = await import("../run/decisions.ts");
  const decisions = readDecisions(path);
  if (!("message" in decisions)) return decisions;
  const { line, column, message } = decisions;
  const mend = "Mend it; docs/migrate.md says what a config file holds.";
  if (named !== undefined && line === undefined) {
    throw new UsageError(
      `--config ${named}: ${message}`,
      `Name a config file that is there; without --config, the ${CONFIG_NAME} here or above counts.`,
    );
  }
  throw new UsageError(
    sentence(message),
    "next" in decisions ? decisions.next : mend,
    namedPath(path) + (line === undefined ? "" : `:${line}:${column}`),
  );
}
