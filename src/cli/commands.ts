import type { Command } from "./command.ts";

/** A command as the help and the messages about mistakes know it, before it is loaded. */
export interface NamedCommand {
  name: string;
  operand: string;
  /** True if it takes one of them and no more. */
  takesOne: boolean;
  /** Both, as yargs takes them. */
  usage: string;
  describe: string;
  load: () => Promise<{ command: Command }>;
}

/** The commands, in the order of the help: each is a file in this folder and a line here. Those that are named are loaded. */
export const COMMANDS: readonly NamedCommand[] = [
  named(
    "migrate [paths..]",
    "Move flat requests into the dispatch_rule wrapper",
    () => import("./migrate.ts"),
  ),
  named("check [paths..]", "Say what is wrong with rules, in whatever form", () => import("./check.ts")),
  named(
    "convert [file]",
    "Print a request or a rule in another form, as `lk` takes it",
    () => import("./convert.ts"),
  ),
  named(
    "diff [sides..]",
    "Compare what two versions of rules mean, in whatever form",
    () => import("./diff.ts"),
  ),
  named("route [paths..]", "Show which rule takes a call, or run routing tests", () => import("./route.ts")),
  named("diagnose [logs..]", "Say why calls ended as they did, from logs", () => import("./diagnose.ts")),
  named("undo [run]", "Put back the files that the last --write replaced", () => import("./undo.ts")),
];

function named(usage: string, describe: string, load: NamedCommand["load"]): NamedCommand {
  const [, name = "", operand = "", more] = /^(\w+) \[(\w+)(\.\.)?\]$/.exec(usage) ?? [];
  return { name, operand, takesOne: more === undefined, usage, describe, load };
}
