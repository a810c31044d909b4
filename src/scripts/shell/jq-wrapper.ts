import { requestField, WRAPPER } from "../../rule/fields.ts";
import { tokensOf } from "./jq-tokens.ts";

/** Tells whether all that a program prints is one object in which nothing stands but the wrapper. */
export function makesWrapper(program: string): boolean {
  const tokens = program.length > LONGEST ? undefined : tokensOf(program);
  if (tokens?.[0]?.text !== "{" || requestField(tokens[1]?.text ?? "") !== WRAPPER || tokens[2]?.text !== ":")
    return false;
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

/** Longer programs are not read. */
const LONGEST = 10_000;
