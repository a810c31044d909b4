import { requestField, WRAPPER } from "../../rule/fields.ts";
import type { Edit, KeyPath, PathProgram, Rewrite } from "../syntax.ts";
import { isPath, JqReader } from "./jq-paths.ts";
import { tokensOf, type JqToken } from "./jq-tokens.ts";

/** What a jq program does with the request that it reads. */
export interface JqProgram {
  /** The keys that it names, deeper ones as `rule.dispatch_rule_direct`; undefined where they can't be told. */
  keys: string[] | undefined;
  /** Whether it sets or deletes some of these keys. */
  sets: boolean;
  /** What it prints: the request, changed or not; a part of it; or the request inside a wrapper. */
  prints: "request" | "part" | "wrapped";
  /** Whether it puts several inputs together into one: `.[0] * .[1]`, `add`. */
  merges: boolean;
  /** All that it looks at, where it is simple: paths and, with them, assignments and deletions. */
  paths: readonly KeyPath[] | undefined;
}

/** An object with the wrapper's key; of a program that can't be divided into tokens. */
const WRAPS = /[{,]\s*\\{0,2}"?dispatch_?[rR]ule\\{0,2}"?\s*:/;
/** Programs that do the same with every form of a request. */
const HARMLESS = /^\s*(empty|type|tojson|tostring|@json|input_filename)?\s*$/;
const SETS = /^([-+*/%|]|\/\/)?=$/;

/** Reads a jq program. What is no simple chain of paths, assignments and deletions is only searched for keys. */
export function readJq(program: string): JqProgram {
  const nothing = { sets: false, merges: false, paths: undefined };
  if (program.length > LONGEST) return { ...nothing, keys: undefined, prints: "request" };
  const tokens = tokensOf(program);
  const wraps = tokens ? wrapsIn(tokens) : WRAPS.test(program);
  const merges = !wraps && tokens !== undefined && mergesIn(tokens);
  const simple = wraps ? undefined : tokens && new JqReader(program, tokens).read();
  if (simple) {
    const { paths, sets, prints } = simple;
    return { merges, keys: [...new Set(paths.map(({ keys }) => keys.join(".")))], sets, prints, paths };
  }
  const own = tokens && withoutBodies(tokens);
  const keys = wraps
    ? []
    : ofRequest(own ? namedIn(own) : [...program.matchAll(/\.(\w+)/g)].map(([, key = ""]) => key));
  const isTold = keys.length > 0 || wraps || HARMLESS.test(program);
  return {
    ...nothing,
    keys: isTold ? keys : undefined,
    sets: own?.some((token, index) => isSetting(token, own[index + 1])) === true,
    merges: merges && !keys.includes(WRAPPER),
    prints: wraps ? "wrapped" : "request",
  };
}

/** Whether whole inputs are added up, or laid over each other: `. * $over[0]`, `reduce .[] as $x ({}; . * $x)`. */
function mergesIn(tokens: readonly JqToken[]): boolean {
  const isInput = (token: JqToken | undefined): boolean =>
    token?.kind === "variable" || token?.text === "." || (token?.kind === "name" && token.text === "input");
  return tokens.some((token, index) => {
    if (token.kind === "name") return token.text === "add" && index === (tokens[1]?.text === "|" ? 2 : 0);
    if (token.kind !== "mark" || !/^[+*]=?$/.test(token.text)) return false;
    const before = tokens[index - 1];
    const whole = before?.text === "]" && tokens[index - 3]?.text === "[" ? tokens[index - 4] : before;
    return isInput(whole) && isInput(tokens[index + 1]);
  });
}

const LONGEST = 2000;

/**
 * Whether a program makes a wrapper of what it reads: an object with that key, or an assignment to it. One that also
 * looks for a wrapper knows both forms: `if has("dispatch_rule") then . else {dispatch_rule: .} end`.
 */
function wrapsIn(tokens: readonly JqToken[]): boolean {
  const keys = tokens.flatMap(({ kind, text }, index) =>
    isWrapper(kind === "variable" ? text.slice(1) : text) ? [index] : [],
  );
  const makes = keys.filter((index) => isMade(tokens, index));
  return makes.length > 0 && makes.length === keys.length;
}

function isMade(tokens: readonly JqToken[], index: number): boolean {
  const [before, token, after] = [tokens[index - 1], tokens[index], tokens[index + 1]?.text ?? ""];
  if (token?.kind === "field") return isPath(before, token) && after === "=";
  if (before?.text === "[" && tokens[index - 3]?.text === "setpath") return after === "]";
  const isKey = /^[{,]$/.test(before?.text ?? "");
  return isKey && (token?.kind === "variable" ? /^[,}]$/ : /^:$/).test(after);
}

/** Whether all that a program prints is one object in which nothing stands but the wrapper. */
export function makesWrapper(program: string): boolean {
  const tokens = program.length > LONGEST ? undefined : tokensOf(program);
  if (tokens?.[0]?.text !== "{" || !isWrapper(tokens[1]?.text ?? "") || tokens[2]?.text !== ":") return false;
  let depth = 0;
  for (const [index, { kind, text }] of tokens.entries()) {
    if (kind !== "mark") continue;
    if (/^[([{]$/.test(text)) depth++;
    if (/^[)\]}]$/.test(text)) depth--;
    if (depth === 0) return index === tokens.length - 1;
    if (depth === 1 && text === ",") return false;
  }
  return false;
}

function isWrapper(key: string): boolean {
  return requestField(key) === WRAPPER;
}

/**
 * The tokens without what `reduce` and `foreach` do with each item: `.` is there what they have made so far, unless
 * they begin with the whole input.
 */
function withoutBodies(tokens: readonly JqToken[]): JqToken[] {
  const kept: JqToken[] = [];
  const open: { isLoop: boolean; start: number; semicolon: number }[] = [];
  let loops = 0;
  for (const token of tokens) {
    kept.push(token);
    if (token.kind === "name" && /^(reduce|foreach)$/.test(token.text)) loops++;
    if (token.kind !== "mark") continue;
    const inner = open.at(-1);
    if (/^[([{]$/.test(token.text)) {
      const isLoop =
        token.text === "(" && loops > 0 && kept.at(-2)?.kind === "variable" && kept.at(-3)?.text === "as";
      if (isLoop) loops--;
      open.push({ isLoop, start: kept.length, semicolon: -1 });
    } else if (token.text === ";" && inner?.semicolon === -1) inner.semicolon = kept.length;
    else if (/^[)\]}]$/.test(token.text)) {
      open.pop();
      if (!inner?.isLoop || inner.semicolon < 0) continue;
      const isOfInput = kept
        .slice(inner.start, inner.semicolon)
        .some(({ text }) => /^(\.|inputs?)$/.test(text));
      if (!isOfInput) kept.splice(inner.semicolon, kept.length - 1 - inner.semicolon);
    }
  }
  return kept;
}

/** The keys that paths and objects name anywhere in a program. */
function namedIn(tokens: readonly JqToken[]): string[] {
  return tokens.flatMap((token, index): string[] => {
    const before = tokens[index - 1];
    if (token.kind === "field") return isPath(before, token) ? [token.text] : [];
    const isInObject = /^[{,]$/.test(before?.text ?? "") && /^[:,}]$/.test(tokens[index + 1]?.text ?? "");
    const isIndex = before?.text === "[" && tokens[index - 2]?.text === "." && token.kind === "string";
    return isIndex || (isInObject && (token.kind === "name" || token.kind === "string")) ? [token.text] : [];
  });
}

/** Those that are the request's fields; the wrapper alone where it is among them, because such a program knows both forms. */
function ofRequest(named: readonly string[]): string[] {
  const keys = [...new Set(named)].filter((key) => requestField(key) !== undefined);
  return keys.some((key) => requestField(key) === WRAPPER) ? [WRAPPER] : keys;
}

/** An assignment, a deletion, or an object that is added to the whole. */
function isSetting({ kind, text }: JqToken, next: JqToken | undefined): boolean {
  if (kind === "name") return /^(del|setpath|delpaths)$/.test(text);
  return kind === "mark" && (SETS.test(text) || (text === "." && /^[+*]$/.test(next?.text ?? "")));
}

/** The edits that make a program look into the wrapper. */
export function wrapPaths(
  text: string,
  { paths }: PathProgram,
  { wrapper, filter }: Pick<Rewrite, "wrapper" | "filter">,
): Edit[] {
  return paths.flatMap(({ first, keys: [key = ""] }): Edit[] => {
    const field = requestField(key);
    if (field === undefined || field === WRAPPER) return [];
    const isIndexed = text.startsWith("[", first.start);
    const inWrapper: Edit = {
      start: first.start,
      end: first.start,
      text: isIndexed ? wrapper : `${wrapper}.`,
    };
    if (field !== "inbound_numbers" || filter === "inbound_numbers") return [inWrapper];
    const name = first.start + text.slice(first.start, first.end).indexOf(key);
    return [inWrapper, { start: name, end: name + key.length, text: filter }];
  });
}
