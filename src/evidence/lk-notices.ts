import { type LkCommand, lkFlags, lkTargets, takesValue } from "../rule/lk-command.ts";
import type { Span } from "../rule/value.ts";
import type { Notice } from "../sources/fact.ts";

/** A word of a command for reading, and where it stands. What is not known of its text is `${name}`, or all of it. */
export interface CommandWord extends Span {
  text: string;
}

/** Returns what `lk` makes wrong of a command for rules, or refuses, as far as its words tell. */
export function lkNotices(words: readonly CommandWord[], lk: LkCommand): Notice[] {
  const flags = flagsOf(words, lk);
  return [
    ...refusedIds(words, lk, flags),
    ...unknownFlags(words, lk, flags),
    ...droppedFile(words, lk, flags),
  ];
}

/** A flag of a command, without signs and value, and its word. */
interface Flag {
  name: string;
  word: CommandWord;
}

/** Those behind `lk`, up to `--`. */
function flagsOf(words: readonly CommandWord[], { start }: LkCommand): Flag[] {
  const found: Flag[] = [];
  for (let index = start; index < words.length; index++) {
    const word = words[index];
    if (!word || word.text === "--") break;
    const [, name] = /^--?([A-Za-z][\w-]*)(?:=|$)/.exec(word.text) ?? [];
    if (name === undefined) continue;
    found.push({ name, word });
    if (takesValue(word.text, words[index + 1]?.text ?? "")) index++;
  }
  return found;
}

/** `delete` takes ids as arguments: livekit-cli v2.18.2 cmd/lk/sip.go. */
function refusedIds(
  words: readonly CommandWord[],
  { verb, hidden, dispatch, end }: LkCommand,
  flags: readonly Flag[],
): Notice[] {
  const flag = verb === "delete" && !hidden ? flags.find(({ name }) => name === "id") : undefined;
  if (!flag) return [];
  const behind = words.slice(end);
  const options = behind.findIndex(({ text }) => text === "--");
  const given = [...words.slice(dispatch, end - 1), ...behind.slice(0, options < 0 ? undefined : options)];
  const ids: Span[] = [];
  for (let index = 0; index < given.length; index++) {
    const word = given[index];
    if (!word) break;
    if (!/^-./.test(word.text) || /^--?id=/.test(word.text)) ids.push(word);
    else if (!/^--?id$/.test(word.text) && takesValue(word.text, given[index + 1]?.text ?? "")) index++;
  }
  if (options >= 0) ids.push(...behind.slice(options + 1));
  return [
    {
      code: "delete-refuses-id",
      at: spanOf(flag.word),
      ids: ids.slice(0, MOST_IDS).map(spanOf),
    },
  ];
}

/** Of so many ids it is said what they are. */
const MOST_IDS = 20;

/** Flags that the command doesn't have, where it is known to be one of `lk`. */
function unknownFlags(words: readonly CommandWord[], lk: LkCommand, flags: readonly Flag[]): Notice[] {
  const { verb = "", hidden, start } = lk;
  const known = lkFlags(lk);
  const isLk = words.slice(0, start).some(({ text }) => LK.test(text));
  if (!known || !isLk) return [];
  const unknown = flags.filter(
    ({ name, word }) =>
      !known.includes(name) &&
      !(verb === "delete" && !hidden && name === "id") &&
      // Short ones stand together.
      !(/^-\w+$/.test(word.text) && name.split("").every((letter) => known.includes(letter))),
  );
  const [first] = unknown;
  if (!first) return [];
  const command = hidden ? `lk ${words[start]?.text}` : `lk sip dispatch ${verb}`;
  const names = [...new Set(unknown.map(({ name }) => name))];
  return [{ code: "unknown-lk-flag", at: spanOf(first.word), command, flags: names }];
}

/** The program, its image, or a name for either. */
const LK = /(?:^|[^A-Za-z])lk(?:$|[^A-Za-z])|livekit/i;

/** A flag that says the rule, beside a file. Source: livekit-cli v2.18.2 cmd/lk/sip.go, createSIPDispatchRule. */
function droppedFile(words: readonly CommandWord[], lk: LkCommand, flags: readonly Flag[]): Notice[] {
  const flag = flags.find(({ name }) => /^(?:direct|individual|caller|callee)$/.test(name));
  if (lk.verb !== "create" || lk.hidden || !flag) return [];
  const texts = words.map(({ text }) => text);
  const isGiven = lkTargets(texts, lk).targets.some((index) => isFile(texts[index] ?? ""));
  return isGiven ? [{ code: "flags-drop-file", at: spanOf(flag.word), flag: `--${flag.name}` }] : [];
}

/** Tells whether `lk` is given a file: a path, a name for one, standard input, JSON. */
function isFile(text: string): boolean {
  return (
    /^-$|\.json|\/|^[{]/i.test(text) ||
    (/^(?:\$\{\w*\})+$/.test(text) && /file|json|path|rule|request|tmp/i.test(text))
  );
}

function spanOf({ start, end }: Span): Span {
  return { start, end };
}
