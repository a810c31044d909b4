import type { Value } from "../rule/value.ts";
import { placeholderEnd } from "./placeholder-end.ts";

/**
 * The placeholders in a value, each once, as they are written and in the order of the text: those that stand unquoted,
 * and what looks like one in a string. Survives any nesting.
 */
export function placeholdersIn(value: Value): string[] {
  const found = new Set<string>();
  const open = [value];
  for (let next = open.pop(); next; next = open.pop()) {
    if (next.kind === "code" && placeholderEnd(next.raw, 0) === next.raw.length) found.add(next.raw);
    if (next.kind === "string" && SIGNS.test(next.value))
      for (const [written] of next.value.matchAll(IN_STRING)) found.add(written);
    if (next.kind === "array") for (const item of next.items.toReversed()) open.push(item);
    if (next.kind === "object") for (const member of next.members.toReversed()) open.push(member.value);
  }
  return [...found];
}

/** One of these stands in every placeholder; few strings have one. */
const SIGNS = /[${<%]|__/;

/** Narrower than where a value belongs: in a string `%` and `<` mostly stand for themselves. */
const IN_STRING =
  /\$\{\{[^{}]{1,200}\}\}|\$\{[^{}]{1,200}\}|\{\{[^{}]{1,200}\}\}|\$\([^()]{1,200}\)|\$[A-Za-z_]\w*|<[A-Z][A-Z\d_ -]*>|__[A-Z][A-Z\d_]*__|^<[^<>]+>$|^%[sd]$/g;
