import type { Span } from "../../rule/value.ts";
import { expand, isUnknown, LONGEST, opensWrapper, sayOf, type Variable } from "./expand.ts";
import type { Command, Word } from "./script.ts";
import { MOST_IN_LIST, MOST_VALUES, type State } from "./state.ts";
import { changed, joined, NOTHING, type Stream } from "./stream.ts";

/** The words behind `A=b`; sets the variables where nothing follows. */
export function withoutAssignments(
  { words }: Command,
  isConditional: boolean,
  state: State,
): readonly Word[] {
  const count = words.findIndex((word) => !isAssignment(word, state));
  if (count === 0) return words;
  if (count < 0) for (const word of words) assign(word, isConditional, state);
  return count < 0 ? [] : words.slice(count);
}

/** Whether a word is `A=b` or `A+=b`. */
export function isAssignment({ parts: [first] }: Word, { text }: Pick<State, "text">): boolean {
  if (!first || first.substitution || first.quoting !== "bare") return false;
  return ASSIGNMENT.test(text.slice(first.start, Math.min(first.end, first.start + 100)));
}

/** Sets the variable of `A=b`, or adds to it. */
export function assign(word: Word, isConditional: boolean, state: State): void {
  const [first] = word.parts;
  const written = first ? state.text.slice(first.start, Math.min(first.end, first.start + 100)) : "";
  const [before = "", name = "", adds] = ASSIGNMENT.exec(written) ?? [];
  if (!first || name === "") return;
  const list = state.lists.get(word.end);
  if (list) {
    const items = list.flatMap(({ words }) => words).flatMap((item) => expand(item, state));
    const old = adds ? (state.variables.get(name)?.list ?? []) : [];
    const texts = [...old, ...items.flatMap((item) => item.texts)].slice(0, MOST_IN_LIST);
    state.variables.set(name, { texts: texts.slice(0, 1), holds: NOTHING, list: texts });
    return;
  }
  const parts = [{ ...first, start: first.start + before.length }, ...word.parts.slice(1)];
  const said = sayOf(
    parts.filter(({ start, end }) => end > start),
    state,
  );
  const holds = joined([said.holds, state.regionsIn(word)]);
  if (adds) addTo(name, { texts: said.texts, holds }, first, isConditional, state);
  else setVariable(name, { texts: said.texts, holds }, isConditional, state);
}

/** `A+=b` */
function addTo(
  name: string,
  { texts, holds }: Variable,
  at: Span,
  isConditional: boolean,
  state: State,
): void {
  const old = state.variables.get(name) ?? { texts: [`\${${name}}`], holds: NOTHING };
  const isBare = holds.origins.length > 0 && old.texts.some((text) => opensWrapper(text));
  const added = isBare ? state.wraps(holds, at) : holds;
  const all = old.texts.flatMap((before) => texts.map((text) => before + text));
  const known = all.every((text) => text.length <= LONGEST) ? all.slice(0, MOST_VALUES) : [`\${${name}}`];
  setVariable(name, { texts: known, holds: changed(joined([old.holds, added])) }, isConditional, state);
}

/** Sets a variable; where a condition may keep that from happening, it may also be what it was. */
export function setVariable(
  name: string,
  { texts, holds }: Variable,
  isConditional: boolean,
  state: State,
): void {
  const known = texts.map((text) => (isUnknown(text) ? `\${${name}}` : text));
  const old = isConditional ? state.variables.get(name) : undefined;
  if ((old?.texts.length ?? 0) + known.length > MOST_VALUES) state.isCutShort = true;
  state.variables.set(name, {
    texts: [...new Set([...(old?.texts ?? []), ...known])].slice(-MOST_VALUES),
    holds: old ? either(old.holds, holds) : holds,
  });
}

const ASSIGNMENT = /^([A-Za-z_]\w*)(\+)?=/;

/** One of the two. */
function either(a: Stream, b: Stream): Stream {
  return a.alike && b.alike ? joined([a, b]) : changed(joined([a, b]));
}
