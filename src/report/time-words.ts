/** A time as RFC 3339 has it, in UTC. */
export function timeInWords(at: number | undefined): string {
  return at === undefined ? "" : new Date(at).toISOString();
}
