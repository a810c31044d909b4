import { codeInWords, type NumberList } from "../routing/rule-routing.ts";
import { listInWords } from "../rule/list-words.ts";
import type { KnownTrunks, Trunk } from "../routing/trunks.ts";
import type { Said } from "./check.ts";

/** A list of numbers, or of other short texts, as a sentence needs it: cut where it gets long. */
export function numbersInWords(numbers: NumberList): string {
  if (!Array.isArray(numbers)) return codeInWords(numbers);
  return listInWords(numbers.map((number) => (typeof number === "string" ? number : codeInWords(number))));
}

/** Words as code: `a`, `b` and `c`. */
export function codeWords(words: readonly string[]): string {
  return listInWords(
    words.map((word) => `\`${word.replaceAll("`", "'")}\``),
    words.length,
  );
}

/** The files in which trunks stand, each once: ` (trunks.json)`. Empty where they come from none. */
export function filesInWords(trunks: readonly Trunk[]): string {
  const paths = [...new Set(trunks.flatMap(({ path }) => path ?? []))];
  const files = paths.map((path) => (path === "-" ? "standard input" : path));
  return files.length === 0 ? "" : ` (${numbersInWords(files)})`;
}

/** What the trunks lack is not certain where nobody named their file: trunks and numbers that came later are not in it. */
export function lackedBy({ areFound }: KnownTrunks): Pick<Said, "severity" | "certainty"> {
  return areFound ? { severity: "note", certainty: "likely" } : {};
}
