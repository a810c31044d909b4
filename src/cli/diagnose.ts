import type { InferredOptionTypes, Options } from "yargs";
import type { LoggedCall } from "../calls/call.ts";
import type { Diagnosis } from "../calls/diagnosis.ts";
import type { KnownRules } from "../calls/known-rules.ts";
import type { LogLines } from "../files/log-lines.ts";
import { DIAGNOSE_FORMATS, MESSAGES_FORMATS } from "../report/formats.ts";
import { REDACTED } from "../report/redact.ts";
import { jsonText } from "../report/style.ts";
import { NEWEST } from "../rule/server.ts";
import type { Command } from "./command.ts";
import { readLogs } from "./logged-calls.ts";
import {
  displayName,
  formatOption,
  migrateOptions,
  migrationOptions,
  outputOptions,
  refuseTwoInputs,
  routingServer,
  shownOn,
  STDIN,
  textOption,
} from "./options.ts";
import { print, printReport } from "./output.ts";
import { environmentOption, inEnvironment, readRules, routerOf } from "./read-rules.ts";
import { complainOf, say } from "./say.ts";
import { UsageError } from "./usage-error.ts";

const OPTIONS = {
  rules: textOption(
    "Name the rule that should have taken a call: your rules, in files, folders or a listing, separated by commas",
  ),
  "known-trunks": {
    ...migrationOptions["known-trunks"],
    describe: "Name the trunk that refused a call: what `lk sip inbound list --json` printed into this file",
  },
  environment: environmentOption,
  error: textOption("Explain a message of LiveKit's programs instead of calls"),
  server: routingServer,
  format: formatOption(DIAGNOSE_FORMATS),
  redact: { type: "boolean", describe: "Hide numbers and names in whatever is printed" },
  color: outputOptions.color,
} as const satisfies Record<string, Options>;

type Arguments = InferredOptionTypes<typeof OPTIONS> & { logs: string[] };

/** `sip-dispatch diagnose`: what happened to calls, from the logs of livekit-sip and livekit-server. */
export const command = {
  operand: {
    type: "string",
    array: true,
    default: [] as string[],
    defaultDescription: "standard input",
    describe: "Logs of livekit-sip and livekit-server, also .gz, or - for standard input",
  },
  options: OPTIONS,
  examples: [
    ["$0 diagnose sip.log", "What happened to these calls?"],
    ["kubectl logs deploy/livekit-sip | $0 diagnose", "The same from a cluster"],
    ["$0 diagnose sip.log --rules rules.json", "Which rule missed them, and why?"],
    ['$0 diagnose --error "missing rule"', "What does this message mean?"],
  ],
  run: async (args: Arguments): Promise<void> => {
    const logs = args.logs.length === 0 ? [STDIN] : [...new Set(args.logs)];
    const rules = args.rules?.split(",").map((path) => (path === "-" ? STDIN : path)) ?? [];
    if (args.error !== undefined) {
      if (args.logs.length > 0 || rules.length > 0)
        throw new UsageError("--error explains a message, so it takes no logs and no rules");
      process.exitCode = await explainMessage(args.error, args);
      return;
    }
    const next = "Without a log it is the log; name the file of the others.";
    refuseTwoInputs([...logs, ...rules, args["known-trunks"]], next);
    process.exitCode = await diagnoseLogs(logs, rules, args);
  },
} as const satisfies Command;

async function diagnoseLogs(
  logs: readonly string[],
  rules: readonly string[],
  args: Arguments,
): Promise<number> {
  const { server = NEWEST, knownTrunks: trunks } = migrateOptions(args);
  const read = rules.length === 0 ? undefined : inEnvironment(await readRules(rules), args.environment);
  complainOf(read?.unusable ?? []);
  const isUsable = read !== undefined && (read.rules.length > 0 || read.isEmptyListing);
  if (read && !isUsable) say(`there is no usable rule in ${rules.map(displayName).join(", ")}.`);
  const known: KnownRules = {
    rules: isUsable ? read.rules : undefined,
    setup: { router: routerOf(read?.rules ?? [], server), server, trunks },
    trunksFile: args["known-trunks"],
  };
  const { CallLog: Log } = await import("../calls/assemble.ts");
  const { diagnose, judge } = await import("../calls/diagnosis.ts");
  const log = new Log();
  const texts = await readLogs(logs, log);
  const isBroken = texts.some(({ problem }) => problem) || (read?.unusable.length ?? 0) > 0;
  const hide = (text: string): string => (args.redact === true && text !== "" ? REDACTED : text);
  const calls = log.finish().map(judge);
  if (calls.length === 0) return Math.max(isBroken ? 3 : 0, await sayNoCalls(logs, texts, args));
  const explain = (call: LoggedCall): Diagnosis => diagnose(call, known, hide);
  printReport(1, DIAGNOSE_FORMATS[args.format](calls, { ...shownOn(1, args), explain }));
  return isBroken || (read && !known.rules) ? 3 : 0;
}

/** A text without calls may be what a program printed: then its messages are explained. */
async function sayNoCalls(
  logs: readonly string[],
  texts: readonly LogLines[],
  args: Arguments,
): Promise<0 | 1> {
  const { messagesIn } = await import("../calls/known-messages.ts");
  const messages = messagesIn(texts.map(({ head }) => head).join("\n"));
  if (messages.length > 0) {
    print(1, MESSAGES_FORMATS[args.format](messages, shownOn(1, args)));
    return 0;
  }
  if (args.format === "json") print(1, jsonText({ version: 1, calls: [], totals: {} }));
  // What can't be read has been said.
  if (texts.every(({ bytes, problem }) => problem && bytes === 0)) return 1;
  const where = logs.map(displayName).join(", ");
  const isEmpty = texts.every(({ bytes }) => bytes === 0);
  const what = isEmpty
    ? `${where} is empty.`
    : `there is no inbound call in ${where}, and no message of LiveKit's that is known.`;
  say(
    what,
    "Calls stand in the log of livekit-sip (`processing invite`, `Closing inbound call`), and at level debug in that of livekit-server.",
  );
  return 1;
}

async function explainMessage(text: string, args: Arguments): Promise<0 | 1> {
  const { messagesIn } = await import("../calls/known-messages.ts");
  const messages = messagesIn(text);
  if (messages.length === 0) {
    const next =
      "Give it the message as it was printed, or the log with the call: `sip-dispatch diagnose LOG`.";
    say(`"${text}" is no message that it knows.`, next);
    return 1;
  }
  print(1, MESSAGES_FORMATS[args.format](messages, shownOn(1, args)));
  return 0;
}
