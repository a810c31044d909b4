/** A command of this program as it is typed in a shell. */
export function commandLine(words: readonly string[]): string {
  return ["sip-dispatch", ...words.map(commandWord)].join(" ");
}

/** A word as it is typed in a POSIX shell: quoted where it has to be. */
export function commandWord(word: string): string {
  return /^[\w./@%+,:=-]+$/.test(word) ? word : `'${word.replaceAll("'", String.raw`'\''`)}'`;
}
