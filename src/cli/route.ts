import { isIP } from "node:net";
import type { InferredOptionTypes, Options } from "yargs";
import { ROUTE_FORMATS, TESTS_FORMATS } from "../report/formats.ts";
import { counted } from "../rule/count-words.ts";
import { notesOnRoute, notesOnRules } from "../routing/notes.ts";
import type { Setup } from "../routing/route.ts";
import { NEWEST, supports } from "../rule/server.ts";
import {
  displayName,
  formatOption,
  migrateOptions,
  migrationOptions,
  outputOptions,
  pathOperands,
  refuseTwoInputs,
  routingServer,
  readInput,
  shownOn,
  textOption,
} from "./options.ts";
import type { Command } from "./command.ts";
import { print } from "./output.ts";
import { complainOf, say } from "./say.ts";
import { UsageError } from "./usage-error.ts";
import {
  bindTrunks,
  environmentOption,
  inEnvironment,
  type ReadRules,
  readRules,
  routerOf,
} from "./read-rules.ts";

const OPTIONS = {
  to: textOption("The called number, as it stands in SIP To"),
  from: textOption("The calling number, as it stands in SIP From"),
  trunk: textOption("The id of the trunk that the call comes over"),
  source: textOption(
    "The IP address that the call comes from, for the allowed_addresses of the known trunks",
  ),
  pin: textOption('The PIN that the caller entered; "" for none'),
  tests: textOption("Run the routing tests in this file (YAML or JSON) instead of one call"),
  "known-trunks": {
    ...migrationOptions["known-trunks"],
    describe: "Find the call's trunk among those that `lk sip inbound list --json` printed into this file",
  },
  trunks: migrationOptions.trunks,
  environment: environmentOption,
  server: routingServer,
  format: formatOption(ROUTE_FORMATS),
  redact: { type: "boolean", describe: "Hide PINs in whatever is printed" },
  color: outputOptions.color,
  quiet: { alias: "q", type: "boolean", describe: "Print only what becomes of the call, or the failures" },
} as const satisfies Record<string, Options>;

type Arguments = InferredOptionTypes<typeof OPTIONS> & { paths: string[] };

/** `sip-dispatch route`: which rule takes a call and why the others don't; routing tests. */
export const command = {
  operand: pathOperands,
  options: OPTIONS,
  examples: [
    ["$0 route sip --to +15550100 --from +15550177", "Who takes this call?"],
    ["lk sip dispatch list --json | $0 route - --to … --from …", "And on the live server?"],
    ["$0 route sip --tests routes.yaml", "For CI: exit 1 if a test fails"],
  ],
  run: async (args: Arguments): Promise<void> => {
    refuseContradictions(args);
    process.exitCode = await route({ ...args, paths: args.paths.length === 0 ? ["."] : args.paths });
  },
} as const satisfies Command;

function refuseContradictions(args: Arguments): void {
  const { to, from, trunk, source, pin, tests } = args;
  if (tests !== undefined) {
    const named = Object.entries({ to, from, trunk, source, pin }).find(([, value]) => value !== undefined);
    if (named) throw new UsageError(`--${named[0]} describes one call, so it can't be used with --tests`);
  } else if (!to || from === undefined) {
    throw new UsageError(
      `--${to ? "from" : "to"} is missing`,
      "Name the call's two numbers with --to and --from, or tests with --tests.",
    );
  }
  if (source !== undefined && isIP(source) === 0)
    throw new UsageError(`--source takes an IP address such as 192.0.2.10, not ${source}`);
  refuseTwoInputs([...new Set(args.paths), tests, args["known-trunks"]]);
}

