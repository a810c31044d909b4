import type { Fact } from "../sources/fact.ts";

/**
 * Where a text looks at the `inbound_numbers` of something, whether it gives them to the same field of something else, and
 * whether it has `numbers`, too. Undefined where it names neither. `start` is where the text stands in its document.
 */
export function callersIn(text: string, start: number): Fact["callers"] {
  const isBoth = BESIDE.test(text);
  const places = Array.from(text.matchAll(CALLERS), ({ 0: word, index }) => {
    const from = start + index + word.search(/\w/);
    const of = ownerIn(text.slice(Math.max(0, index - LONGEST), index), word);
    return { start: from, end: start + index + word.length, ...(of && { of }) };
  });
  return places.length === 0 && !isBoth ? undefined : { places, isBoth, isCopy: COPIES.test(text) };
}

/** The names in the expression whose field is looked at: `rules` and `items` of `rules.items[at].inbound_numbers`. */
function ownerIn(before: string, word: string): string[] | undefined {
  const owner = /(?<![\w.])[A-Za-z_]\w*(?:(?:\?\.|!?\.|->)\w+|\??\.?\[[^[\]]*\]|\([^()]*\)|[?!])*$/.exec(
    before,
  )?.[0];
  // The key is what a function is given: `get("inbound_numbers")`.
  if (owner === undefined || (word.startsWith("(") && /^\w+$/.test(owner))) return undefined;
  return owner.replaceAll(/\[[^\]]*\]|\([^)]*\)/g, "").match(/[A-Za-z_]\w*/g) ?? undefined;
}

const LONGEST = 200;

/** A look at the field: `.inbound_numbers`, `["inbound_numbers"]`, `{ inboundNumbers }`. */
const CALLERS =
  /(?:\.|->)(?:Get)?inbound_?numbers\b|[[(]\s*["']inbound_?numbers\b|inbound_?numbers(?<=[{,]\s*inbound_?numbers)(?=\s*(?::\s*\w+\s*)?[,}])/gi;
const BESIDE = /(?<![A-Za-z_])(?:Get)?numbers\b|\.\.\.\w/i;
const COPIES =
  /inbound_?numbers\b["'\]]*\s*(?:[:=]|\.(?:extend|push|append|CopyFrom|MergeFrom)\()\s*[^,;\n]{0,80}inbound_?numbers/i;

/** Tells whether a text makes a rule that is to take the place of another. */
export function makesInfo(text: string): boolean {
  return /\bSIPDispatchRuleInfo\b/.test(text);
}
