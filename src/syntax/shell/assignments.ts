import type { Span } from "../../rule/value.ts";
import { expand, isUnknown, LONGEST, opensWrapper, sayOf, type Variable } from "./expand.ts";
import type { Command, Part, Word } from "./script.ts";
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

/** Whether a word is `A=b`, `A+=b` or `A[i]=b`. */
export function isAssignment(word: Word, { text }: Pick<State, "text">): boolean {
  return ASSIGNMENT.test(bareFront(word, text));
}

/** The front of a word that begins without quotes; nothing of others. */
function bareFront({ parts: [first], start, end }: Word, text: string): string {
  const isBare = first?.quoting === "bare" && !first.substitution;
  return isBare ? text.slice(start, Math.min(end, start + 100)) : "";
}

/** Sets the variable of `A=b`, or adds to it. */
export function assign(word: Word, isConditional: boolean, state: State): void {
  const [first] = word.parts;
  const [before = "", name = "", key, adds] = ASSIGNMENT.exec(bareFront(word, state.text)) ?? [];
  if (!first || name === "") return;
  const list = state.lists.get(word.end);
  if (list) {
    const items = list.flatMap(({ words }) => words).flatMap((item) => itemsOf(item, state));
    setList(name, items, adds !== undefined, state);
    return;
  }
  const said = sayOf(behind(word, before.length), state);
  if (key !== undefined) {
    setList(name, [{ key: unquoted(key), texts: said.texts }], true, state);
    return;
  }
  const holds = joined([said.holds, state.regionsIn(word)]);
  if (adds) addTo(name, { texts: said.texts, holds }, first, isConditional, state);
  else setVariable(name, { texts: said.texts, holds }, isConditional, state);
}

/** Words of a list, with the key that they have there if one is written. */
interface Item {
  key?: string | undefined;
  texts: readonly string[];
}

/** What a word of `A=(b [key]=c)` adds to the list. */
function itemsOf(word: Word, state: State): Item[] {
  const [before, key] = KEY.exec(bareFront(word, state.text)) ?? [];
  if (before === undefined || key === undefined) return expand(word, state);
  return [{ key: unquoted(key), texts: sayOf(behind(word, before.length), state).texts }];
}

function setList(name: string, items: readonly Item[], adds: boolean, state: State): void {
  const old = adds ? state.variables.get(name) : undefined;
  const list = [...(old?.list ?? []), ...items.flatMap(({ texts }) => texts)].slice(0, MOST_IN_LIST);
  const keys = [...(old?.keys ?? []), ...items.flatMap(({ key }) => key ?? [])].slice(0, MOST_IN_LIST);
  state.variables.set(name, {
    texts: list.slice(0, 1),
    holds: NOTHING,
    list,
    ...(keys.length > 0 && { keys }),
  });
}

/** The parts of a word behind so many of its characters. */
function behind({ parts, start }: Word, length: number): Part[] {
  const from = start + length;
  return parts.flatMap((part) => (part.end > from ? { ...part, start: Math.max(part.start, from) } : []));
}

function unquoted(key: string): string {
  return key.replaceAll(/["']/g, "");
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

/** The key of a list in brackets: `[a]`, `["$a"]`. */
const KEY_IN_BRACKETS = String.raw`\[((?:[^\]\s"']|"[^"]*"|'[^']*')+)\]`;
const ASSIGNMENT = new RegExp(String.raw`^([A-Za-z_]\w*)(?:${KEY_IN_BRACKETS})?(\+)?=`);
const KEY = new RegExp(`^${KEY_IN_BRACKETS}=`);

/** One of the two. */
function either(a: Stream, b: Stream): Stream {
  return a.alike && b.alike ? joined([a, b]) : changed(joined([a, b]));
}
