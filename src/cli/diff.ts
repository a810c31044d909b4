import type { InferredOptionTypes, Options } from "yargs";
import { advice } from "../report/error-text.ts";
import { comparePairs, isSamePair } from "../report/comparison.ts";
import { DIFF_FORMATS } from "../report/formats.ts";
import { withoutUnknown } from "../routing/rule-pairs.ts";
import { NEWEST } from "../rule/server.ts";
import type { Command } from "./command.ts";
import { NOTHING_COMPARED, type ReadSide, readSide, sidesOf } from "./diff-sides.ts";
import { callsOption, refuseWrongLog, replayLog } from "./logged-calls.ts";
import {
  formatOption,
  migrateOptions,
  migrationOptions,
  outputOptions,
  routingServer,
  shownOn,
} from "./options.ts";
import { print } from "./output.ts";
import { bindTrunks } from "./read-rules.ts";
import { complainOf } from "./say.ts";

const OPTIONS = {
  staged: { type: "boolean", describe: "Compare what is staged, instead of the work tree" },
  trunks: migrationOptions.trunks,
  server: routingServer,
  calls: callsOption,
  format: formatOption(DIFF_FORMATS),
  "json-diff": { type: "boolean", describe: "Also show how the rules differ as JSON" },
  redact: outputOptions.redact,
  color: outputOptions.color,
  quiet: { alias: "q", type: "boolean", describe: "Print nothing; the exit status says it" },
} as const satisfies Record<string, Options>;

type Arguments = InferredOptionTypes<typeof OPTIONS> & { sides: string[] };

/** `sip-dispatch diff`: what differs in meaning, and for calls, between two versions of rules. */
export const command = {
  operand: {
    type: "string",
    array: true,
    default: [],
    defaultDescription: "HEAD and the work tree",
    describe: "Revisions, REV:path, files, folders, or - for standard input; A..B; -- PATHS",
  },
  options: OPTIONS,
  examples: [
    ["$0 diff", "What changed since HEAD"],
    ["$0 diff --staged", "What is staged"],
    ["$0 diff main..HEAD -- sip", "What two revisions hold in a folder"],
    ["$0 diff old.json new.json", "Two files"],
    ["$0 diff HEAD~1:sip/rule.json sip/rule.json", "A file and how it was"],
    ["lk sip dispatch list --json | $0 diff - sip", "What is live, and a folder"],
  ],
  run: async (args: Arguments): Promise<void> => {
    const paths = wordsBehindDashes();
    refuseWrongLog(args.calls, args.sides);
    const named = args.sides.slice(0, args.sides.length - paths.length);
    const sides = sidesOf(named, args.sides.slice(named.length), args.staged === true);
    const { driverPath } = sides;
    const before = await readSide(sides.before, driverPath);
    const after = await readSide(sides.after, driverPath);
    const status = await report(args, before, after);
    // git takes any other status of its diff driver for a crash.
    process.exitCode = driverPath === undefined ? status : 0;
  },
} as const satisfies Command;

/** Returns what stands behind `--`, which the parser hands over as any other word. */
function wordsBehindDashes(): string[] {
  const words = process.argv.slice(2);
  const end = words.indexOf("--");
  return end < 0 ? [] : words.slice(end + 1);
}

async function report(args: Arguments, before: ReadSide, after: ReadSide): Promise<number> {
  const unusable = [...before.unusable, ...after.unusable];
  complainOf(unusable);
  if ([before, after].some((side) => side.rules.length === 0 && side.unusable.length > 0)) {
    // What is missing on a side would count as gone, and its calls as lost.
    print(2, advice(NOTHING_COMPARED));
    return 3;
  }
  const { server = NEWEST, trunkIds } = migrateOptions(args);
  for (const { rules } of [before, after]) bindTrunks(rules, trunkIds);
  const { pairs, skipped } = withoutUnknown(before, after);
  const comparison = comparePairs(pairs, server, skipped);
  const replayed = await replayLog(args.calls, comparison.rules, server, args.redact);
  const { cloud } = server;
  const options = { ...shownOn(1, args), jsonDiff: args["json-diff"] === true, cloud, replayed };
  if (!args.quiet) print(1, DIFF_FORMATS[args.format](comparison, options));
  if (unusable.length > 0 || replayed?.isBroken) return 3;
  return pairs.every(isSamePair) ? 0 : 1;
}
