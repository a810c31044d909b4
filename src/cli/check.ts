import type { InferredOptionTypes, Options } from "yargs";
import { SEVERITIES, type Severity } from "../checks/check.ts";
import { knownRules } from "../plan/call-changes.ts";
import { isRefused } from "../plan/outcome.ts";
import { isThere } from "../files/there.ts";
import { CHECK_FORMATS } from "../report/formats.ts";
import { repairedText } from "../report/check.ts";
import { countsOf } from "../report/found.ts";
import { type Checked, checkInput, type Repaired, runCheck, runRepairs } from "../run/check.ts";
import type { RunSettings } from "../run/settings.ts";
import type { Command } from "./command.ts";
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
import { callsOption, refuseWrongLog, replayLog } from "./logged-calls.ts";
import { NEWEST } from "../rule/server.ts";
import { type Output, print } from "./output.ts";
import { runSettings, scanOptions } from "./scan-options.ts";
import { startProgress } from "./progress.ts";
import { migratedInput, refuseContradictedInput, stdinOptions } from "./standard-input.ts";
import { UsageError } from "./usage-error.ts";
import { startWriting } from "./writing.ts";

declare const VERSION: string;

const OPTIONS = {
  "fail-on": {
    ...choiceOption(SEVERITIES, "Exit with 1 if there is a finding as severe as this"),
    default: "warning" as Severity,
  },
  fix: { type: "boolean", describe: "Repair what can be repaired, and write the files" },
  unsafe: {
    type: "boolean",
    describe: "With --fix, also make repairs that change the calls of a rule, or that a person should check",
  },
  calls: { ...callsOption, describe: `With --fix: ${callsOption.describe}` },
  force: { type: "boolean", describe: "With --fix, also write files with uncommitted changes" },
  changed: {
    type: "string",
    describe: "Only files that git says changed: since HEAD, or since the work tree left REV",
  },
  "known-trunks": migrationOptions["known-trunks"],
  "require-trunks": { type: "boolean", describe: "Take rules without trunks for errors" },
  server: {
    ...migrationOptions.server,
    describe: "The livekit-server that the rules are for: its version, or cloud",
  },
  ...scanOptions,
  ...stdinOptions,
  verbose: { alias: "v", type: "boolean", describe: "Name every file" },
  format: formatOption(CHECK_FORMATS),
  redact: outputOptions.redact,
  color: outputOptions.color,
  quiet: { alias: "q", type: "boolean", describe: "Print the findings alone" },
} as const satisfies Record<string, Options>;

type Arguments = InferredOptionTypes<typeof OPTIONS> & { paths: string[] };

/** `sip-dispatch check`: what rules will really do, and what is wrong with that. */
export const command = {
  operand: pathOperands,
  options: OPTIONS,
  examples: [
    ["$0 check", "The rules in this folder"],
    ["$0 check sip --fail-on error", "For CI: exit 1 at errors alone"],
    ["$0 check --changed origin/main", "What a branch changes"],
    ["$0 check --fix", "Repair what is safe to repair"],
    ["lk sip dispatch list --json | $0 check -", "The rules on a server"],
  ],
  run: async (args: Arguments): Promise<void> => {
    refuseContradictions(args);
    refuseWrongLog(args.calls, [...args.paths, args["known-trunks"]]);
    const checked = args.paths.includes(STDIN) ? await checkedInput(args) : await checkedFiles(args);
    const replayed = await replayRepairs(checked, args);
    const shown = (output: Output) => ({ ...shownOn(output, args), replayed, version: VERSION });
    // The other formats are about what is left.
    if (args.format !== "text") print(2, repairedText(checked, shown(2)));
    print(1, CHECK_FORMATS[args.format](checked, shown(1)));
    process.exitCode = Math.max(statusOf(checked, args["fail-on"]), replayed?.isBroken ? 3 : 0);
  },
} as const satisfies Command;

