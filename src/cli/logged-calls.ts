import { isatty } from "node:tty";
import type { CallLog } from "../calls/assemble.ts";
import type { RuleChange } from "../routing/call-flows.ts";
import { sizeInWords } from "../files/error-words.ts";
import { isThere } from "../files/there.ts";
import type { LogLines } from "../files/log-lines.ts";
import { redactReplay } from "../report/redact.ts";
import type { Replayed } from "../report/replay.ts";
import { counted } from "../rule/count-words.ts";
import { groupBy } from "../rule/group-by.ts";
import type { Server } from "../rule/server.ts";
import { displayName, refuseTwoInputs, STDIN, textOption } from "./options.ts";
import { print } from "./output.ts";
import { startProgress } from "./progress.ts";
import { complainOf } from "./say.ts";
import { UsageError } from "./usage-error.ts";

/** `--calls`: a log whose calls are routed through the rules before and after. */
export const callsOption = textOption(
  "Route the calls of this log of livekit-sip through the rules before and after",
);

/** Throws a UsageError where the log is not there, before anything is written, or is standard input as another one is. */
export function refuseWrongLog(name: string | undefined, others: readonly (string | undefined)[]): void {
  if (name === undefined) return;
  if (name === STDIN) refuseTwoInputs([name, ...others], "Give --calls a file.");
  if (name !== STDIN && !isThere(name))
    throw new UsageError(`--calls ${name}: no such file`, "Give --calls a log of livekit-sip.");
}

/** Reads all logs into one, because the lines of a call may stand in several. Says what can't be read. */
export async function readLogs(names: readonly string[], log: CallLog): Promise<LogLines[]> {
  const { LogLines: Lines } = await import("../files/log-lines.ts");
  const { MARKS } = await import("../calls/record.ts");
  const progress = startProgress();
  const texts: LogLines[] = [];
  for (const name of names) {
    if (name === STDIN && isatty(0)) print(2, "The log is read from here; Ctrl-D ends it.\n");
    const text = new Lines(name === STDIN ? { descriptor: 0 } : { path: name }, MARKS);
    texts.push(text);
    for await (const lines of text.lines()) {
      for (const line of lines) log.add(line);
      progress.say(`${sizeInWords(text.bytes)} of ${displayName(name)} read, ${counted(log.size, "call")}`);
    }
    if (!text.problem) continue;
    progress.end();
    complainOf([{ path: displayName(name), ...text.problem }]);
  }
  progress.end();
  return texts;
}

/**
 * Routes the calls of a log, if there is one, through two sets of rules. A log is of one server: of rules of several environments those count
 * that explain most of its calls. Without rules nothing changes for calls, and the log is not read.
 * `isBroken`: the log can't be read, or not to its end. With `redact` the numbers of the calls are hidden.
 */
export async function replayLog(
  name: string | undefined,
  rules: readonly RuleChange[] | undefined,
  server: Server,
  redact = false,
): Promise<(Replayed & { isBroken: boolean }) | undefined> {
  if (name === undefined) return undefined;
  if (!rules) return { log: displayName(name), environment: "", replay: undefined, isBroken: false };
  const { CallLog: Log } = await import("../calls/assemble.ts");
  const { replay } = await import("../calls/replay.ts");
  const log = new Log();
  const texts = await readLogs([name], log);
  const calls = log.finish();
  const groups = [...groupBy(rules, ({ environment }) => environment ?? "")];
  const replays = (groups.length === 0 ? [["", []] as const] : groups).map(([environment, group]) => ({
    environment: groups.length > 1 ? environment : "",
    replay: replay(
      calls,
      group.flatMap(({ before }) => before ?? []),
      group.flatMap(({ after }) => after ?? []),
      server,
    ),
  }));
  const [best] = replays.toSorted((a, b) => b.replay.explained - a.replay.explained);
  return {
    log: displayName(name),
    environment: best?.environment ?? "",
    replay: best && redact ? redactReplay(best.replay) : best?.replay,
    isBroken: texts.some(({ problem }) => problem !== undefined),
  };
}
