import { requestField, WRAPPER } from "../../rule/fields.ts";
import type { ObjectValue, Span, Value } from "../../rule/value.ts";
import type { RemarkOf } from "../../sources/remark.ts";
import type { Code } from "./code.ts";
import type { Hashtable } from "./hashtable.ts";
import type { Token } from "./lex.ts";

/** A use, or a part, for which a request can't be rewritten. */
export type Obstacle = RemarkOf<"unfollowed-use"> & { at: Span };

/** A use of a hashtable in a script. */
export interface HashtableUse {
  /** It is put into a `dispatch_rule` as it is, so it is a bare rule. */
  wrapped: boolean;
  /** The reason against wrapping it. */
  obstacle: Obstacle | undefined;
}

/** The fate of a value after it was made: how deep it is written as JSON at least, and what else needs it. */
interface Fate {
  wrapped: boolean;
  stops: Stop | undefined;
  obstacle: Obstacle | undefined;
}

/** A `ConvertTo-Json`, and how deep it goes. */
interface Stop {
  depth: number;
  at: Span;
}

/**
 * Follows the hashtables of a script: made into JSON on the spot, or by way of a variable. `ConvertTo-Json` goes down
 * to a depth, 2 unless it is told another, and writes what is deeper as the name of its type (its documentation,
 * -Depth); the wrapper makes everything one deeper.
 */
export function usesIn(code: Code): (hashtable: Hashtable) => HashtableUse {
  const { text, tokens } = code;
  const wordAt = (index: number): string => {
    const token = tokens[index];
    return token?.kind === "word" ? text.slice(token.start, token.end).toLowerCase() : "";
  };
  const stopAt = (index: number): Stop => {
    const { start, end } = tokens[index] ?? { start: 0, end: 0 };
    return { depth: depthOf(index + 1), at: { start, end } };
  };
  const depthOf = (from: number): number => {
    let brackets = 0;
    for (let index = from; index < tokens.length; index++) {
      const mark = code.mark(index);
      if (/[({[]$/.test(mark)) brackets++;
      else if (/[)}\]]/.test(mark) && --brackets < 0) break;
      if (brackets > 0) continue;
      if (tokens[index]?.kind === "newline" || [";", "|"].includes(mark) || wordAt(index) === CONVERTER)
        break;
      const [, given] = /^-d(?:e|ep|ept|epth)?(:.*)?$/.exec(wordAt(index)) ?? [];
      if (given === undefined && !/^-d(e|ep|ept|epth)?$/.test(wordAt(index))) continue;
      const depth = Number(given?.slice(1) ?? (wordAt(index + 1) || Number.NaN));
      return Number.isNaN(depth) ? Infinity : depth;
    }
    return DEFAULT_DEPTH;
  };
  /** The command into which what stands between the two is piped, or of which it is the argument. */
  const converterOf = (before: number, after: number): number | undefined => {
    let next = after;
    while (tokens[next]?.kind === "newline") next++;
    if (code.mark(next) === "|" && wordAt(next + 1) === CONVERTER) return next + 1;
    if (wordAt(before) === CONVERTER) return before;
    return wordAt(before) === "-inputobject" && wordAt(before - 1) === CONVERTER ? before - 1 : undefined;
  };

  const variables = new Map<string, number[]>();
  let anywhere: Stop | undefined;
  for (const [index, token] of tokens.entries()) {
    if (wordAt(index) === CONVERTER) anywhere = shallower(anywhere, stopAt(index));
    const names =
      token.kind === "word" ? [wordAt(index)] : token.kind === "string" ? codesIn(text, token) : [];
    for (const name of names) {
      const [, variable] = VARIABLE.exec(name) ?? [];
      if (variable === undefined) continue;
      const known = variables.get(variable);
      if (known) known.push(index);
      else variables.set(variable, [index]);
    }
  }

  const fates = new Map<string, Fate>();
  const fateOf = (variable: string): Fate => {
    const known = fates.get(variable);
    if (known) return known;
    const fate: Fate = { wrapped: false, stops: undefined, obstacle: undefined };
    for (const index of variables.get(variable) ?? []) {
      const token = tokens[index];
      if (!token) continue;
      const isWhole = token.kind === "word" && VARIABLE.exec(wordAt(index))?.[2] === "";
      if (isWhole && code.mark(index + 1) === "=") continue;
      const converter = isWhole ? converterOf(index - 1, index + 1) : undefined;
      if (converter !== undefined) fate.stops = shallower(fate.stops, stopAt(converter));
      else if (isWhole && isWrapperKey(text, tokens[index - 2]) && code.mark(index - 1) === "=")
        fate.wrapped = true;
      else if (isWhole && !changes(index)) fate.stops = shallower(fate.stops, anywhere);
      else {
        const { start, end } = token;
        fate.obstacle ??= { code: "unfollowed-use", is: "shape", name: variable, at: { start, end } };
      }
    }
    fates.set(variable, fate);
    return fate;
  };
  const changes = (index: number): boolean => {
    const next = tokens[index + 1];
    const isIndexed = code.mark(index + 1) === "[" && next?.start === tokens[index]?.end;
    return (
      isIndexed ||
      wordAt(index + 1) === "+" ||
      wordAt(index).startsWith("@") ||
      ["=", ",", "@("].includes(code.mark(index - 1))
    );
  };

  return ({ from, to, value }) => {
    let before = from - 1;
    while (code.mark(before) === "]") before -= code.mark(before - 2) === "[" ? 3 : before + 1;
    const converter = converterOf(before, to + 1);
    const variable = code.mark(before) === "=" ? VARIABLE.exec(wordAt(before - 1))?.[1] : undefined;
    const fate: Fate =
      converter === undefined && variable !== undefined
        ? fateOf(variable)
        : {
            wrapped: false,
            stops: converter === undefined ? anywhere : stopAt(converter),
            obstacle: undefined,
          };
    return { wrapped: fate.wrapped, obstacle: fate.obstacle ?? tooShallow(value, fate.stops) };
  };
}

