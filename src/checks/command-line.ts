import { commandLine } from "../rule/command-words.ts";
import { withoutAnnotations } from "../rule/annotations.ts";
import type { NumberFilter } from "../rule/wrap.ts";
import { placeholdersIn } from "../sources/placeholders.ts";
import type { Site } from "../sources/syntax.ts";
import type { Document } from "../sources/document.ts";
import type { Said } from "./check.ts";
import type { Given, MigratedRequest, RuleFacts, WrappedRequest } from "./facts.ts";

/** The decisions about a request that a command which is run on it later has to repeat. */
export interface Decided {
  filter?: NumberFilter;
  bound?: readonly string[] | undefined;
}

/**
 * The command that prints a site's request in another form, as code, behind what has to be done before it can be run: a
 * sentence can begin with it. `convert` takes one request, with nothing left open. `pipe` goes on behind the command.
 */
export function convertCommand(
  { path, document, site }: Omit<Given, "known">,
  to: "info" | "wrapped",
  { filter, bound }: Decided = {},
  pipe = "",
): string {
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
  const first = `${alone ? "" : "with the request in a file of its own, "}${isOpen ? "with the placeholders filled in, " : ""}`;
  const command = commandLine(words) + (isExpression ? ` --trunks "${trunks}"` : "");
  return `${first.charAt(0).toUpperCase()}${first.slice(1)}\`${command}${pipe}\``;
}

/** What goes on behind a command that prints a bare rule, and replaces a rule with it. */
export const UPDATE = " | lk sip dispatch update --id SDR_… -";

/** The checks of what may be given to `lk`, by the form in which it is; `strict` says how to give it strict JSON. */
export function ofGiven(say: (given: Given, strict: () => string) => Said[]) {
  const strictly = (given: Given, to: "info" | "wrapped", decided?: Decided): Said[] => {
    const pipe = to === "info" ? UPDATE : " | lk sip dispatch create -";
    const strict = (): string =>
      `${convertCommand(given, to, decided, pipe)} gives it strict JSON (lk 2.14.0 or newer).`;
    return say(given, strict);
  };
  return {
    ofMigrated: (request: MigratedRequest) => strictly(request, "wrapped", decidedOf(request)),
    ofWrapped: (request: WrappedRequest) => strictly(request, "wrapped"),
    ofRule: (rule: RuleFacts) =>
      rule.form === "listed" ? [] : strictly(rule, rule.form === "info" ? "info" : "wrapped"),
  };
}

/** Returns what was decided about a request that migrates. */
export function decidedOf({ choice, named }: MigratedRequest): Decided {
  return { filter: choice.filter, bound: named };
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
