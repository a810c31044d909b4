import type { Range } from "../source/tokens.ts";
import type { Script } from "./script.ts";

/** What a string, or the name of one, says. */
export function keyAt(script: Script, index: number): string | undefined {
  const token = script.tokens[index];
  if (token?.kind === "string") return token.value;
  if (token?.kind !== "name") return undefined;
  if (script.isKey(index)) return token.text;
  const value = script.declarationOf(index)?.value;
  return value && value.to === value.from + 1 ? script.tokens[value.from]?.value : undefined;
}

/** The keys of an object that is written here, or that a name stands for; undefined where they can't be told. */
export function objectKeys(script: Script, range: Range): string[] | undefined {
  const named = range.to === range.from + 1 ? script.declarationOf(range.from)?.value : undefined;
  const { from } = named ?? range;
  if (script.word(from) !== "{") return undefined;
  return script
    .itemsOf(from)
    .flatMap((item) => script.tokens[item.from]?.value ?? (script.word(item.from) || []));
}

/** The keys of `z.object({ … })`, where a call is of a method of such a schema. */
export function schemaKeys(
  script: Script,
  { from, name }: { from: number; name: string },
): string[] | undefined {
  const schema = PARSES_SCHEMA.test(name) ? script.declarationOf(from)?.value : undefined;
  for (let at = schema?.from ?? 0; at < (schema?.to ?? 0); at++) {
    if (!/^(strict|loose)?[oO]bject$/.test(script.word(at)) || script.word(at + 1) !== "(") continue;
    const [object] = script.itemsOf(at + 1);
    return object && objectKeys(script, object);
  }
  return undefined;
}

const PARSES_SCHEMA = /^(safeParse|parse|parseAsync|safeParseAsync|validate|validateSync|assert|check)$/;

/** Whether what is looked up here, or something deep in it, is set, deleted or changed in place. */
export function isChanged(script: Script, { from, to }: Range): boolean {
  if (script.word(from - 1) === "delete") return true;
  let at = to;
  for (;;) {
    const next = script.word(at);
    if (next === "!" && /^[.[=]$/.test(script.word(at + 1))) at++;
    else if (next === "." && script.word(at + 2) !== "(") at += 2;
    else if (next === "[" && !script.tokens[at]?.begins) at = script.behind(at);
    else break;
  }
  if (script.word(at) === "." || script.word(at) === "?.") return CHANGES.test(script.word(at + 1));
  const isDoubled = /^([?|&]{2}|\*\*|<<|>>)$/.test(script.word(at)) && script.word(at + 1) === "=";
  return isDoubled || /^([-+*/%|&?]|\?\?|\|\||&&)?=$/.test(script.word(at));
}

const CHANGES = /^(push|unshift|splice|pop|shift|sort|reverse|fill)$/;
