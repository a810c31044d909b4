import { counted } from "../rule/counted.ts";
import type { Site } from "../syntax/syntax.ts";
import type { Command } from "./command.ts";
import { distinct } from "./deeds.ts";
import type { Document } from "./document.ts";
import type { Evidence, Made, Place } from "./evidence.ts";
import { sdkTooOld } from "./library.ts";
import type { MigrateOptions } from "./options.ts";
import type { Finding, Reason, SiteResult } from "./outcome.ts";
import { needsPerson } from "./results.ts";

/** Why a flat request is taken for one that creates a rule. */
export function createReason({ verdict, named }: Evidence): Reason {
  if (verdict === "create") return "create-evidence";
  return named ? "named" : "assumed-create";
}

/** A bare rule, which is left as it is. */
export function usedForUpdate(result: SiteResult, { byName }: Evidence): SiteResult {
  const updated = { ...result, reason: "update-evidence" as const };
  if (!byName) return updated;
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
export function wrappedForUpdate(
  { line, column }: SiteResult,
  { verdict, places, byName }: Evidence,
  command: Command,
): Finding[] {
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
function createdAndBare(places: Evidence["places"]): string {
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
export function perhapsUpdated(result: SiteResult, mayUpdate: "named" | "any"): SiteResult {
  const { line, column, evidence } = result;
  const places = placesInWords(evidence.places);
  const what = mayUpdate === "named" ? "with this file, as it seems" : "with files that are not known here";
  const message = `rules are updated ${what} (${places}), and no line creates one with this request`;
  const create = mayUpdate === "named" ? "use `--assume create`" : "name the file or use `--assume create`";
  const next = `If it is for create, ${create}; if it is for update, leave it as it is.`;
  const finding: Finding = { id: "unclear-use", severity: "error", line, column, message, next };
  return needsPerson(result, "unclear-use", [finding]);
}

/** Code that makes a message of what files hold takes either form, if its library knows the wrapper. */
export function madeOfFiles(result: SiteResult, made: readonly Made[], options: MigrateOptions): SiteResult {
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

/** What the code around a request says that it is for; it knows better than other files do. */
export function ownEvidence(path: string, document: Document, { at, evidence }: Site): Evidence | undefined {
  if (!evidence) return undefined;
  return { verdict: evidence, places: [{ path, line: document.place(at.start).line }], named: false };
}

/** What the code around a request and what other files say of it. Code that creates does not know of other updates. */
export function together(own: Evidence | undefined, ofObject: Evidence | undefined): Evidence | undefined {
  if (own?.verdict !== "create" || !ofObject || ofObject.verdict === "create") return own ?? ofObject;
  return { ...ofObject, verdict: "both", places: distinct([...own.places, ...ofObject.places]) };
}

/** What is done with the object that a site is, or in which it stands. */
export function objectEvidence(
  { at }: Site,
  { objects = [], named, readers: ofDocument = [] }: Evidence,
): Evidence | undefined {
  const found = objects.find((object) => object.at.start <= at.start && at.end <= object.at.end);
  if (!found) return undefined;
  const { verdict, places, readers = [] } = found;
  return { verdict, places, named, readers: [...ofDocument, ...readers] };
}