function refuseContradictions(args: Arguments): void {
  const { unsafe, fix, calls, paths, changed } = args;
  if (unsafe && !fix) throw new UsageError("--unsafe is about what is repaired, so it needs --fix");
  if (calls !== undefined && !fix)
    throw new UsageError(
      "--calls is about what is repaired, so it needs --fix",
      "`migrate --calls` shows what a migration does to them.",
    );
  if (fix && paths.includes(STDIN)) throw new UsageError("--fix rewrites files, so it can't be used with -");
  if (changed !== undefined && paths.includes(STDIN))
    throw new UsageError("--changed is about files, so it can't be used with -");
  if (changed !== undefined && fix)
    throw new UsageError("--changed is about what is reported", "With --fix, name the files to repair.");
  refuseContradictedInput(args);
}

async function checkedFiles(args: Arguments): Promise<Checked> {
  const { since, paths } = await changesMeant(args);
  const progress = startProgress();
  const settings = {
    options: migrateOptions(args),
    ...runSettings(args, paths),
    requireTrunks: args["require-trunks"] === true,
    stopped: () => false,
    progress: (words: string) => progress.say(words),
  };
  const repaired = args.fix ? await repair(paths, settings, args.force === true) : undefined;
  const checked = { ...(await runCheck(paths, settings)), ...(repaired && { repaired }) };
  progress.end();
  return args.changed === undefined ? checked : changesIn(checked, since);
}

/**
 * Returns the revision that `--changed` compares with: HEAD, or the one that stands behind it. A path there is one of
 * those to check, as in `check --changed sip`.
 */
async function changesMeant({
  changed = "",
  paths,
}: Arguments): Promise<{ since: string | undefined; paths: string[] }> {
  const isPath = changed !== "" && isThere(changed);
  if (isPath && (await import("../files/git/revision.ts")).knowsRevision(changed)) {
    throw new UsageError(
      `${changed} is a revision and a path`,
      `\`--changed ./${changed}\` means the path, and \`--changed ${changed}~0\` the revision.`,
    );
  }
  const all = isPath ? [changed, ...paths] : paths;
  return {
    since: isPath || changed === "" ? undefined : changed,
    paths: all.length > 0 ? all : ["."],
  };
}

async function changesIn(checked: Checked, since: string | undefined): Promise<Checked> {
  const { onlyChanges } = await import("../run/check-changes.ts");
  const left = await onlyChanges(checked, since);
  if ("problem" in left) throw new UsageError(`--changed: ${left.problem}`, left.next);
  return left;
}

async function checkedInput(args: Arguments): Promise<Checked> {
  const options = migrateOptions(args);
  const { source, result } = await migratedInput(args, options, true);
  return checkInput("text" in source ? source.text : "", result, {
    options,
    requireTrunks: args["require-trunks"] === true,
  });
}

/** Writes what can be repaired. After an interruption no further file is begun, and the check shows what is left. */
async function repair(paths: readonly string[], settings: RunSettings, force: boolean): Promise<Repaired> {
  const writing = await startWriting(force);
  const stopped = (): boolean => writing.signals()?.stop.aborted === true;
  const repaired = await runRepairs(paths, { ...settings, write: writing.write, stopped });
  writing.signals()?.release();
  return repaired;
}

/** Routes the calls of a log through the rules before and after what was repaired. */
async function replayRepairs({ repaired }: Checked, { calls: log, server: named, redact }: Arguments) {
  const { server = NEWEST } = migrateOptions({ server: named });
  return replayLog(log, repaired?.calls && knownRules(repaired.calls), server, redact);
}

/** 4 for a defect, 3 where something can't be read, 1 where a finding is as severe as that, else 0. */
function statusOf(checked: Checked, failOn: Severity): 0 | 1 | 3 | 4 {
  if (checked.results.some(({ sites }) => sites.some(({ reason }) => reason === "defect"))) return 4;
  const isNotWritten = checked.repaired?.results.some(({ sites }) => sites.some(isRefused)) === true;
  if (isNotWritten || checked.files.some(({ isUnread }) => isUnread)) return 3;
  const counts = countsOf(checked.files);
  return SEVERITIES.slice(0, SEVERITIES.indexOf(failOn) + 1).some((severity) => counts[severity] > 0) ? 1 : 0;
}
