import type { InferredOptionTypes, Options } from "yargs";
import { NOT_WRITTEN, type SourceResult } from "../plan/outcome.ts";
import { MIGRATION_FORMATS, type MigrationOptions, type ReportText } from "../report/migration-formats.ts";
import { redactResults, redactText } from "../report/redact.ts";
import type { Replayed } from "../report/replay.ts";
import { exitStatus } from "../report/totals.ts";
import { counted, grouped } from "../rule/count-words.ts";
import { callsOfMigration, knownRules } from "../plan/call-changes.ts";
import { memoized } from "../rule/memoized.ts";
import { NEWEST, type Server } from "../rule/server.ts";
import { displayPath } from "../files/paths.ts";
import type { Run } from "../run/run.ts";
import { isFolder } from "../files/there.ts";
import { isDocument } from "../sources/languages.ts";
import type { Command } from "./command.ts";
import { callsOption, refuseWrongLog, replayLog } from "./logged-calls.ts";
import {
  formatOption,
  migrateOptions,
  migrationOptions,
  outputOptions,
  pathOperands,
  shownOn,
  STDIN,
  choiceOption,
} from "./options.ts";
import { type Output, print, printReport } from "./output.ts";
import { runSettings, scanOptions } from "./scan-options.ts";
import { say } from "./say.ts";
import { startProgress } from "./progress.ts";
import { migratedInput, refuseContradictedInput, stdinOptions } from "./standard-input.ts";
import { UsageError } from "./usage-error.ts";
import { startWriting } from "./writing.ts";

declare const VERSION: string;

const OPTIONS = {
  write: { alias: "w", type: "boolean", describe: "Rewrite the files; without it nothing is written" },
  output: { alias: "o", type: "string", requiresArg: true, describe: "Write the migrated file here instead" },
  check: { type: "boolean", describe: "Exit with 1 if something is left to do" },
  force: {
    type: "boolean",
    describe: "Also write files with uncommitted changes; with -o, overwrite a file",
  },
  "wrapper-key": choiceOption(
    ["dispatch_rule", "dispatchRule"],
    "How to spell the wrapper's key (default: dispatch_rule)",
  ),
  ...migrationOptions,
  calls: callsOption,
  nested: { type: "boolean", describe: "Also migrate requests that stand deep inside a document" },
  unsafe: {
    type: "boolean",
    describe: "Also migrate code where a person should check the result",
  },
  assume: choiceOption(
    ["create", "none"],
    "How to treat flat requests that no script uses (default: create)",
  ),
  ...scanOptions,
  ...stdinOptions,
  verbose: { alias: "v", type: "boolean", describe: "Name every file, and show every request in full" },
  "json-diff": { type: "boolean", describe: "Also show each rule as JSON, before and after" },
  format: formatOption(MIGRATION_FORMATS),
  ...outputOptions,
} as const satisfies Record<string, Options>;

type Arguments = InferredOptionTypes<typeof OPTIONS> & { paths: string[] };

/** `sip-dispatch migrate`: shows what a migration does to calls, and writes it when asked. */
export const command = {
  operand: pathOperands,
  options: OPTIONS,
  examples: [
    ["$0 migrate rule.json", "Show what would change"],
    ["$0 migrate rule.json --write", "Rewrite the file"],
    ["$0 migrate", "The same for this folder"],
    ["$0 migrate - < a.json > b.json", "Through pipes"],
    ["$0 migrate sip/*.json --check", "For CI: exit 1 if one is flat"],
  ],
  run: async (args: Arguments): Promise<void> => {
    refuseContradictions(args);
    process.exitCode = args.paths.includes(STDIN) ? await migrateInput(args) : await migrateFiles(args);
  },
} as const satisfies Command;

function refuseContradictions(args: Arguments): void {
  const { paths, write, output, check } = args;
  if (paths.includes(STDIN) && (write || output !== undefined))
    throw new UsageError("with - the migrated request goes to standard output, so there is no file to write");
  refuseContradictedInput(args);
  refuseWrongLog(args.calls, [...paths, args["known-trunks"]]);
  if (output === STDIN || output === "") {
    throw new UsageError(
      "-o takes the name of a file",
      "For standard output, give the request to `sip-dispatch migrate -`.",
    );
  }
  if (output !== undefined && (paths.length !== 1 || isFolder(paths[0] ?? "")))
    throw new UsageError("-o takes the result of one file");
  if (output !== undefined && write)
    throw new UsageError("--write rewrites the file, and -o writes another one: choose one of them");
  if (check && (write || output !== undefined)) {
    throw new UsageError("--check writes nothing, so it can't be used with --write or -o");
  }
}

