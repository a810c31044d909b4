import type { NumberFilter } from "../rule/wrap.ts";

/** What was decided about a request, so that a command that is run on it later decides the same. */
export interface Decided {
  filter?: NumberFilter;
  bound?: readonly string[] | undefined;
}

/** The command line that prints a source's request in another form. */
export function convertCommand(
  path: string,
  to: "info" | "wrapped",
  { filter, bound }: Decided = {},
): string {
  const words = ["sip-dispatch", "convert", path === "-" ? "rule.json" : quoted(path), "--to", to];
  if (filter === "inbound_numbers") words.push("--inbound-numbers-as", "inbound_numbers");
  if (bound) words.push("--trunks", quoted(bound.join(",")));
  return words.join(" ");
}

function quoted(word: string): string {
  return /^[\w./@%+,:-]+$/.test(word) ? word : `'${word.replaceAll("'", String.raw`'\''`)}'`;
}
