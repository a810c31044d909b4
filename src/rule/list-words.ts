const MOST_LISTED = 3;

/** `a`, `a and b`, or the first few and how many more there are. */
export function listInWords(items: readonly string[], most = MOST_LISTED): string {
  const shown = items.map((item) => (item === "" ? '""' : item));
  const rest = shown.length - most;
  if (rest > 1) return `${shown.slice(0, most).join(", ")} and ${rest} more`;
  return shown.length < 2 ? shown.join("") : `${shown.slice(0, -1).join(", ")} and ${shown.at(-1)}`;
}

/** Text from a file, told apart from the words around it. */
export function quoted(text: string): string {
  return `"${text}"`;
}

/** A text of at most so many characters: of a longer one the beginning. */
export function shortened(text: string, most = 60): string {
  return text.length > most ? `${text.slice(0, most - 1)}…` : text;
}
