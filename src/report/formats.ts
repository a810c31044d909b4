import type { MigrationCalls } from "../plan/call-changes.ts";
import type { SourceResult } from "../plan/outcome.ts";
import type { Checked } from "../run/check.ts";
import { checkJson } from "./check-json.ts";
import { checkLk } from "./check-lk.ts";
import { type CheckOptions, checkText } from "./check.ts";
import { diagnoseText, messagesText } from "./diagnose.ts";
import { diagnoseJson, messagesJson } from "./diagnose-json.ts";
import { diagnoseMarkdown, messagesMarkdown } from "./diagnose-markdown.ts";
import { diffReport } from "./diff.ts";
import { diffMarkdown } from "./diff-markdown.ts";
import { diffJson } from "./diff-json.ts";
import { findingsMarkdown } from "./findings-markdown.ts";
import { type Found, foundByMigration, type FoundOptions } from "./found.ts";
import { githubReport } from "./github.ts";
import { jsonReport } from "./json.ts";
import { routeText } from "./route.ts";
import { routeJson, testsJson } from "./route-json.ts";
import { testsText } from "./route-tests.ts";
import { sarifReport } from "./sarif.ts";
import type { Style } from "./style.ts";
import { type TextOptions, textReport } from "./text.ts";

/** How a migration is reported. `calls` takes long, so it is asked by the formats that show it. */
export type MigrationOptions = Omit<TextOptions, "together" | "redact"> &
  FoundOptions & { calls: () => MigrationCalls | undefined };

type FoundFormat = (found: Found, options: FoundOptions) => string;

/** Formats of findings alone, which all commands have that find some. */
const FOUND_FORMATS = {
  sarif: sarifReport,
  github: githubReport,
  markdown: findingsMarkdown,
} satisfies Record<string, FoundFormat>;

type CheckFormat = (checked: Checked, options: CheckOptions, style: Style) => string;

type MigrationFormat = (results: readonly SourceResult[], options: MigrationOptions, style: Style) => string;

/** The values of `migrate --format`: here and below, a format is a file in this folder and a line. */
export const MIGRATION_FORMATS = {
  text: (results, { calls, ...options }, style) =>
    textReport(results, style, { ...options, together: options.quiet ? undefined : calls() }),
  json: (results, { calls, redact, account, replayed }) =>
    jsonReport(results, calls(), redact, account, replayed),
  sarif: ofMigration(FOUND_FORMATS.sarif),
  github: ofMigration(FOUND_FORMATS.github),
  markdown: ofMigration(FOUND_FORMATS.markdown),
} satisfies Record<string, MigrationFormat>;

function ofMigration(format: FoundFormat): MigrationFormat {
  return (results, options) => format(foundByMigration(results), options);
}

/** Those of `check --format`. */
export const CHECK_FORMATS = {
  text: checkText,
  json: checkJson,
  lk: checkLk,
  ...FOUND_FORMATS,
} satisfies Record<string, CheckFormat>;

/** Those of `diff --format`. */
export const DIFF_FORMATS = { text: diffReport, json: diffJson, markdown: diffMarkdown };

/** Those of `route --format`, for a call. */
export const ROUTE_FORMATS = { text: routeText, json: routeJson };

/** And for routing tests: each format of `route` has both. */
export const TESTS_FORMATS: Record<keyof typeof ROUTE_FORMATS, typeof testsText> = {
  text: testsText,
  json: testsJson,
};

/** Those of `diagnose --format`, for calls. */
export const DIAGNOSE_FORMATS = { text: diagnoseText, json: diagnoseJson, markdown: diagnoseMarkdown };

/** And for messages: each format of `diagnose` has both. */
export const MESSAGES_FORMATS: Record<keyof typeof DIAGNOSE_FORMATS, typeof messagesText> = {
  text: messagesText,
  json: messagesJson,
  markdown: messagesMarkdown,
};
