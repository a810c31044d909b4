import type { Surroundings, Argument, Variable } from "./expand.ts";
import type { Script, Word } from "./script.ts";

/** What a script has set where it is followed to. */
export interface State extends Surroundings {
  variables: Map<string, Variable>;
  positional: readonly Argument[] | undefined;
  readonly lists: Script["lists"];
  folder: string;
  /** The folders before this one, which `popd` goes back to. */
  readonly folders: string[];
  readonly aliases: Map<string, readonly Argument[]>;
  /** The scripts that were sourced. */
  readonly sourced: Set<string>;
  /** What `trap` was given to run when the script ends. */
  readonly traps: Argument[];
  /** Whether something was left out, so that it is not sure what programs run on. */
  isCutShort: boolean;
}

/** How many items of a list, or lines, are looked at. */
export const MOST_IN_LIST = 64;
/** How many values are kept that a variable may have. */
export const MOST_VALUES = 4;

/** A file's name with the folder in which the script is. */
export function pathOf(name: string, { folder }: Pick<State, "folder">): string {
  if (folder === "" || /^(\/|~|\$\{)/.test(name)) return name;
  return `${folder}/${name}`;
}

/** The front of a word, as it is written. */
export function written({ start, end }: Word, { text }: Pick<State, "text">): string {
  return text.slice(start, Math.min(end, start + 100));
}
