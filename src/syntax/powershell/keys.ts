import { requestField } from "../../rule/fields.ts";
import type { Span } from "../../rule/value.ts";
import { Code, LONGEST_CODE } from "./code.ts";
import type { Token } from "./lex.ts";

/** A place that reaches for a key of an object. */
export interface Access {
  at: Span;
  /** Undefined where it can't be told. */
  key: string | undefined;
  sets: boolean;
}

/** The accesses to what variables hold, among tokens from an index up to another, also in the code in strings. */
export function accessesIn(
  code: Code,
  from: number,
  to: number,
  depth = 0,
): (Access & { variable: string })[] {
  const { text, tokens } = code;
  const found: (Access & { variable: string })[] = [];
  for (let index = from; index < to; index++) {
    const token = tokens[index];
    if (token?.kind === "string" && depth < DEEPEST) {
      for (const { start, end } of token.codes) {
        const said = text.slice(start + 2, end - 1);
        if (!said.includes("$") || said.length > LONGEST_CODE) continue;
        const inner = new Code(said);
        for (const access of accessesIn(inner, 0, inner.tokens.length, depth + 1)) {
          const at = { start: access.at.start + start + 2, end: access.at.end + start + 2 };
          found.push({ ...access, at });
        }
      }
    }
    if (token?.kind !== "word") continue;
    const [, variable, rest = ""] = VARIABLE.exec(code.written(index)) ?? [];
    if (variable === undefined) continue;
    const access = accessAt(code, index, rest);
    if (access) found.push({ ...access, variable: variable.toLowerCase() });
  }
  return found;
}

const DEEPEST = 3;
const VARIABLE = /^\$\{?(?:script:|global:|local:)?(\w+)\}?((?:\?*\.\w+)*)$/i;

/**
 * What is reached for behind an object that ends with the token at an index: `.name`, `["name"]`, `.Remove("name")`.
 * `inside` are the names that this token ends with. Undefined where nothing is, or nothing of its own keys.
 */
export function accessAt(code: Code, last: number, inside: string): Access | undefined {
  const { text, tokens, closing } = code;
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
      names.push(...namesIn(code.written(index + 1)));
      index++;
    } else if (code.mark(index + 1) === "[" && close !== undefined) {
      const isPlace = /^\s*-?\d/.test(text.slice(next?.end, (next?.end ?? 0) + 10));
      if (!isPlace) names.push(close === index + 3 ? stringAt(index + 2) : undefined);
      index = close;
    } else if (code.mark(index + 1) === "(" && close !== undefined && names.length > 0) {
      isCall = true;
      argument = stringAt(index + 2);
      index = close;
    } else break;
  }
  const at = { start: tokens[last]?.start ?? 0, end: tokens[index]?.end ?? 0 };
  const method = isCall ? (names.pop() ?? "").toLowerCase() : "";
  const isAssigned =
    code.mark(index + 1) === "=" ||
    (code.mark(index + 2) === "=" && isWordAt(text, tokens[index + 1], /^[-+*/?]+$/));
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
