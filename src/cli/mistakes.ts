import { nearest } from "../rule/suggestion.ts";
import { COMMANDS } from "./commands.ts";
import { optionName } from "./options.ts";

/** Returns yargs's complaint as one sentence; of several mistakes a misspelled option is the one to mend first. */
export async function explain(message: string, words: readonly string[]): Promise<string> {
  const commands = await Promise.all(COMMANDS.map(({ load }) => load()));
  const options = [...commands.flatMap(({ command }) => Object.keys(command.options)), "help", "version"];
  const end = words.indexOf("--");
  const option = (end < 0 ? words : words.slice(0, end)).find(
    (word) => /^--[^=]/.test(word) && !options.includes(optionName(word)),
  );
  if (option !== undefined) {
    const near = nearest(optionName(option), options);
    return `there is no option --${optionName(option)}${near ? `; did you mean --${near}?` : ""}`;
  }
  const [, argument] = /^Unknown arguments?: ([^,]*)/.exec(message) ?? [];
  if (argument !== undefined && !words.includes(argument)) {
    const dashes = words.some((word) => word.startsWith("--") && optionName(word) === argument) ? "--" : "-";
    return `there is no option ${dashes}${argument} here`;
  }
  const [command = ""] = words;
  const known = COMMANDS.find(({ name }) => name === command);
  if (argument !== undefined && argument !== command && known?.takesOne) {
    return `${command} takes one ${known.operand}, so ${argument} is one too many`;
  }
  if (argument !== undefined) {
    const near = nearest(
      argument,
      COMMANDS.map(({ name }) => name),
    );
    return `there is no command ${argument}${near ? `; did you mean ${near}?` : ""}`;
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
