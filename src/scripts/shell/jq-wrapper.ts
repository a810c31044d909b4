import { requestField, WRAPPER } from "../../rule/fields.ts";

/** Tells whether all that a program prints is one object in which nothing stands but the wrapper. Takes linear time. */
export function makesWrapper(program: string): boolean {
  const [, key = ""] = /^\s*\{\s*"?(\w{1,40})"?\s*:/.exec(program) ?? [];
  if (requestField(key) !== WRAPPER) return false;
  let depth = 0;
  for (const { 0: sign, index } of program.matchAll(SIGNS)) {
    // Comments, and programs in strings.
    if (sign === "#" || sign === '"') return false;
    if (/^[([{]$/.test(sign)) depth++;
    if (/^[)\]}]$/.test(sign)) depth--;
    if (depth === 0) return program.slice(index + 1).trim() === "";
    if (depth === 1 && sign === ",") return false;
  }
  return false;
}

const SIGNS = /"(?:[^"\\]|\\[^(])*"|["#[\](){},]/g;
