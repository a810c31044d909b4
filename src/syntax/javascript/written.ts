import type { Range } from "../source/tokens.ts";
import type { Mention } from "../syntax.ts";
import { objectKeys } from "./keys.ts";
import { pathsOf } from "./paths.ts";
import type { Script } from "./script.ts";

/** The functions that write a file: its path comes first, then what is written. */
export const WRITES =
  /^(writeFile(Sync)?|writeTextFile(Sync)?|write|writeJson(Sync)?|writeJSON(Sync)?|outputJson(Sync)?|outputFile(Sync)?)$/;

/** What is said of a file that a call makes from what the text puts together. */
export function written(script: Script, bracket: number): Mention[] {
  const [path, first] = script.itemsOf(bracket);
  if (!path || !first) return [];
  const isJson = /json/i.test(script.word(bracket - 1));
  const payload = isJson ? first : stringified(script, first);
  if (!payload) return [];
  const keys = objectKeys(script, payload);
  const at = script.spanOf({ from: bracket - 1, to: script.behind(bracket) });
  return pathsOf(script, path).map((file) => ({ does: "write", at, file, ...(keys && { keys }) }));
}

/** What `JSON.stringify` makes a text of, perhaps by way of a name. */
function stringified(script: Script, range: Range): Range | undefined {
  const text = script.slice(range);
  if (text.length < 100 && /^\w+$/.test(text)) {
    const value = script.declarationOf(range.from)?.value;
    return value && !/^\w+$/.test(script.slice(value)) ? stringified(script, value) : undefined;
  }
  for (let at = range.from; at < range.to; at++) {
    if (script.word(at) === "stringify" && script.word(at + 1) === "(") return script.itemsOf(at + 1)[0];
  }
  return undefined;
}
