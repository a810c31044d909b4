import type { Argv, CommandModule, Options } from "yargs";
import { checkCommand, checkCommandOptions } from "./check.ts";
import { convertCommand, convertOptions } from "./convert.ts";
import { diagnoseCommand, diagnoseOptions } from "./diagnose.ts";
import { diffCommand, diffOptions } from "./diff.ts";
import { migrateCommand, migrateCommandOptions } from "./migrate.ts";
import { routeCommand, routeOptions } from "./route.ts";
import { undoCommand, undoOptions } from "./undo.ts";

/** A command as the parser, the help and the messages about mistakes know it. */
interface Command {
  name: string;
  /** The operand of which it takes one; undefined where it takes many. */
  operand: string | undefined;
  options: Readonly<Record<string, Options>>;
  addTo: (parser: Argv) => Argv;
}

/** The commands, in the order of the help: each is a file in this folder and a line here. */
export const COMMANDS = [
  command(migrateCommand, migrateCommandOptions),
  command(checkCommand, checkCommandOptions),
  command(convertCommand, convertOptions),
  command(diffCommand, diffOptions),
  command(routeCommand, routeOptions),
  command(diagnoseCommand, diagnoseOptions),
  command(undoCommand, undoOptions),
];

function command<Arguments>(
  module: CommandModule<object, Arguments>,
  options: Readonly<Record<string, Options>>,
): Command {
  const [, name = "", operand] = /^(\w+)(?: \[(\w+)\])?/.exec(String(module.command)) ?? [];
  return { name, operand, options, addTo: (parser) => parser.command(module) };
}
