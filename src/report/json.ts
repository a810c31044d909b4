import type { SourceResult } from "../migrate/outcome.ts";
import { totalsOf } from "./totals.ts";

/** The report for programs. Its shape is described in docs/json-report.md; `version` changes when that does. */
export function jsonReport(results: readonly SourceResult[]): string {
  const sites = results.flatMap((result) => result.sites);
  return `${escapeUnseen(JSON.stringify({ version: 1, totals: totalsOf(results), sites }, null, 2))}\n`;
}

/** JSON.stringify leaves some characters as they are that a terminal would act on. */
function escapeUnseen(json: string): string {
  return json.replaceAll(
    /[\u007f-\u009f\u200e\u200f\u2028-\u202e\u2066-\u2069]/g,
    (character) => String.raw`\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}
