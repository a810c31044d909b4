import type { Span } from "../../rule/value.ts";
import { type LkCommand, takesValue } from "../../rule/lk-command.ts";
import type { ShellWord } from "./words.ts";
import type { Step } from "../statement.ts";

/** Where a `delete` is given `--id`, and the ids of it: as they stand there, if they all do. */
export function refusedId(words: readonly ShellWord[], { dispatch, end }: LkCommand): Step["deletes"] {
  const behind = words.slice(end);
  const options = behind.findIndex(({ text }) => text === "--");
  const given = [...words.slice(dispatch, end - 1), ...behind.slice(0, options < 0 ? undefined : options)];
  const flag = given.find(({ text }) => ID.test(text));
  if (!flag) return undefined;
  const ids: Span[] = [];
  for (let index = 0; index < given.length; index++) {
    const word = given[index];
    if (!word) break;
    if (!/^-./.test(word.text) || /^--?id=/.test(word.text)) ids.push(word);
    else if (!ID.test(word.text) && takesValue(word.text, given[index + 1]?.text ?? "")) index++;
  }
  if (options >= 0) ids.push(...behind.slice(options + 1));
  return {
    at: { start: flag.start, end: flag.end },
    ids: ids.slice(0, MOST_IDS).map(({ start, end: to }) => ({ start, end: to })),
  };
}

const ID = /^--?id(?:=|$)/;
/** Of so many ids it is said what they are. */
const MOST_IDS = 20;
