import type { InferredOptionTypes, Options } from "yargs";
import { configsOf } from "./configs.ts";
import { textOption } from "./options.ts";

/** The options about which files of folders are looked at, and about the config for them. */
export const scanOptions = {
  include: textOption("In folders, look at these files only: patterns as in .gitignore, separated by commas"),
  exclude: textOption("In folders, leave these files out"),
  "no-ignore": { type: "boolean", describe: "In folders, also look at files that git ignores" },
  config: textOption(
    "The config for all files (default: for each the nearest sip-dispatch.config.json above it)",
  ),
} as const satisfies Record<string, Options>;

/** The settings of a run over these paths, as the command line has them. */
export function runSettings(args: InferredOptionTypes<typeof scanOptions>, paths: readonly string[]) {
  return {
    configs: configsOf(paths, args.config),
    include: patterns(args.include),
    exclude: patterns(args.exclude),
    noIgnore: args["no-ignore"] === true,
  };
}

function patterns(list: string | undefined): string[] {
  return (list ?? "").split(",").flatMap((pattern) => pattern.trim() || []);
}
