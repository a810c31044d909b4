import { expand, isUnknown, opensWrapper, sayOf, textIn } from "./expand.ts";
import type { Command, Word } from "./script.ts";
import { MOST_IN_LIST, pathOf, type State, written } from "./state.ts";
import { joined, NOTHING, type Stream, textsOf } from "./stream.ts";

/** What a command reads from files, heredocs and texts behind `<<<`. */
export function inputsOf(
  { redirections, heredocs }: Command,
  state: State,
): { streams: Stream[]; typed: string } {
  const read = redirections.map(({ operator, target, redirected }): Stream => {
    if (redirected !== "0") return NOTHING;
    if (operator === "<<<") return joined(expand(target, state).map(textIn));
    if (operator !== "<") return NOTHING;
    const held = joined(expand(target, state).map(({ holds }) => holds));
    return held.origins.length > 0 ? held : textsOf(filesOf(target, state));
  });
  const typed: string[] = [];
  const bodies = heredocs.map(({ body, parts }) => {
    const { texts, holds } = sayOf(parts, state);
    typed.push(...texts);
    const stream = joined([
      state.regionsIn(body),
      textIn({ texts: texts.map((text) => text.trim()), holds }),
    ]);
    return texts.some((text) => opensWrapper(text)) ? { ...stream, opens: true } : stream;
  });
  return { streams: [...read, ...bodies], typed: typed.join("\n") };
}

/** The files that a command prints into, and whether it adds to them; also numbers of other streams, and devices. */
export function targetsOf({ redirections }: Command, state: State): { file: string; appends: boolean }[] {
  return redirections.flatMap(({ operator, target, redirected }) =>
    operator.includes("<") || redirected !== "1"
      ? []
      : filesOf(target, state).map((file) => ({ file, appends: operator.endsWith(">>") })),
  );
}

function filesOf(word: Word, state: State): string[] {
  return expand(word, state).flatMap(({ texts }) => texts.map((text) => pathOf(text, state)));
}

/** The lines that a loop reads from a heredoc, or a text behind `<<<`, at its end. */
export function linesTyped(done: Command | undefined, state: State): string[] {
  const typed = (done?.heredocs ?? []).flatMap(({ parts }) => sayOf(parts, state).texts);
  const strings = (done?.redirections ?? []).filter(({ operator }) => operator === "<<<");
  const texts = [
    ...typed,
    ...strings.flatMap(({ target }) => expand(target, state)).flatMap((word) => word.texts),
  ];
  const lines = texts.flatMap((text) => text.slice(0, MOST_TYPED).split("\n"));
  return lines
    .map((line) => line.trim())
    .filter((line) => line !== "" && !isUnknown(line))
    .slice(0, MOST_IN_LIST);
}

/** The names that a loop reads from behind its end: `done < <(find sip -name '*.json')`. */
export function namesBehind(done: Command | undefined, state: State): string[] {
  const read = (done?.redirections ?? []).filter(
    ({ operator, target }) => operator === "<" && written(target, state).startsWith("<("),
  );
  const texts = read.flatMap(({ target }) => expand(target, state)).flatMap((word) => word.texts);
  return texts.filter((text) => !isUnknown(text));
}

/** How many characters of lines are read that a loop is given. */
const MOST_TYPED = 10_000;
