import { requestField } from "../../rule/fields.ts";
import type { Span } from "../../rule/value.ts";
import { lex, type Token } from "./lex.ts";

/** A script's tokens without comments, and where each bracket closes that does not open a block, by their indices. */
export interface Code {
  text: string;
  tokens: readonly Token[];
  closing: ReadonlyMap<number, number>;
}

/** A place that reaches for a key of an object. */
export interface Access {
  at: Span;
  /** Undefined where it can't be told. */
  key: string | undefined;
  sets: boolean;
}

/** The accesses to what variables hold, among tokens from an index up to another, also in the code in strings. */
export function accessesIn(
  { text, tokens, closing }: Code,
  from: number,
  to: number,
  depth = 0,
): (Access & { variable: string })[] {
  const found: (Access & { variable: string })[] = [];
  for (let index = from; index < to; index++) {
    const token = tokens[index];
    if (token?.kind === "string" && depth < DEEPEST) {
      for (const { start, end } of token.codes) {
        const code = text.slice(start + 2, end - 1);
        if (!code.includes("$") || code.length > LONGEST_CODE) continue;
        const inner = codeOf(code);
        for (const access of accessesIn(inner, 0, inner.tokens.length, depth + 1)) {
          const at = { start: access.at.start + start + 2, end: access.at.end + start + 2 };
          found.push({ ...access, at });
        }
      }
    }
    if (token?.kind !== "word") continue;
    const written = text.slice(token.start, Math.min(token.end, token.start + LONGEST_WORD));
    const [, variable, rest = ""] = VARIABLE.exec(written) ?? [];
    if (variable === undefined) continue;
    const access = accessAt({ text, tokens, closing }, index, rest);
    if (access) found.push({ ...access, variable: variable.toLowerCase() });
  }
  return found;
}

const DEEPEST = 3;
const LONGEST_CODE = 2000;
const LONGEST_WORD = 300;
const VARIABLE = /^\$\{?(?:script:|global:|local:)?(\w+)\}?((?:\?*\.\w+)*)$/i;

function codeOf(text: string): Code {
  const tokens = lex(text).tokens.filter(({ kind }) => kind !== "comment");
  return { text, tokens, closing: closingIn(tokens) };
}

/** Where each bracket closes, but for those of blocks. */
export function closingIn(code: readonly Token[]): Map<number, number> {
  const closing = new Map<number, number>();
  const open: number[] = [];
  for (const [index, token] of code.entries()) {
    if (token.kind !== "mark") continue;
    if (/[([{]$/.test(token.mark)) open.push(index);
    if (!/^[)\]}]$/.test(token.mark)) continue;
    const opened = open.pop();
    const mark = opened === undefined ? undefined : code[opened];
    if (opened !== undefined && mark?.kind === "mark" && mark.mark !== "{") closing.set(opened, index);
  }
  return closing;
}

/**
 * What is reached for behind an object that ends with the token at an index: `.name`, `["name"]`, `.Remove("name")`.
 * `inside` are the names that this token ends with. Undefined where nothing is, or nothing of its own keys.
 */
export function accessAt({ text, tokens, closing }: Code, last: number, inside: string): Access | undefined {
  const markAt = (index: number): string => {
    const token = tokens[index];
    return token?.kind === "mark" ? token.mark : "";
  };
  const stringAt = (index: number): string | undefined => {
    const token = tokens[index];
    return token?.kind === "string" ? text.slice(token.inside.start, token.inside.end) : undefined;
  };
  const names: (string | undefined)[] = namesIn(inside);
  let argument: string | undefined;
  let isCall = false;
  let index = last;
  while (!isCall && tokens[index + 1]?.start === tokens[index]?.end) {
    const next = tokens[index + 1];
    const close = closing.get(index + 1);
    if (next?.kind === "word" && /^\??\./.test(text.slice(next.start, next.start + 2))) {
      names.push(...namesIn(text.slice(next.start, Math.min(next.end, next.start + LONGEST_WORD))));
      index++;
    } else if (markAt(index + 1) === "[" && close !== undefined) {
      const isPlace = /^\s*-?\d/.test(text.slice(next?.end, (next?.end ?? 0) + 10));
      if (!isPlace) names.push(close === index + 3 ? stringAt(index + 2) : undefined);
      index = close;
    } else if (markAt(index + 1) === "(" && close !== undefined && names.length > 0) {
      isCall = true;
      argument = stringAt(index + 2);
      index = close;
    } else break;
  }
  const at = { start: tokens[last]?.start ?? 0, end: tokens[index]?.end ?? 0 };
  const method = isCall ? (names.pop() ?? "").toLowerCase() : "";
  const isAssigned =
    markAt(index + 1) === "=" ||
    (markAt(index + 2) === "=" && isWordAt(text, tokens[index + 1], /^[-+*/?]+$/));
  const sets = isAssigned || CHANGES.test(method);
  const isOfProperties = /^psobject$/i.test(names[0] ?? "");
  if (isOfProperties) names.splice(0, 2);
  else if (names.length === 0 && !isCall) return undefined;
  const [name] = names;
  if (names.length === 0 && ASKS.test(method)) return { at, key: argument && fieldKey(argument), sets };
  const ofAll = isOfProperties ? /^(name|value)$/i : OF_ALL;
  if (name === undefined || ofAll.test(name))
    return LOOKS_AT_NONE.test(method) ? undefined : { at, key: undefined, sets };
  return OF_NONE.test(name) ? undefined : { at, key: fieldKey(name), sets };
}

const CHANGES = /^(add|remove|removeat|insert|clear|addrange|set_item)$/;
const ASKS = /^(add|remove|containskey|contains|match|item|get_item|set_item)$/;
const LOOKS_AT_NONE = /^(gettype|tostring|clone|copy|gethashcode)$/;
const OF_ALL = /^(keys|values)$/i;
const OF_NONE = /^(count|length|longlength|rank)$/i;

function namesIn(written: string): string[] {
  return [...written.matchAll(/\.(\w+)/g)].map(([, name = ""]) => name);
}

function isWordAt(text: string, token: Token | undefined, pattern: RegExp): boolean {
  return (
    token?.kind === "word" && pattern.test(text.slice(token.start, Math.min(token.end, token.start + 10)))
  );
}

/** A key as it is spelled in JSON: PowerShell finds it whatever its case (about_Properties, about_Hash_Tables). */
export function fieldKey(written: string): string {
  const asked = [written, written.toLowerCase(), written.slice(0, 1).toLowerCase() + written.slice(1)];
  return asked.find((key) => requestField(key) !== undefined) ?? written;
}
