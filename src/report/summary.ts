import { isRefused, type SiteResult, type SourceResult } from "../plan/outcome.ts";
import { heading } from "./layout.ts";
import { type Style, wrapWords } from "./style.ts";
import { amongTotals, totalsOf } from "./totals.ts";
import { needsOf, reasonsInWords } from "./outcome-words.ts";
import { counted, grouped, sumsInWords, themOf } from "../rule/count-words.ts";

/** Where the result was to go, if not into the files themselves: to standard output, or into another file. */
export type Destination = "standard output" | "another file" | undefined;

/** The sums, which are those of the report for programs, and what to do next. */
export function summary(results: readonly SourceResult[], style: Style, destination: Destination): string[] {
  return [
    ...heading(migrationSums(results), style),
    ...nextSteps(results, destination).flatMap((text) => wrapWords(text, style.width)),
  ];
}

/** Each outcome with its number. They add up to the number of sites. */
export function migrationSums(results: readonly SourceResult[]): string {
  const totals = totalsOf(results);
  const { written, withoutRequest, notWritten } = amongTotals(results);
  const { sources, migrated, needsPerson } = totals;
  if (totals.sites === withoutRequest && totals.findings === 0) return foundNone(sources);
  const notCreate = totals.notCreate - withoutRequest;
  const isAllNotWritten = notWritten === needsPerson;
  const unwritten =
    notWritten === 0 ? "" : ` (${isAllNotWritten ? "" : `${grouped(notWritten)} `}not written)`;
  const words = sumsInWords([
    [migrated - written, "to migrate"],
    [written, "migrated and written"],
    [totals.alreadyWrapped, "already wrapped"],
    [notCreate, notCreate === 1 ? "not a create request" : "not create requests"],
    [withoutRequest, "without a dispatch rule"],
    [needsPerson, `${needsOf(needsPerson).toLowerCase()} a person${unwritten}`],
    [totals.unreadable, "unreadable"],
    [totals.silenced, "silenced"],
  ]);
  const about = totals.findings > 0 ? ` ${counted(totals.findings, "finding")} about code.` : "";
  const where = sources === 1 ? "" : ` in ${counted(sources, "file")}`;
  return `${counted(totals.sites, "site")}${where}${words === "" ? "" : `: ${words}`}.${about}`;
}

function foundNone(sources: number): string {
  if (sources === 0) return "No dispatch rules found.";
  return `${counted(sources, "file")}: no dispatch rule in ${themOf(sources)}.`;
}

function nextSteps(results: readonly SourceResult[], destination: Destination): string[] {
  const { migrated, needsPerson, unreadable } = totalsOf(results);
  const { written, notWritten } = amongTotals(results);
  const failures = needsPerson + unreadable;
  if (destination === "standard output") return [];
  if (written > 0) {
    const back = destination === undefined ? " `sip-dispatch undo` takes them back." : "";
    const rest = failures > 0 ? " Then fix the rest, as described above, and run it again." : "";
    const next = `Look at the changes and commit them.${back}${rest}`;
    return notWritten > 0 ? [mixture(results), next] : [next];
  }
  if (migrated > 0) {
    return destination === "another file"
      ? ["Nothing was written, because not all of it migrates. Fix the rest, then run it again."]
      : ["Nothing is written yet. Run it again with --write to rewrite."];
  }
  if (failures > 0) return ["Nothing was changed. Fix what is named above, then run it again."];
  if (hasWarnings(results)) return ["Nothing to migrate. See the findings above."];
  return results.length === 0 ? [] : ["Nothing to do."];
}

/** Tells whether something is said that a person has to see to. */
function hasWarnings(results: readonly SourceResult[]): boolean {
  const all = results.flatMap(({ sites, findings = [] }) => [
    ...findings,
    ...sites.filter(({ outcome }) => outcome !== "silenced").flatMap((site) => site.findings),
  ]);
  return all.some(({ severity }) => severity !== "note");
}

/** Counts the files that were written, and says why the others were not. */
function mixture(results: readonly SourceResult[]): string {
  const filesWith = (is: (site: SiteResult) => boolean): number =>
    results.filter(({ sites }) => sites.some(is)).length;
  const refused = results.flatMap(({ sites }) => sites.filter(isRefused).slice(0, 1));
  const written = filesWith((site) => site.written);
  return `${counted(written, "file was", "files were")} written, ${grouped(refused.length)} ${refused.length === 1 ? "was" : "were"} not (${reasonsInWords(refused)}).`;
}
