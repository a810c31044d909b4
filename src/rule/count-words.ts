/** A number for a person: `12,345`. (Not by node's `toLocaleString`, which loads its tables first.) */
export function grouped(count: number): string {
  return String(count).replaceAll(/(?<=\d)(?=(\d{3})+$)/g, ",");
}

/** `1 request`, `2 requests`, `1,234 requests`. */
export function counted(count: number, one: string, many = `${one}s`): string {
  return `${grouped(count)} ${count === 1 ? one : many}`;
}
