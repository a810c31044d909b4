import { commandLine } from "../rule/command-words.ts";
import { withoutAnnotations } from "../rule/annotations.ts";
import type { NumberFilter } from "../rule/wrap.ts";
import { placeholdersIn } from "../sources/placeholders.ts";
import type { Site } from "../sources/syntax.ts";
import type { Document } from "../sources/document.ts";
import type { Given } from "./given-to-lk.ts";

/** The decisions about a request that a command which is run on it later has to repeat. */
export interface Decided {
  filter?: NumberFilter;
  bound?: readonly string[] | undefined;
}

/** A command line, and what has to be done before it can be run; words that a sentence can begin with. */
export interface Command {
  given: string;
  line: string;
}

/** The command that prints a site's request in another form. `convert` takes one request, with nothing left open. */
export function convertCommand(
  path: string,
  document: Document,
  site: Site,
  to: "info" | "wrapped",
  { filter, bound }: Decided = {},
): Command {
  const alone =
    path !== "-" &&
    document.syntaxId === "json" &&
    site.evidence === undefined &&
    document.label === null &&
    isAllOf(document, site);
  const isOpen = placeholdersIn(withoutAnnotations(site.request)).length > 0;
  const words = ["convert", alone ? path : "rule.json", "--to", to];
  if (filter === "inbound_numbers") words.push("--inbound-numbers-as", "inbound_numbers");
  const trunks = bound?.join(",");
  // What the creating line passes may only be known where it runs: it stays as it is written there.
  const isExpression = trunks?.includes("$") ?? false;
  if (trunks !== undefined && !isExpression) words.push("--trunks", trunks);
  const given = `${alone ? "" : "with the request in a file of its own, "}${isOpen ? "with the placeholders filled in, " : ""}`;
  return {
    given: given === "" ? "" : given[0]?.toUpperCase() + given.slice(1),
    line: commandLine(words) + (isExpression ? ` --trunks "${trunks}"` : ""),
  };
}

/** A sentence on the command that gives `lk` a site's request as strict JSON. */
export function strictJson(
  { path, document, site }: Given,
  to: "info" | "wrapped",
  decided?: Decided,
): string {
  const { given, line } = convertCommand(path, document, site, to, decided);
  const verb = to === "info" ? "update --id SDR_…" : "create";
  return `${given}\`${line} | lk sip dispatch ${verb} -\` gives it strict JSON (lk 2.14.0 or newer).`;
}

/** Tells whether nothing but comments stands before the request. */
function isAllOf({ text, reading }: Document, { at }: Site): boolean {
  let done = 0;
  for (const { start, end } of reading.comments) {
    if (start >= at.start || text.slice(done, start).trim() !== "") break;
    done = end;
  }
  return text.slice(done, at.start).trim() === "";
}
