import { statSync } from "node:fs";
import type { CommandModule, InferredOptionTypes, Options } from "yargs";
import { migrateText } from "../migrate/migrate.ts";
import type { SourceResult } from "../migrate/outcome.ts";
import { unreadableResult } from "../migrate/unreadable.ts";
import { jsonReport } from "../report/json.ts";
import { redactResults, redactText } from "../report/redact.ts";
import { textReport } from "../report/text.ts";
import { exitStatus } from "../report/totals.ts";
import { judgeTogether } from "../routing/together.ts";
import type { Server } from "../rule/server.ts";
import { languageOfNamed } from "../syntax/registry.ts";
import { migrateOptions, migrationOptions, outputOptions, readInput, STDIN, styleOf } from "./options.ts";
import { type Output, print } from "./output.ts";
import { UsageError } from "./usage.ts";

export const migrateCommandOptions = {
  write: { alias: "w", type: "boolean", describe: "Rewrite the files; without it nothing is written" },
  output: { alias: "o", type: "string", requiresArg: true, describe: "Write the migrated file here instead" },
  check: { type: "boolean", describe: "Exit with 1 if something is left to do" },
  force: {
    type: "boolean",
    describe: "Also write a file with uncommitted changes, and over another with -o",
  },
  "wrapper-key": {
    type: "string",
    choices: ["dispatch_rule", "dispatchRule"],
    describe: "How to spell the wrapper's key (default: dispatch_rule)",
  },
  ...migrationOptions,
  format: { type: "string", choices: ["text", "json"], default: "text", describe: "How to report" },
  ...outputOptions,
} as const satisfies Record<string, Options>;

type Arguments = InferredOptionTypes<typeof migrateCommandOptions> & { paths: string[] };

/** `sip-dispatch migrate`: shows what a migration does to calls, and writes it when asked. */
export const migrateCommand: CommandModule<object, Arguments> = {
  command: "migrate <paths..>",
  describe: "Move flat requests into the dispatch_rule wrapper",
  builder: (yargs) =>
    yargs
      .positional("paths", {
        type: "string",
        array: true,
        demandOption: true,
        describe: "Files, or - for standard input",
      })
      .options(migrateCommandOptions)
      .example("$0 migrate rule.json", "What would change, for the file and for calls")
      .example("$0 migrate rule.json --write", "Rewrite the file")
      .example("$0 migrate - < rule.json > new.json", "The same through pipes")
      .example("$0 migrate sip/*.json --check", "For CI: exit 1 if one is still flat"),
  handler: async (args) => {
    refuseContradictions(args);
    process.exitCode = args.paths.includes(STDIN) ? await migrateInput(args) : await migrateFiles(args);
  },
};

function refuseContradictions({ paths, write, output, check, "known-trunks": knownTrunks }: Arguments): void {
  if (paths.includes(STDIN)) {
    if (paths.length > 1) throw new UsageError("- stands for one request, so it can't be named beside files");
    if (write || output !== undefined) {
      throw new UsageError(
        "with - the migrated request goes to standard output, so there is no file to write",
      );
    }
    if (knownTrunks === STDIN)
      throw new UsageError("standard input can't be both the request and the known trunks");
  }
  if (output === STDIN || output === "") {
    throw new UsageError(
      "-o takes the name of a file",
      "For standard output, give the request to `sip-dispatch migrate -`.",
    );
  }
  if (output !== undefined && paths.length > 1) throw new UsageError("-o takes the result of one file");
  if (output !== undefined && write)
    throw new UsageError("--write and -o say different things about where to write");
  if (check && (write || output !== undefined)) {
    throw new UsageError("--check only looks, so it can't be used with --write or -o");
  }
}

async function migrateFiles(args: Arguments): Promise<number> {
  const decided = migrateOptions(args);
  const writes = args.write === true || args.output !== undefined;
  const writer = writes ? (await import("../repo/apply.ts")).openWriter(args.force === true) : undefined;
  const results: SourceResult[] = [];
  for (const path of distinctFiles(args.paths)) {
    const source = readInput(path, languageOfNamed(path).limit);
    if (!("text" in source)) {
      results.push(unreadableResult(source));
      continue;
    }
    const result = await migrateText(source.path, source.text, decided);
    if (!writer) results.push(result);
    else if (args.output === undefined) results.push(await writer.overwrite(source, result));
    else results.push(await writer.writeElsewhere(args.output, source, result));
  }
  print(1, report(results, args, decided.server, 1));
  return exitStatus(results, args.check === true);
}

/** The paths without those that lead to a file that was named before. */
function distinctFiles(paths: readonly string[]): string[] {
  const seen = new Set<string>();
  return paths.filter((path) => {
    const found = statSync(path, { throwIfNoEntry: false, bigint: true });
    const file = found ? `${found.dev}:${found.ino}` : path;
    return !seen.has(file) && seen.add(file);
  });
}

/** The migrated request goes to standard output, or a wrapped one as it is; everything else to standard error. */
async function migrateInput(args: Arguments): Promise<number> {
  const source = readInput(STDIN, languageOfNamed("-").limit);
  const decided = migrateOptions(args);
  const result = "text" in source ? await migrateText("-", source.text, decided) : unreadableResult(source);
  print(2, report([result], args, decided.server, 2));
  const isUsable = result.sites.every(
    ({ outcome }) => outcome === "migrated" || outcome === "already-wrapped",
  );
  if (!isUsable || !("text" in source)) return Math.max(3, exitStatus([result], false));
  const text = result.newText ?? source.text;
  print(1, args.redact ? redactText(text) : text);
  return exitStatus([result], args.check === true);
}

function report(
  results: SourceResult[],
  args: Arguments,
  server: Server | undefined,
  output: Output,
): string {
  const redact = args.redact === true;
  const shown = redact ? redactResults(results) : results;
  if (args.format === "json") return jsonReport(shown, judgeTogether(results, server), redact);
  const together = args.quiet ? undefined : judgeTogether(results, server);
  const style = styleOf(args.color, output);
  return textReport(shown, style, {
    quiet: args.quiet === true,
    piped: output === 2,
    check: args.check === true,
    together,
    redact,
  });
}
