import { requestField } from "../rule/fields.ts";

/** Words that mean a field of a request wherever they stand, in any spelling: `trunk_ids`, `trunkIds`, `setTrunkIds(`. */
const WORDS =
  /(?:(?<![\w-])|(?<=(?:\.|->)(?:set|add|add_?all|clear)_?))(?:dispatch_?rule|trunk_?ids|inbound_?numbers|room_?config|room_?preset|hide_?phone_?number)(?![\w-]|["']?\s*(?:[([]\s*)?["']?(?:create|update)\b)/gi;

/** Words that mean one only as an access or a key: `.name`, `["name"]`, `"name":`, `.get('name')`, `.Name =`. */
const ACCESS =
  /(?:(?<!\.)\.|->)(name|rule|metadata|attributes)(?!\w|\s*\()|(?:\.|->)(?:(Name|Rule|Metadata|Attributes)\s*=(?!=)|[sS]et_?([Nn]ame|[Rr]ule|[Mm]etadata|[Aa]ttributes)\s*\()|\[\s*:?["'](name|rule|metadata|attributes)["']?\s*\]|\\?["'](name|rule|metadata|attributes)\\?["']\s*(?::|=>)|\b(?:get|pop|has|fetch|getString|setdefault|dig|delete|has_key|hasOwnProperty|getattr|setattr)\s*\(\s*(?:\w+\s*,\s*)?:?["'](name|rule|metadata|attributes)["']/g;

/** Puts more keys beside those that something has: `{ ...rule, name }`, `rule.merge(name: n)`, `dict(rule, name=n)`. */
const MERGES = /\.\.\.\w|\*\*\w|\b(?:merge|update|assign|extend|dict|array_merge|combine)!?\s*\(|[|+*]\s*\{/;
const MERGED =
  /(?<=[({,]\s*:?)(name|rule|metadata|attributes)\s*(?::(?!:)|=(?![=~]))|(?<=\{(?:[^{}()]{0,200},)?\s*)(name|rule|metadata|attributes)(?=\s*[,}])/g;

/** A look into the wrapper: `.dispatch_rule.name`, and `.dispatch_rule` itself unless it is set. */
const IN_WRAPPER =
  /(?:\.|->)dispatch_?rule\b(?!\s*\|?=(?!=))(?:\??\.\w+|\["?\w+"?\])*|\["dispatch_?rule"\](?:\??\.\w+|\["\w+"\])+/gi;

/**
 * The fields of a request that a text looks at or sets, as they are written there, each once and in order. Paths of
 * files have to be taken out before.
 */
export function keysIn(said: string): string[] {
  // What stands behind the wrapper's key is found there once the request is wrapped.
  const text = said.replaceAll(IN_WRAPPER, "");
  const words = Array.from(text.matchAll(WORDS), ([word]) => word);
  const common = [...text.matchAll(ACCESS), ...(MERGES.test(text) ? text.matchAll(MERGED) : [])];
  const accesses = common.map((found) => found.slice(1).find((one) => one) ?? "");
  return [...new Set([...words, ...accesses])];
}

/** Tells whether a key leads to a field that moves into the wrapper, and not to the wrapper itself. */
export function isMovedKey(key: string): boolean {
  const field = requestField(snake(key));
  return field !== undefined && field !== "dispatch_rule";
}

/** A key as the proto spells it. */
export function snake(key: string): string {
  return key.replaceAll(/(?<=[a-z])(?=[A-Z])/g, "_").toLowerCase();
}

/** Tells whether a key is the wrapper's, in any spelling. */
export function isWrapperKey(key: string): boolean {
  return snake(key).replace("dispatchrule", "dispatch_rule") === "dispatch_rule";
}