async function migrateFiles(args: Arguments): Promise<number> {
  const { runMigration } = await import("../run/run.ts");
  const decided = migrateOptions(args);
  const writing =
    args.write === true || args.output !== undefined
      ? await startWriting(args.force === true, args.output)
      : undefined;
  const progress = startProgress();
  const paths = args.paths.length > 0 ? args.paths : ["."];
  const run = await runMigration(paths, {
    options: decided,
    ...runSettings(args, paths),
    ...(writing && { write: writing.write }),
    stopped: () => writing?.signals()?.stop.aborted === true,
    progress: (words) => progress.say(words),
  });
  progress.end();
  const reported = { ...run, server: decided.server };
  const replayed = await replayMigration(reported, args);
  const signals = writing?.signals();
  if (signals?.stop.aborted) {
    const count = run.results.filter(({ sites }) => sites.some(({ written }) => written)).length;
    const next = count > 0 ? "`sip-dispatch undo` takes them back." : undefined;
    say(`interrupted: ${grouped(count)} of ${counted(run.sources, "file")} written.`, next);
  } else printReport(1, report(reported, args, 1, replayed));
  signals?.release();
  const status = Math.max(exitStatus(run.results, args.check === true), replayed?.isBroken ? 3 : 0);
  return args.output === undefined ? status : Math.max(status, sayWhatIsIn(args.output, run.results));
}

/** Says what became of the file that `-o` names, where the report does not: 3 if it was not written, else 0. */
function sayWhatIsIn(output: string, results: readonly SourceResult[]): 0 | 3 {
  const sites = results.flatMap((result) => result.sites);
  const name = displayPath(output);
  if (sites.every(({ outcome }) => outcome === "already-wrapped")) {
    say(`${name} holds the text unchanged: all of it is wrapped already.`);
    return 0;
  }
  if (sites.every(({ outcome, written }) => outcome === "already-wrapped" || written)) return 0;
  if (sites.some(({ reason }) => NOT_WRITTEN.includes(reason))) return 3;
  say(
    `${name} was not written, because not all of the file could be migrated.`,
    "Fix what the report names, or use --write, which migrates the rest.",
  );
  return 3;
}

/** The migrated request goes to standard output, or a wrapped one as it is; everything else to standard error. */
async function migrateInput(args: Arguments): Promise<number> {
  const decided = migrateOptions(args);
  const { source, result } = await migratedInput(args, decided);
  const reported = { results: [result], server: decided.server };
  const replayed = await replayMigration(reported, args);
  printReport(2, report(reported, args, 2, replayed));
  const isUsable = result.sites.every(
    ({ outcome }) => outcome === "migrated" || outcome === "already-wrapped" || outcome === "silenced",
  );
  if (!isUsable || !("text" in source)) return Math.max(3, exitStatus([result], false));
  const text = result.newText ?? source.text;
  print(1, args.redact ? redactText(text) : text);
  return Math.max(exitStatus([result], args.check === true), replayed?.isBroken ? 3 : 0);
}

/** A run, and the server that it is for. */
type Reported = Pick<Run, "results" | "account"> & { server: Server | undefined };

/** The change for calls by the rules of a run. */
const callsOf = memoized(({ results, account, server }: Reported) =>
  callsOfMigration(results, server, account && isDocument),
);

/** Routes the calls of a log through the rules of a run, before and after; those that hold an expression can't be. */
async function replayMigration(run: Reported, { calls: log, redact }: Arguments) {
  if (log === undefined) return undefined;
  const calls = callsOf(run);
  return replayLog(log, calls && knownRules(calls), run.server ?? NEWEST, redact);
}

function report(run: Reported, args: Arguments, output: Output, replayed: Replayed | undefined): ReportText {
  const { results, account, server } = run;
  const options: MigrationOptions = {
    ...shownOn(output, args),
    destination: output === 2 ? "standard output" : args.output === undefined ? undefined : "another file",
    check: args.check === true,
    calls: () => callsOf(run),
    version: VERSION,
    account,
    jsonDiff: args["json-diff"] === true,
    cloud: server?.cloud === true,
    replayed,
  };
  return MIGRATION_FORMATS[args.format](options.redact ? redactResults(results) : results, options);
}
