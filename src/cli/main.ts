import yargs, { type Argv } from "yargs";
import { advice, complaint } from "../report/error-text.ts";
import type { Command } from "./command.ts";
import { COMMANDS, type NamedCommand } from "./commands.ts";
import { examplesText } from "./examples.ts";
import { optionName, STDIN } from "./options.ts";
import { OutputError, print } from "./output.ts";
import { UsageError } from "./usage-error.ts";

declare const VERSION: string;

const NAME = "sip-dispatch";
const NAMES = COMMANDS.map(({ name }) => name);

/** Runs the command line and sets the exit status. Nothing is thrown: a defect becomes a sentence and status 4. */
export async function main(words: readonly string[]): Promise<void> {
  try {
    const parser = await parserFor(words);
    trim(parser);
    if (words.length > 0) {
      await parser.parseAsync();
    } else {
      print(2, `${await parser.getHelp()}\n`);
      process.exitCode = 2;
    }
  } catch (error) {
    process.exitCode = complain(error instanceof Misunderstood ? await explained(error, words) : error);
  }
}

/** yargs's complaint about the command line. */
class Misunderstood extends Error {}

async function explained({ message }: Misunderstood, words: readonly string[]): Promise<UsageError> {
  const { explain } = await import("./mistakes.ts");
  return new UsageError(await explain(message, words));
}

/** Knows all commands by their names, and those that the words name by all they take. */
async function parserFor(given: readonly string[]): Promise<Argv> {
  const words = given[0] === "help" ? [...given.slice(1), "--help"] : given;
  const [first = ""] = words;
  if (words !== given && !NAMES.includes(first) && !first.startsWith("-"))
    throw new Misunderstood(`Unknown argument: ${first}`);
  const loaded = new Map<string, Command>();
  for (const { name, load } of COMMANDS) if (words.includes(name)) loaded.set(name, (await load()).command);
  const declared = [...loaded.values()].flatMap(({ options }) => Object.entries(options));
  const booleans = declared.flatMap(([name, { type }]) => (type === "boolean" ? [name] : []));
  const single = [...declared.map(([name]) => name), "help", "version"];
  const parser: Argv = yargs(plainWords(words, booleans));
  for (const named of COMMANDS) addTo(parser, named, loaded.get(named.name));
  return parser
    .scriptName(NAME)
    .usage("$0 <command>\n\nMigrates LiveKit SIP dispatch rules into the dispatch_rule wrapper.")
    .demandCommand(1, "Name a command.")
    .strict()
    .version(VERSION)
    .alias("help", "h")
    .parserConfiguration({ "strip-aliased": true, "boolean-negation": false })
    .wrap(80)
    .middleware((args) => refuseRepeated(args, single))
    .exitProcess(false)
    .epilogue(
      "Exit status: 0 done or nothing to do; 1 work left (--check), another meaning (diff), no match (route) or no call (diagnose); 2 wrong usage; 3 something is unreadable or needs a person; 4 a defect.",
    )
    .fail((message, error) => {
      // yargs's own errors are about the command line; any other one comes from what a command did.
      if (error && error.name !== "YError") throw error;
      throw new Misunderstood(message ?? error.message);
    });
}

function addTo(parser: Argv, { usage, describe, operand }: NamedCommand, command: Command | undefined): void {
  if (!command) parser.command(usage, describe);
  else {
    const { options, examples } = command;
    const describeOwn = (own: Argv): Argv =>
      own.positional(operand, command.operand).options(options).epilogue(examplesText(examples));
    parser.command(usage, describe, describeOwn, (args) => command.run(args));
  }
}

/**
 * The words as yargs understands them: it drops a positional `-`, and everything after `--`. So standard input travels
 * under another name, and what follows `--` becomes paths that can't be taken for options.
 */
function plainWords(words: readonly string[], booleans: readonly string[]): string[] {
  const end = words.indexOf("--");
  const options = end < 0 ? words : words.slice(0, end);
  const operands = end < 0 ? [] : words.slice(end + 1).map((word) => (/^-./.test(word) ? `./${word}` : word));
  const odd = options.find(
    (word) => booleans.includes(optionName(word)) && /^--[^=]+=(?!(true|false)$)/.test(word),
  );
  if (odd !== undefined) throw new UsageError(`--${optionName(odd)} takes no value`);
  return [...options, ...operands].map((word) => (word === "-" ? STDIN : word));
}

/**
 * After every command yargs renders its whole help once more, just in case, which takes as long as the command; and it
 * binds all of its methods each time it asks for one of them.
 */
function trim(parser: object): void {
  const inner = parser as { getInternalMethods: () => { getUsageInstance(): { cacheHelpMessage(): void } } };
  const methods = inner.getInternalMethods();
  inner.getInternalMethods = () => methods;
  methods.getUsageInstance().cacheHelpMessage = () => {};
}

/** yargs makes a list of an option that is given twice. */
function refuseRepeated(args: Record<string, unknown>, single: readonly string[]): void {
  const repeated = Object.keys(args).find((name) => single.includes(name) && Array.isArray(args[name]));
  if (repeated !== undefined) throw new UsageError(`--${repeated} is given more than once`);
}

function complain(error: unknown): number {
  if (error instanceof UsageError) {
    print(2, complaint(error.place ?? NAME, error.message) + advice(error.next));
    return error.status;
  }
  if (error instanceof OutputError) {
    print(2, complaint(NAME, error.message));
    return 3;
  }
  const message = error instanceof Error ? error.message : String(error);
  const next = "Nothing was written after that. Please report it with the command and its input.";
  print(2, complaint(NAME, `this is a defect of sip-dispatch: ${message}`) + advice(next));
  return 4;
}
