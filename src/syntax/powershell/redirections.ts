import type { Argument } from "../shell/expand.ts";

/** Whether a word is a `>`, or the file behind it. */
export function isRedirection(words: readonly Argument[], index: number): boolean {
  const [before, word] = [words[index - 1], words[index]].map((one) => one?.texts[0] ?? "");
  return /^>{1,2}$/.test(before ?? "") || /^>{1,2}(?!&)/.test(word ?? "");
}

/** The files behind `>`. */
export function redirectedTo(words: readonly Argument[]): string[] {
  return words.flatMap(({ texts: [text = ""] }, index) => {
    if (/^>{1,2}$/.test(text)) return words[index + 1]?.texts ?? [];
    return /^>{1,2}[^>&]/.test(text) ? text.replace(/^>+/, "") : [];
  });
}
