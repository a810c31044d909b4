import { CONFIG_NAME } from "../files/scan/nearest-config.ts";
import { displayPath, namedPath } from "../files/paths.ts";
import { sentence } from "../report/outcome-words.ts";
import { Configs } from "../config/configs.ts";
import { UsageError } from "./usage-error.ts";

/**
 * The config that `--config` names, or else the nearest one of every file in a run for these paths. One that can't be
 * read is wrong usage.
 */
export function configsOf(paths: readonly string[], named?: string): Configs {
  const reader = async () => {
    const { readDecisions } = await import("../config/config-file.ts");
    return (path: string) => {
      const decisions = readDecisions(path);
      return "message" in decisions ? refuse(path, named, decisions) : decisions;
    };
  };
  return new Configs(reader, paths, named);
}

function refuse(
  path: string,
  named: string | undefined,
  { line, column, message, next }: { line?: number; column?: number; message: string; next?: string },
): never {
  if (named !== undefined && line === undefined) {
    throw new UsageError(
      `--config ${named}: ${message}`,
      `Name a config file that is there; without --config, the nearest ${CONFIG_NAME} above a file counts.`,
    );
  }
  throw new UsageError(
    sentence(message),
    next ?? "Fix it; docs/migrate.md says what a config file holds.",
    (named === undefined ? displayPath(path) : namedPath(path)) +
      (line === undefined ? "" : `:${line}:${column}`),
  );
}
