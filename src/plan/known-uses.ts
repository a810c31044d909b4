import { counted } from "../rule/count-words.ts";
import type { Site } from "../sources/syntax.ts";
import type { Command } from "../checks/command-line.ts";
import type { Document } from "../sources/document.ts";
import { distinct, type Known, type Place, verdictOf } from "../evidence/verdict.ts";
import { sdkTooOld } from "../checks/library-versions.ts";
import type { MigrateOptions } from "../config/options.ts";
import type { Reason, SiteResult } from "./outcome.ts";
import { needsPerson } from "./results.ts";
import type { Finding } from "../checks/finding.ts";

/** Why a flat request is taken for one that creates a rule. */
export function createReason(known: Known): Reason {
  if (verdictOf(known).verdict === "create") return "create-evidence";
  return known.named ? "named" : "assumed-create";
}

/** A bare rule, which is left as it is. */
export function usedForUpdate(result: SiteResult, { isByName }: Known): SiteResult {
  const updated = { ...result, reason: "update-evidence" as const };
  if (!isByName) return updated;
  const { line, column } = result;
  const message = "nothing but the file's name says that a rule is updated with it";
  const next = "If it creates one, give it another name and run this again.";
  return {
    ...updated,
    findings: [{ id: "update-evidence", severity: "note", line, column, message, next }],
  };
}

/** `lk sip dispatch update`, and a line that wraps it itself, want a bare rule, `create` a wrapped one: no file is both. */
export function usedForBoth(result: SiteResult): SiteResult {
  const { line, column, evidence } = result;
  const message = `${createdAndBare(evidence.places)}; no form serves both`;
  const next = "Make two files of it: a wrapped one to create from, and this one for the other use.";
  const finding: Finding = { id: "conflicting-evidence", severity: "error", line, column, message, next };
  return needsPerson(result, "conflicting-evidence", [finding]);
}

/**
 * What to say of a wrapped request that is used as a bare rule: `lk sip dispatch update` refuses the wrapper
 * (cmd/lk/sip.go reads a SIPDispatchRuleInfo), and a line that puts it around the request would do so twice. `command`
 * prints the bare rule.
 */
export function wrappedForUpdate({ line, column }: SiteResult, known: Known, command: Command): Finding[] {
  const { verdict, places } = verdictOf(known);
  const byName = known.isByName;
  if (verdict !== "update" && verdict !== "both") return [];
  const used =
    verdict === "both"
      ? createdAndBare(places)
      : `this request is used as a bare rule (${placesInWords(places)})`;
  const message = byName
    ? "nothing but the file's name says that a rule is updated with it, and an update takes a bare rule, without the wrapper"
    : `${used}, and a bare rule has no wrapper`;
  const otherwise = byName
    ? "if it is for create, give its file another name"
    : "for an update, pipe that into `lk sip dispatch update --id SDR_… -`";
  const next = `${command.given}\`${command.line}\` prints the bare rule; ${otherwise}.`;
  return [{ id: "wrapped-for-update", severity: "warning", line, column, message, next }];
}

/** A use as a bare rule is an update, or a line that puts the wrapper around it. One line may do either. */
function createdAndBare(places: readonly Place[]): string {
  const where = placesInWords(places);
  return places.length === 1
    ? `one line may create rules with this request as it is, and may use it as a bare rule (${where})`
    : `rules are created with this request as it is, and it is used as a bare rule, too (${where})`;
}

/** Of more lines the first are enough to see what is meant; the report for programs has them all. */
const MOST_PLACES = 6;

function placesInWords(places: readonly Place[]): string {
  const shown = places.slice(0, MOST_PLACES).map(({ path, line }) => `${path}:${line}`);
  const more = places.length - shown.length;
  return more > 0 ? `${shown.join(", ")} and ${counted(more, "other line")}` : shown.join(", ");
}

/** A bare rule has the same keys as a flat request: what is done with it has to tell. */
export function perhapsUpdated(result: SiteResult, unclear: Known["unclear"]): SiteResult {
  const { line, column } = result;
  const isAny = unclear.every((one) => one.isAny);
  const places = placesInWords(distinct(unclear));
  const among = Math.max(...unclear.map((one) => one.among ?? 0));
  const what = isAny
    ? "files that are not known here"
    : among > 1
      ? `one of ${among} files`
      : "this file, as it seems";
  const which = !isAny && among > 1 ? "; which one can't be told" : "";
  const message = `rules are updated with ${what} (${places})${which}, and no line creates one with this request`;
  const create = isAny ? "name the file or use `--assume create`" : "use `--assume create`";
  const next = `If it is for create, ${create}; if it is for update, leave it as it is.`;
  const finding: Finding = { id: "unclear-use", severity: "error", line, column, message, next };
  return needsPerson(result, "unclear-use", [finding]);
}

/** Code that makes a message of what files hold takes either form, if its library knows the wrapper. */
export function madeOfFiles(result: SiteResult, made: Known["makes"], options: MigrateOptions): SiteResult {
  const { line, column } = result;
  const tooOld = sdkTooOld(options.protocolPins ?? [], false);
  if (tooOld) {
    return needsPerson(result, "sdk-too-old", [
      { id: "sdk-too-old", severity: "error", line, column, ...tooOld },
    ]);
  }
  const files = [...new Set(made.map(({ of }) => of))].join(", ");
  const message = `its fields stand in ${files}, and this call takes the wrapped form as well`;
  return {
    ...result,
    reason: "from-file",
    findings: [{ id: "from-file", severity: "note", line, column, message }],
  };
}

/** What the code around a request says that it is for, with what other lines say; `known` where it says nothing. */
export function withOwnEvidence(
  path: string,
  document: Document,
  { at, evidence }: Site,
  known: Known,
): Known {
  if (!evidence) return known;
  const own = { path, line: document.place(at.start).line };
  return evidence === "create"
    ? {
        ...known,
        creates: [
          { ...own, lastLine: own.line, isStripped: false },
          ...known.creates.filter((place) => place.path !== path),
        ],
        unclear: [],
      }
    : { ...known, creates: [], updates: [own], unclear: [] };
}