const CONVERTER = "convertto-json";
const DEFAULT_DEPTH = 2;
/** Its name, without its scope, and what follows it. */
const VARIABLE = /^[$@]\{?(?:script:|global:|local:|private:)?(\w+)\}?(.*)$/s;

function shallower(a: Stop | undefined, b: Stop | undefined): Stop | undefined {
  return a && b ? (a.depth <= b.depth ? a : b) : (a ?? b);
}

function isWrapperKey(text: string, token: Token | undefined): boolean {
  if (!token) return false;
  const key = text.slice(token.start, token.end).replaceAll(/['"]/g, "");
  return requestField(key) === WRAPPER;
}

/** Returns what the code inside a string begins with. */
function codesIn(text: string, { codes }: { codes: readonly Span[] }): string[] {
  return codes.map(({ start, end }) =>
    text
      .slice(start + 2, end - 1)
      .trim()
      .toLowerCase(),
  );
}

function tooShallow(request: ObjectValue, stops: Stop | undefined): Obstacle | undefined {
  const needed = levels(request) + 1;
  if (!stops || stops.depth >= needed) return undefined;
  const { at, depth } = stops;
  return { code: "unfollowed-use", is: "too-shallow", depth, needed, at };
}

/** How many brackets deep a request is below its own. A rule that is an expression holds a kind at least. */
function levels(request: ObjectValue): number {
  let deepest = 2;
  const open: { value: Value; level: number }[] = [{ value: request, level: 0 }];
  for (let next = open.pop(); next; next = open.pop()) {
    const { value, level } = next;
    if (value.kind !== "object" && value.kind !== "array") continue;
    deepest = Math.max(deepest, level);
    const inner = value.kind === "array" ? value.items : value.members.map((member) => member.value);
    for (const one of inner) open.push({ value: one, level: level + 1 });
  }
  return deepest;
}
