import { languageRunBy } from "../../sources/languages.ts";

/** The id of the language in which a command reads programs: `python3`, `/bin/bash`. */
function interpreted(word: string): string | undefined {
  return /^(\/[\w/-]+\/)?[a-z]+[\d.]*$/.test(word) ? languageRunBy(word)?.id : undefined;
}

/** The language of the program that a command with these words reads from its input: `ssh host`, `python3 -`. */
export function stdinLanguage(words: readonly string[]): string | undefined {
  const at = words.findLastIndex((word) => interpreted(word) !== undefined);
  if (at < 0) return opensShell(words) ? "shell" : undefined;
  // Behind an interpreter a file is the program, and the input is what that reads.
  const program = words.slice(at + 1).find((word) => word === "-" || !word.startsWith("-")) ?? "-";
  const readsInput = words.includes("-s") || program === "-";
  return readsInput ? interpreted(words[at] ?? "") : undefined;
}

/** Tells whether a command is `ssh` with a host and nothing to run there, whose input is for the shell of that host. */
function opensShell(words: readonly string[]): boolean {
  const ssh = words.indexOf("ssh");
  const rest = words.filter(
    (word, index) =>
      index > ssh && !word.startsWith("-") && !/^-[BbcDEeFIiJLlmOopQRSWw]$/.test(words[index - 1] ?? ""),
  );
  return ssh >= 0 && rest.length === 1;
}

/** The language of the word that follows these, if it is a program: `bash -c`, `node -p`, `eval`, `ssh host`. */
export function programLanguage(words: readonly string[]): string | undefined {
  const last = words.at(-1) ?? "";
  const isPrinted = /^-pe?$|^--print$/.test(last);
  if (isPrinted || /^-[a-z]*c$|^-e$|^--eval$/.test(last)) {
    const at = words.findLastIndex((word) => interpreted(word) !== undefined);
    const language = interpreted(words[at] ?? "");
    return isPrinted && language === "shell" ? undefined : language;
  }
  return words[0] === "eval" || (words[0] === "ssh" && words.length > 1) ? "shell" : undefined;
}

/** The file that a command writes its input to, if that can be told by its words: `sudo tee rule.json`. */
export function fileIn(words: readonly string[]): string | undefined {
  const at = words.indexOf("tee");
  return at < 0 ? undefined : words.slice(at + 1).find((word) => !word.startsWith("-"));
}
