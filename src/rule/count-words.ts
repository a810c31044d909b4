/** A number for a person: `12,345`. (Not by node's `toLocaleString`, which loads its tables first.) */
export function grouped(count: number): string {
  return String(count).replaceAll(/(?<=\d)(?=(\d{3})+$)/g, ",");
}

/** `2 new, 1 gone`: those of the counts that are not 0, each with its word. */
export function sumsInWords(parts: readonly (readonly [count: number, word: string])[]): string {
  return parts
    .filter(([count]) => count > 0)
    .map(([count, word]) => `${grouped(count)} ${word}`)
    .join(", ");
}

/** `1 request`, `2 requests`, `1,234 requests`. */
export function counted(count: number, one: string, many = `${one}s`): string {
  return `${grouped(count)} ${count === 1 ? one : many}`;
}

/** `it` or `them`, for so many. */
export function themOf(count: number): "it" | "them" {
  return count === 1 ? "it" : "them";
}
