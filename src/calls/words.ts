/** Of more items the rest is counted. */
const MOST = 3;

/** `a`, `a and b`, `a, b, c and 5 more`. */
export function listed(items: readonly string[]): string {
  const more = items.length - MOST;
  if (more > 1) return `${items.slice(0, MOST).join(", ")} and ${more} more`;
  return items.length < 2 ? items.join("") : `${items.slice(0, -1).join(", ")} and ${items.at(-1)}`;
}

/** A name, told apart from the words around it. */
export function quoted(text: string): string {
  return `"${text}"`;
}
