import { isAssignment } from "./assignments.ts";
import { expand, isUnknown } from "./expand.ts";
import { linesTyped, namesBehind } from "./redirections.ts";
import type { Command } from "./script.ts";
import { type State, written } from "./state.ts";
import { changed, NOTHING, type Stream } from "./stream.ts";

/** A loop over words or lines. */
export interface Loop {
  /** The index of its first command, and of its `done`. */
  from: number;
  end: number;
  /** The variables that it sets each time: to a word, or to the fields of a line. */
  names: readonly string[];
  words: readonly string[];
  /** What the words are texts of that are not known. */
  holds: Stream;
  separator?: string | undefined;
}

interface Place {
  list: readonly Command[];
  index: number;
  /** The index of the command that closes the block of the next one, if one does. */
  end: number | undefined;
  /** What is piped into it. */
  piped: Stream;
}

/** The loop that begins at a command, and the words that its variable stands for; none if these are not known. */
export function loopAt({ list, index, end, piped }: Place, state: State): Loop | undefined {
  const command = list[index];
  const [first, name, second] = command?.words ?? [];
  if (!command || !first) return undefined;
  const reads = command.words.find((word) => !isAssignment(word, state));
  const isWhile = command.keywords.includes("while") && reads && written(reads, state) === "read";
  if (!isWhile && written(first, state) !== "for") return undefined;
  if (!list[index + 1]?.keywords.includes("do") || end === undefined) return undefined;
  const loop = { from: index + 1, end };
  if (isWhile) {
    const lines = [...piped.names, ...namesBehind(list[end], state), ...linesTyped(list[end], state)];
    return { ...loop, ...fieldsRead(command, state), words: lines, holds: piped };
  }
  if (!name) return undefined;
  const words =
    second && written(second, state) === "in"
      ? command.words.slice(3).flatMap((word) => expand(word, state))
      : (state.positional ?? []);
  const texts = words.flatMap((word) => (word.holds.names.length > 0 ? word.holds.names : word.texts));
  return {
    ...loop,
    names: [written(name, state)],
    words: texts.some(isUnknown) ? [] : texts,
    holds: NOTHING,
  };
}

/** The variables that `IFS=, read -r id file` sets, and what stands between their values. */
function fieldsRead({ words }: Command, state: State): Pick<Loop, "names" | "separator"> {
  const from = words.findIndex((word) => written(word, state) === "read");
  const names = words.slice(from + 1).map((word) => written(word, state));
  const [, separator] =
    /(?:^|\s)IFS=["']?([,:;|])/.exec(
      words
        .slice(0, from)
        .map((word) => written(word, state))
        .join(" "),
    ) ?? [];
  return { names: names.filter((name) => /^[A-Za-z_]\w*$/.test(name)), separator };
}

/** Sets the variables for one turn of a loop with this word or line, or with none that is known. */
export function setForTurn({ names, separator, holds }: Loop, text: string | undefined, state: State): void {
  const fields = names.length > 1 ? (text?.split(separator ?? /\s+/) ?? []) : [text];
  for (const [index, name] of names.entries()) {
    const field = fields[index]?.trim();
    if (text !== undefined) state.variables.set(name, { texts: [field ?? `\${${name}}`], holds: NOTHING });
    else if (holds.origins.length > 0)
      state.variables.set(name, { texts: [`\${${name}}`], holds: changed(holds) });
    else state.variables.delete(name);
  }
}