async function route(args: Arguments): Promise<number> {
  const { server, knownTrunks: named, unlistedTrunks = [], trunkIds } = migrateOptions(args);
  if (unlistedTrunks.length > 0 && args["known-trunks"] !== undefined) {
    throw new UsageError(
      `--known-trunks ${displayName(args["known-trunks"])}: a trunk without an id can't be routed with, because no rule can be told to be on it`,
      "Give it what `lk sip inbound list --json` prints.",
    );
  }
  if (server && !supports(server, "wrapper")) {
    throw new UsageError(
      `route knows how livekit-server matches since 1.9.0, and ${args.server} is older`,
      "--server takes 1.9.0 and newer, or cloud.",
    );
  }
  const read = inEnvironment(await readRules(args.paths), args.environment);
  bindTrunks(read.rules, trunkIds);
  const broken = read.unusable.length > 0 ? 3 : 0;
  complainOf(read.unusable);
  if (read.rules.length === 0 && !read.isEmptyListing) {
    say(noRules(args.paths, read));
    return 3;
  }
  const router = routerOf(read.rules, server ?? NEWEST);
  const trunks = named ?? (await foundTrunks(args, read));
  const setup: Setup = { router, server: server ?? NEWEST, trunks };
  if (args.source !== undefined && !trunks)
    throw new UsageError("--source is compared with trunks, so it needs --known-trunks");
  const notes = notesOnRules({
    rules: read.rules,
    trunks: named ? [] : trunks,
    server,
    unusable: read.unusable.length,
    unchecked: router.unchecked,
  });
  const routed =
    args.tests === undefined
      ? await routeOne(args, read, setup, notes)
      : await routeTests(args.tests, args, read, setup, notes);
  return Math.max(broken, routed);
}

/** The trunks that the repository of the rules lists; a call that names its trunk needs none. */
async function foundTrunks({ paths, trunk }: Arguments, read: ReadRules): Promise<Setup["trunks"]> {
  if (trunk !== undefined) return undefined;
  const { trunksBeside } = await import("../run/trunk-files.ts");
  const files = read.rules.flatMap(({ path }) => (path === "-" ? [] : [path]));
  return (await trunksBeside(files, paths, read.scanned)).knownTrunks;
}

async function routeOne(
  args: Arguments,
  { rules }: ReadRules,
  setup: Setup,
  notes: readonly string[],
): Promise<0 | 1> {
  const { to = "", from = "", trunk, source: sourceIp, pin } = args;
  const { losersOf, routeCall } = await import("../routing/route.ts");
  const routed = routeCall(setup, { calledNumber: to, callingNumber: from, trunk, sourceIp, pin });
  const losers = losersOf(setup, routed);
  const all = [...notesOnRoute(routed, rules), ...notes];
  print(1, ROUTE_FORMATS[args.format](routed, losers, all, shownOn(1, args)));
  return routed.outcome.outcome === "winner" ? 0 : 1;
}

async function routeTests(
  file: string,
  args: Arguments,
  { rules }: ReadRules,
  setup: Setup,
  notes: readonly string[],
): Promise<0 | 1 | 3> {
  const { readTests } = await import("../config/tests-file.ts");
  const { runTests } = await import("../routing/run-tests.ts");
  const source = readInput(file, MOST_TESTS);
  if (!("text" in source)) {
    complainOf([source]);
    return 3;
  }
  const read = readTests(source.text);
  if ("message" in read) {
    complainOf([{ ...read, path: source.path, next: "Fix it, then run this again." }]);
    return 3;
  }
  const run = runTests(read.tests, rules, setup);
  print(1, TESTS_FORMATS[args.format](source.path, run, notes, shownOn(1, args)));
  return run.results.some(({ failure }) => failure) ? 1 : 0;
}

/** In bytes. */
const MOST_TESTS = 4 * 1024 * 1024;

function noRules(paths: readonly string[], { sources, unusable }: ReadRules): string {
  const where = paths.map(displayName).join(", ");
  if (unusable.length > 0) return `there is no usable rule in ${where}.`;
  return `there is no dispatch rule in ${where} (${counted(sources, "file")} searched). Name the files or folders that hold your rules.`;
}
