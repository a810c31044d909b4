import type { MigrationCalls } from "../plan/call-changes.ts";
import type { SourceResult } from "../plan/outcome.ts";
import { commentOf } from "./comment.ts";
import { foundByMigration, type FoundOptions } from "./found.ts";
import { githubReport } from "./github.ts";
import { jsonReportPieces } from "./json.ts";
import { sarifReport } from "./sarif.ts";
import type { Shown } from "./style.ts";
import { migrationSums } from "./summary.ts";
import { type TextOptions, textReport } from "./text.ts";

/** How a migration is reported. `calls` takes long, so it is asked by the formats that show it. */
export type MigrationOptions = Omit<TextOptions, "together" | "redact"> &
  FoundOptions &
  Shown & { calls: () => MigrationCalls | undefined };

/** A report, or pieces of one that may be too long for a text. */
export type ReportText = string | Generator<string>;

type MigrationFormat = (results: readonly SourceResult[], options: MigrationOptions) => ReportText;

const migrationText = (
  results: readonly SourceResult[],
  { calls, style, ...options }: MigrationOptions,
): string => textReport(results, style, { ...options, together: options.quiet ? undefined : calls() });

/** The values of `migrate --format`: a format is a file in this folder and a line. */
export const MIGRATION_FORMATS = {
  text: migrationText,
  json: (results, { calls, redact, account, replayed }) =>
    jsonReportPieces(results, calls(), redact, account, replayed),
  sarif: (results, options) => sarifReport(foundByMigration(results), options),
  github: (results) => githubReport(foundByMigration(results)),
  markdown: (results, options) =>
    commentOf(migrationSums(results), (style) => migrationText(results, { ...options, style })),
} satisfies Record<string, MigrationFormat>;
