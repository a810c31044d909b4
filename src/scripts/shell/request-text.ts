import type { Piece } from "../../sources/region.ts";
import { readJson } from "../../documents/json/read.ts";
import { sitesOf } from "../../sources/sites.ts";
import { type IsWorth, looksLikeRequest } from "../../sources/trigger.ts";
import type { Unit } from "./quoting.ts";

/** Tells whether a text is the front of a wrapper, and no more: the script puts its value behind it. */
export function onlyOpensWrapper(text: string): boolean {
  return text.length < 100 && /^\s*\{\s*["']?dispatch_?[rR]ule["']?\s*:\s*\{?\s*(\\n\s*)?$/.test(text);
}

/** The variables that a script puts under `"rule":`, also by way of a variable of jq: `--argjson rule "$RULE"`. */
export function rulesPutIn(script: string): ReadonlySet<string> {
  const put = Array.from(script.matchAll(PUT_UNDER_RULE), ([, name = ""]) => name);
  const given = Array.from(script.matchAll(GIVEN_TO_JQ), ([, variable = "", name = ""]) =>
    put.includes(variable) ? name : "",
  );
  return new Set([...put, ...given]);
}

const PUT_UNDER_RULE = /(?:^|[^\w])rule[\\"']{0,4}\s{0,9}:\s{0,9}[\\"']{0,4}\$\{?(\w+)/g;
const GIVEN_TO_JQ = /--argjson\s+(\w+)\s+["']?\$\{?(\w+)/g;

/** Tells whether a piece of a script holds a key `rule` that gets its value from a variable, or ends there. */
export function putsRuleIn(piece: string): boolean {
  return /(?:^|[^\w])rule[\\"']{1,4}\s{0,9}:\s{0,9}[\\"']{0,4}(?:\$|$)/.test(piece);
}

/** Tells whether JSON is what stands in a `rule`, and no more: a kind of rule. */
export function isKindAlone(json: string): boolean {
  return /^\s*\{\s*"dispatch_?[rR]ule_?(?:direct|individual|callee)"\s*:/i.test(json);
}

/**
 * Where the JSON begins that a word says, perhaps behind `NAME=`, `--data=`, `--from-literal=NAME=` or `-d`; undefined
 * where it says none. What begins like JSON and isn't is taken for it if it looks like a request: reading it tells what
 * is wrong.
 */
export function jsonIn(text: string, isFormat: boolean, isWorth: IsWorth): number | undefined {
  const start = BEFORE_JSON.exec(text)?.[0].length ?? 0;
  const json = text.slice(start);
  if (!/^\s*(\{|\[\s*[{\]"])/.test(json) || !isWorth(json)) return undefined;
  return isFormat || "value" in readJson(json) || looksLikeRequest(json) ? start : undefined;
}

const BEFORE_JSON = /^(?:(?:[\w.-]+(?:\[[^\]]*\])?\+?=){1,2}|-[A-Za-z])?/;

/**
 * A substitution in letters that no reader of JSON stumbles over, wherever it stands: `${X:-"a"}` becomes `${X:-'a'}`.
 * It keeps its length.
 */
export function masked<T extends Piece>(unit: T & Pick<Unit, "substitution">): T {
  if (!unit.substitution) return unit;
  const { text } = unit;
  const inner = text.startsWith("$(") || text.startsWith("${") ? text.slice(2, -1) : text.slice(1, -1);
  const plain = inner
    .replaceAll(/["`]/g, "'")
    .replaceAll("\\", "/")
    .replaceAll(/\p{Cc}/gu, " ");
  if (text.startsWith("$("))
    return { ...unit, text: `$(${plain.replaceAll("(", "[").replaceAll(")", "]")})` };
  // A workflow's `${{ … }}`, of which the shell ends one brace too early.
  if (/^\$\{\{[^{}]*\}$/.test(text)) return { ...unit, text: `\${${plain}}` };
  if (text.startsWith("${"))
    return { ...unit, text: `\${${plain.replaceAll("{", "[").replaceAll("}", "]")}}` };
  return text.startsWith("`") ? { ...unit, text: `\`${plain}\`` } : unit;
}

/**
 * Tells whether a piece that is quoted otherwise holds more, or less, than one or more values of a request's fields: its
 * keys can't be moved then. Neither can lines be indented that begin in such a piece.
 */
export function dividesFields(text: string, pieces: readonly (Piece & { foreign: boolean })[]): boolean {
  const within = new Set<number>();
  let offset = 0;
  for (const piece of pieces) {
    const end = offset + piece.text.length;
    if (piece.foreign) {
      if (piece.text.includes("\n")) return true;
      for (let at = offset + 1; at < end; at++) within.add(at);
    }
    offset = end;
  }
  const read = readJson(text);
  if (!("value" in read)) return false;
  return sitesOf(read.value).some(({ at, request }) =>
    [
      at.start + 1,
      at.end - 1,
      ...request.members.flatMap(({ at: key, value }) => [key.start, value.start, value.end]),
    ].some((edge) => within.has(edge)),
  );
}
