import type { KeyUse } from "../flow.ts";
import type { Program } from "../program.ts";
import type { Fact } from "../../sources/fact.ts";

/** Returns the lines of a script that look at keys of its standard input. */
export function looksAtInput({ statements }: Program): KeyUse[] {
  return statements.flatMap(({ steps: [first], lineOf, isShell }) =>
    isShell && first && readsInput(first) ? { line: lineOf(first.at.start), keys: first.keys } : [],
  );
}

function readsInput({ role, keys, paths, uses, holds }: Fact): boolean {
  return role === "read" && keys.length > 0 && paths.length + uses.length + holds.length === 0;
}
