import { codeInWords, type NumberList } from "../routing/rule-routing.ts";

/** A list of numbers as a sentence needs it, cut where it gets long. */
export function numbersInWords(numbers: NumberList): string {
  if (!Array.isArray(numbers)) return codeInWords(numbers);
  const words = numbers.map((number) => (typeof number === "string" ? number : codeInWords(number)));
  return words.length > 4 ? `${words.slice(0, 3).join(", ")} and ${words.length - 3} more` : words.join(", ");
}

/** Words as code: `a`, `b` and `c`. */
export function codeWords(words: readonly string[]): string {
  const code = words.map((word) => `\`${word.replaceAll("`", "'")}\``);
  return code.length < 2 ? code.join("") : `${code.slice(0, -1).join(", ")} and ${code.at(-1)}`;
}
