import type { Site } from "../sources/syntax.ts";
import type { Document } from "../sources/document.ts";
import { type Known, verdictOf } from "../evidence/verdict.ts";
import type { MigrateOptions } from "../config/options.ts";
import { findingOf } from "../checks/finding.ts";
import { fromFile } from "../checks/from-file.ts";
import { sdkTooOld, unknownToLibrary } from "../checks/sdk-too-old.ts";
import { updateEvidence } from "../checks/update-evidence.ts";
import type { Reason, SiteResult } from "./outcome.ts";
import { stopped } from "./results.ts";

/** Why a flat request is taken for one that creates a rule. */
export function createReason(known: Known): Reason {
  if (verdictOf(known).verdict === "create") return "create-evidence";
  return known.named ? "named" : "assumed-create";
}

/** A bare rule, which is left as it is. */
export function usedForUpdate(result: SiteResult, { isByName }: Known): SiteResult {
  const updated = { ...result, reason: "update-evidence" as const };
  if (!isByName) return updated;
  return { ...updated, findings: [findingOf(updateEvidence, updateEvidence.say(), result)] };
}

/** Code that makes a message of what files hold takes either form, if its library knows the wrapper. */
export function madeOfFiles(result: SiteResult, made: Known["makes"], options: MigrateOptions): SiteResult {
  const old = unknownToLibrary(options.protocolPins ?? [], false);
  if (old) return stopped(result, "sdk-too-old", sdkTooOld.say(old));
  const files = [...new Set(made.map(({ of }) => of))];
  return { ...result, reason: "from-file", findings: [findingOf(fromFile, fromFile.say({ files }), result)] };
}

/**
 * Returns what the code around a request says that it is for, with what other lines say; `known` where it says
 * nothing.
 */
export function withOwnEvidence(
  path: string,
  document: Document,
  { at, evidence }: Site,
  known: Known,
): Known {
  if (!evidence) return known;
  const own = { path, line: document.place(at.start).line, isStripped: false };
  return evidence === "create"
    ? {
        ...known,
        creates: [{ ...own, lastLine: own.line }, ...known.creates.filter((place) => place.path !== path)],
        unclear: [],
      }
    : { ...known, creates: [], updates: [own], unclear: [] };
}
