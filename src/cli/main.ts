import yargs, { type Argv } from "yargs";
import { nearest } from "../rule/suggestion.ts";
import { advice, complaint } from "../report/error-text.ts";
import { COMMANDS } from "./commands.ts";
import { STDIN } from "./options.ts";
import { OutputError, print } from "./output.ts";
import { UsageError } from "./usage-error.ts";

declare const VERSION: string;

const NAME = "sip-dispatch";
const NAMES = COMMANDS.map(({ name }) => name);
const DECLARED = COMMANDS.flatMap(({ options }) => Object.entries(options));
const OPTIONS = [...DECLARED.map(([name]) => name), "help", "version"];
const BOOLEANS = DECLARED.flatMap(([name, { type }]) => (type === "boolean" ? [name] : []));

/** Runs the command line and sets the exit status. Nothing is thrown: a defect becomes a sentence and status 4. */
export async function main(words: readonly string[]): Promise<void> {
  try {
    const parser = parserFor(words);
    trim(parser);
    if (words.length > 0) {
      await parser.parseAsync();
    } else {
      print(2, `${await parser.getHelp()}\n`);
      process.exitCode = 2;
    }
  } catch (error) {
    process.exitCode = complain(error);
  }
}

function parserFor(words: readonly string[]) {
  const empty: Argv = yargs(plainWords(words))
    .scriptName(NAME)
    .usage("$0 <command>\n\nMigrates LiveKit SIP dispatch rules into the dispatch_rule wrapper.");
  return COMMANDS.reduce((parser, { addTo }) => addTo(parser), empty)
    .demandCommand(1, "Name a command.")
    .strict()
    .version(VERSION)
    .alias("help", "h")
    .parserConfiguration({ "strip-aliased": true, "boolean-negation": false })
    .wrap(80)
    .middleware(refuseRepeated)
    .exitProcess(false)
    .epilogue(
      "Exit status: 0 done or nothing to do; 1 work left (--check), another meaning (diff), no match (route) or no call (diagnose); 2 wrong usage; 3 something is unreadable or needs a person; 4 a defect.",
    )
    .fail((message, error) => {
      // yargs's own errors are about the command line; any other one comes from what a command did.
      if (error && error.name !== "YError") throw error;
      throw new UsageError(explain(message ?? error.message, words));
    });
}

/**
 * The words as yargs understands them: it drops a positional `-`, and everything after `--`. So standard input travels
 * under another name, and what follows `--` becomes paths that can't be taken for options.
 */
function plainWords(given: readonly string[]): string[] {
  const words = given[0] === "help" ? [...given.slice(1), "--help"] : given;
  const [command = ""] = words;
  if (words !== given && !NAMES.includes(command) && !command.startsWith("-")) throw noCommand(command);
  const end = words.indexOf("--");
  const options = end < 0 ? words : words.slice(0, end);
  const operands = end < 0 ? [] : words.slice(end + 1).map((word) => (/^-./.test(word) ? `./${word}` : word));
  const odd = options.find(
    (word) => BOOLEANS.includes(optionName(word)) && /^--[^=]+=(?!(true|false)$)/.test(word),
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
function refuseRepeated(args: Record<string, unknown>): void {
  const repeated = Object.keys(args).find((name) => OPTIONS.includes(name) && Array.isArray(args[name]));
  if (repeated !== undefined) throw new UsageError(`--${repeated} is given more than once`);
}

/** yargs's complaint as one sentence; of several mistakes a misspelled option is the one to mend first. */
function explain(message: string, words: readonly string[]): string {
  const end = words.indexOf("--");
  const option = (end < 0 ? words : words.slice(0, end)).find(
    (word) => /^--[^=]/.test(word) && !OPTIONS.includes(optionName(word)),
  );
  if (option !== undefined) {
    const near = nearest(optionName(option), OPTIONS);
    return `there is no option --${optionName(option)}${near ? `; did you mean --${near}?` : ""}`;
  }
  const [, argument] = /^Unknown arguments?: ([^,]*)/.exec(message) ?? [];
  if (argument !== undefined && !words.includes(argument)) {
    const dashes = words.some((word) => word.startsWith("--") && optionName(word) === argument) ? "--" : "-";
    return `there is no option ${dashes}${argument} here`;
  }
  const [command = ""] = words;
  const { operand } = COMMANDS.find(({ name }) => name === command) ?? {};
  if (argument !== undefined && argument !== command && operand !== undefined) {
    return `${command} takes one ${operand}, so ${argument} is one too many`;
  }
  if (argument !== undefined) {
    return noCommand(argument).message;
  }
  const [, lonely] = /^Not enough arguments following: (\S+)/.exec(message) ?? [];
  if (lonely !== undefined) return `${lonely.length === 1 ? "-" : "--"}${lonely} needs a value`;
  if (message.startsWith("Not enough non-option")) return "name a file, or - for standard input";
  const [, missing] = /^Missing required argument: (\S+)/.exec(message) ?? [];
  if (missing !== undefined) return `--${missing} is missing`;
  const [, name, given, choices] = /Argument: (\S+), Given: (.*), Choices: (.*)/.exec(message) ?? [];
  if (name !== undefined && given === '""') return `--${name} needs a value: one of ${choices}`;
  if (name !== undefined) return `--${name} takes one of ${choices}, not ${given}`;
  return message;
}

function noCommand(named: string): UsageError {
  const near = nearest(named, NAMES);
  return new UsageError(`there is no command ${named}${near ? `; did you mean ${near}?` : ""}`);
}

function optionName(word: string): string {
  return word.replace(/^--/, "").replace(/=.*$/s, "");
}

function complain(error: unknown): number {
  if (error instanceof UsageError) {
    print(2, complaint(error.place ?? NAME, error.message) + advice(error.next));
    return 2;
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
