import type { MigrationCalls } from "../plan/call-changes.ts";
import type { SourceResult } from "../plan/outcome.ts";
import { counted } from "../rule/count-words.ts";
import type { Checked } from "../run/check.ts";
import { checkJson } from "./check-json.ts";
import { checkLk } from "./check-lk.ts";
import { type CheckOptions, checkSums, checkText } from "./check.ts";
import { commentOf } from "./comment.ts";
import { diagnoseText, messagesText } from "./diagnose.ts";
import { diagnoseJson, messagesJson } from "./diagnose-json.ts";
import { diffReport, diffTotal } from "./diff.ts";
import { diffJson } from "./diff-json.ts";
import { foundByMigration, type FoundOptions } from "./found.ts";
import { githubReport } from "./github.ts";
import { jsonReportPieces } from "./json.ts";
import { routeText } from "./route.ts";
import { routeJson, testsJson } from "./route-json.ts";
import { testsText } from "./route-tests.ts";
import { sarifReport } from "./sarif.ts";
import type { Shown } from "./style.ts";
import { migrationSums } from "./summary.ts";
import { type TextOptions, textReport } from "./text.ts";

/** How a migration is reported. `calls` takes long, so it is asked by the formats that show it. */
export type MigrationOptions = Omit<TextOptions, "together" | "redact"> &
  FoundOptions &
  Shown & { calls: () => MigrationCalls | undefined };

type CheckFormat = (checked: Checked, options: CheckOptions) => string;

/** A report, or pieces of one that may be too long for a text. */
export type ReportText = string | Generator<string>;

type MigrationFormat = (results: readonly SourceResult[], options: MigrationOptions) => ReportText;

const migrationText = (
  results: readonly SourceResult[],
  { calls, style, ...options }: MigrationOptions,
): string => textReport(results, style, { ...options, together: options.quiet ? undefined : calls() });

/** The values of `migrate --format`: here and below, a format is a file in this folder and a line. */
export const MIGRATION_FORMATS = {
  text: migrationText,
  json: (results, { calls, redact, account, replayed }) =>
    jsonReportPieces(results, calls(), redact, account, replayed),
  sarif: (results, options) => sarifReport(foundByMigration(results), options),
  github: (results) => githubReport(foundByMigration(results)),
  markdown: (results, options) =>
    commentOf(migrationSums(results), (style) => migrationText(results, { ...options, style })),
} satisfies Record<string, MigrationFormat>;

/** Those of `check --format`. */
export const CHECK_FORMATS = {
  text: checkText,
  json: checkJson,
  lk: checkLk,
  sarif: sarifReport,
  github: githubReport,
  markdown: (checked, options) =>
    commentOf(checkSums(checked), (style) => checkText(checked, { ...options, style }), checked.files),
} satisfies Record<string, CheckFormat>;

type DiffFormat = (...given: Parameters<typeof diffReport>) => string;

/** Those of `diff --format`. */
export const DIFF_FORMATS = {
  text: diffReport,
  json: diffJson,
  markdown: (compared, options) =>
    commentOf(diffTotal(compared), (style) => diffReport(compared, { ...options, style })),
} satisfies Record<string, DiffFormat>;

/** Those of `route --format`, for a call. */
export const ROUTE_FORMATS = { text: routeText, json: routeJson };

/** And for routing tests: each format of `route` has both. */
export const TESTS_FORMATS: Record<keyof typeof ROUTE_FORMATS, typeof testsText> = {
  text: testsText,
  json: testsJson,
};

type DiagnoseFormat = (...given: Parameters<typeof diagnoseText>) => ReportText;

/** Those of `diagnose --format`. */
export const DIAGNOSE_FORMATS = {
  text: diagnoseText,
  json: diagnoseJson,
  markdown: (calls, options) =>
    commentOf(counted(calls.length, "call"), (style) => diagnoseText(calls, { ...options, style })),
} satisfies Record<string, DiagnoseFormat>;

/** And for messages: each format of `diagnose` has both. */
export const MESSAGES_FORMATS: Record<keyof typeof DIAGNOSE_FORMATS, typeof messagesText> = {
  text: messagesText,
  json: messagesJson,
  markdown: (messages) =>
    commentOf(counted(messages.length, "message"), (style) => messagesText(messages, { style })),
};
