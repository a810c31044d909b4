import type { Command } from "./command.ts";

/**
 * Examples for the end of a command's help, one a line so that it can be copied. What it is for stands behind it as a
 * comment, or above it where that would be wider than 80 columns. `$0` is the program.
 */
export function examplesText(all: Command["examples"]): string {
  const width = Math.max(...all.map(([command]) => command.length).filter((length) => length <= BESIDE));
  const lines = all.map(([command, about]) =>
    command.length > BESIDE ? `  # ${about}\n  ${command}` : `  ${command.padEnd(width)}  # ${about}`,
  );
  return `Examples:\n${lines.join("\n")}`;
}

/** So long a command, with `$0` for its first word, has room for a short comment behind it. */
const BESIDE = 36;
