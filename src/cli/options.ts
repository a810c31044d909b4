import type { InferredOptionTypes, Options } from "yargs";
import type { MigrateOptions } from "../config/options.ts";
import { namedPath } from "../files/paths.ts";
import { readSource, readStandardInput, type Source } from "../files/read.ts";
import type { Unreadable } from "../sources/unreadable.ts";
import { styleFor } from "../report/style.ts";
import { parseServer, type Server } from "../rule/server.ts";
import { type KnownTrunks, readTrunks, trunksOfFile } from "../routing/trunks.ts";
import { columnsOf, type Output } from "./output.ts";
import { UsageError } from "./usage-error.ts";

/** How standard input travels through yargs; no argument can hold a NUL. */
export const STDIN = "\0stdin";

/** Throws a UsageError where several of the names are standard input. */
export function refuseTwoInputs(names: readonly (string | undefined)[], next?: string): void {
  if (names.filter((name) => name === STDIN).length > 1)
    throw new UsageError("- is standard input, which only one of them can be", next);
}

/** The files and folders that a command looks at: those that are named, or this folder. */
export const pathOperands = {
  type: "string",
  array: true,
  default: [] as string[],
  defaultDescription: "this folder",
  describe: "Files and folders, or - for standard input",
} as const;

/** An option that takes a text. */
export function textOption(describe: string) {
  return { type: "string", requiresArg: true, describe } as const;
}

/** One that takes one of a few. */
export function choiceOption<const Choice extends string>(choices: readonly Choice[], describe: string) {
  return { ...textOption(describe), choices } as const;
}

/** The options about what a request becomes. */
export const migrationOptions = {
  "inbound-numbers-as": choiceOption(
    ["numbers", "inbound_numbers"],
    "What flat inbound_numbers become: numbers (calls to them, as documented; the default) or inbound_numbers (calls from them, as servers do)",
  ),
  "known-trunks": textOption(
    "Tell called from calling numbers by the trunks that `lk sip inbound list --json` printed into this file",
  ),
  server: textOption("The livekit-server to migrate for: its version, or cloud"),
  trunks: textOption("Bind rules that have no trunk to these: ST_A,ST_B"),
} as const satisfies Record<string, Options>;

/** The server of which the routing is shown. */
export const routingServer = {
  ...migrationOptions.server,
  describe: "The livekit-server that routes: its version, or cloud (default: the newest)",
} as const satisfies Options;

/** The options about what is printed. */
export const outputOptions = {
  redact: {
    type: "boolean",
    describe: "Hide PINs, metadata, attributes, secrets and who called in whatever is printed",
  },
  color: { ...choiceOption(["auto", "always", "never"], "Colour the report"), default: "auto" },
  quiet: { alias: "q", type: "boolean", describe: "Print only what needs a person or can't be read" },
} as const satisfies Record<string, Options>;

/** `--format`: the names in a registry of formats, of which `text` is the default. */
export function formatOption<Name extends string>(formats: Readonly<Record<Name, unknown>>) {
  const choices = Object.keys(formats) as Name[];
  return { ...choiceOption(choices, "How to report"), default: "text" as Name } as const;
}

type Inferred = InferredOptionTypes<typeof migrationOptions>;
type MigrationArguments = { [Name in keyof Inferred]?: Inferred[Name] | undefined };

/** Returns what the command line decides about a migration. Throws a UsageError on values that mean nothing. */
export function migrateOptions(
  args: MigrationArguments & {
    "wrapper-key"?: string | undefined;
    nested?: boolean | undefined;
    unsafe?: boolean | undefined;
    assume?: string | undefined;
  },
): MigrateOptions {
  const filter = args["inbound-numbers-as"];
  return {
    ...(args["wrapper-key"] !== undefined && { wrapperKey: args["wrapper-key"] }),
    ...(args.nested !== undefined && { nested: args.nested }),
    ...(args.unsafe !== undefined && { unsafe: args.unsafe }),
    ...((args.assume === "create" || args.assume === "none") && { assume: args.assume }),
    ...((filter === "numbers" || filter === "inbound_numbers") && { inboundNumbersAs: filter }),
    ...(args["known-trunks"] !== undefined && knownTrunks(args["known-trunks"])),
    ...(args.server !== undefined && { server: server(args.server) }),
    ...(args.trunks !== undefined && { trunkIds: trunkIds(args.trunks) }),
  };
}

function server(text: string): Server {
  const parsed = parseServer(text);
  if (!parsed) throw new UsageError(`--server takes a version such as 1.9.11, or cloud, not ${text}`);
  return parsed;
}

function trunkIds(text: string): string[] {
  const ids = text.split(",").map((id) => id.trim());
  const odd = ids.find((id) => !/^[\w-]+$/.test(id));
  if (odd === undefined) return ids;
  throw new UsageError(
    `--trunks takes trunk ids separated by commas, and "${odd}" is not one`,
    "Give them as `lk sip inbound list` shows them: --trunks ST_A,ST_B.",
  );
}

const MOST_TRUNKS = 64 * 1024 * 1024;

function knownTrunks(named: string): KnownTrunks {
  const next = "Give --known-trunks what `lk sip inbound list --json` prints.";
  const source = named === STDIN ? readStandardInput(MOST_TRUNKS) : readSource(named, MOST_TRUNKS);
  const path = displayName(named);
  if (!("text" in source)) throw new UsageError(`--known-trunks ${path}: ${source.message}`, source.next);
  const read = readTrunks(source.text);
  if ("problem" in read) throw new UsageError(`--known-trunks ${path}: ${read.problem}`, next);
  const { trunks, unlisted } = trunksOfFile(path, read);
  // A file that only creates trunks does not say which there are.
  return unlisted.length > 0 && trunks.length === 0
    ? { unlistedTrunks: unlisted }
    : { knownTrunks: trunks, unlistedTrunks: unlisted };
}

/**
 * How a report is shown on one of the two outputs: as wide as its terminal. `auto` colours a terminal, unless NO_COLOR or
 * FORCE_COLOR say otherwise.
 */
export function shownOn(
  output: Output,
  { color, redact = false, quiet = false, verbose = false }: ShownArguments,
) {
  const { NO_COLOR, FORCE_COLOR, TERM } = process.env;
  const columns = columnsOf(output);
  const isWanted = FORCE_COLOR ? FORCE_COLOR !== "0" : !NO_COLOR && TERM !== "dumb" && columns !== undefined;
  const isColoured = color === "auto" ? isWanted : color === "always";
  return { style: styleFor(isColoured, columns), redact, quiet, verbose };
}

interface ShownArguments {
  color: string;
  redact?: boolean | undefined;
  quiet?: boolean | undefined;
  verbose?: boolean | undefined;
}

/** Reads what a path or `-` names. The path of the result is the one that is printed. */
export function readInput(named: string, limit: number): Source | Unreadable {
  if (named === STDIN) return readStandardInput(limit);
  return { ...readSource(named, limit), path: namedPath(named) };
}

/** A path, or standard input, as it is printed. */
export function displayName(named: string): string {
  return named === STDIN ? "-" : namedPath(named);
}

/** The name in a word of the command line that begins with `--`: `name` in `--name=value`. */
export function optionName(word: string): string {
  return word.replace(/^--/, "").replace(/=.*$/s, "");
}
