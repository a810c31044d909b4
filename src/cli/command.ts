import type { Options, PositionalOptions } from "yargs";

/** What a file of a command says of it: what it takes, and what it does with that. */
export interface Command {
  operand: PositionalOptions & Pick<Options, "defaultDescription">;
  options: Readonly<Record<string, Options>>;
  /** For the end of its help, each with what it is for. `$0` is the program. */
  examples: readonly (readonly [command: string, about: string])[];
  /** Does the work and sets the exit status. Throws a UsageError where the words contradict each other. */
  run(args: object): Promise<void>;
}
