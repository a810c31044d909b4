import type { Range } from "../source/tokens.ts";
import type { Mention } from "../syntax.ts";
import { pathsOf, textAt } from "./paths.ts";
import type { Program } from "./program.ts";
import { keysOf, shapeOfValue } from "./shapes.ts";

/** The methods and functions that write to a file. */
export const WRITERS: readonly string[] = ["WriteFile", "Encode", "Write", "WriteString"];

/** The file to which a call writes, and what: `os.WriteFile`, or a method of what `os.Create` gave. */
export function writing(program: Program, bracket: number): { path: Range; what: Range } | undefined {
  const [first, second] = program.itemsOf(bracket);
  if (!first) return undefined;
  if (program.word(bracket - 1) === "WriteFile") return second && { path: first, what: second };
  const path = createdBy(program, { from: program.chainStart(bracket), to: bracket - 2 });
  return path && { path, what: first };
}

/** The path of the file behind `f`, `json.NewEncoder(f)`, `os.Create(…)`. */
function createdBy(program: Program, { from, to }: Range, depth = 0): Range | undefined {
  if (depth > 6) return undefined;
  const bracket = program.tokens[to - 1]?.pair ?? -1;
  const call = program.callAt(bracket);
  const [first] = program.itemsOf(bracket);
  if (call && first) {
    if (/^(Create|OpenFile)$/.test(call.name)) return first;
    return /^New(Encoder|Writer)$/.test(call.name) ? createdBy(program, first, depth + 1) : undefined;
  }
  const value = to === from + 1 ? program.setTo(program.variableAt(from)) : undefined;
  return value && createdBy(program, value, depth + 1);
}

/** What is said of a file that a call makes from what the text puts together. */
export function written(program: Program, bracket: number): Mention[] {
  const found = writing(program, bracket);
  if (!found) return [];
  const isEncoded = program.word(bracket - 1) === "Encode";
  const keys = isEncoded ? keysOf(shapeOfValue(program, found.what)) : writtenKeys(program, found.what);
  if (!keys) return [];
  const at = program.spanOf({ from: bracket - 1, to: program.behind(bracket) });
  return pathsOf(program, found.path).map((file) => ({ does: "write", at, file, keys }));
}

/** The keys of what a text is made of: a literal, or the value that `Marshal` got. */
function writtenKeys(program: Program, { from, to }: Range, depth = 0): readonly string[] | undefined {
  if (depth > 6) return undefined;
  const literal = textAt(program, { from, to });
  if (literal !== undefined) return topKeys(literal);
  const bracket = program.tokens[to - 1]?.pair ?? -1;
  const call = program.callAt(bracket);
  const [first] = program.itemsOf(bracket);
  if (call && first) {
    if (MARSHALS.test(call.name)) return keysOf(shapeOfValue(program, first));
    return /^(append|byte|string|Bytes)$/.test(call.name)
      ? writtenKeys(program, first, depth + 1)
      : undefined;
  }
  const value = to === from + 1 ? program.setTo(program.variableAt(from)) : undefined;
  return value && writtenKeys(program, value, depth + 1);
}

/** What makes JSON of a value. */
export const MARSHALS = /^Marshal(Indent)?$|^Format$/;

function topKeys(text: string): string[] | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null ? Object.keys(value) : undefined;
  } catch {
    return undefined;
  }
}
