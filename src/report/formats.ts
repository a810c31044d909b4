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
import { githubReport } from "./github.ts";
import { routeText } from "./route.ts";
import { routeJson, testsJson } from "./route-json.ts";
import { testsText } from "./route-tests.ts";
import { sarifReport } from "./sarif.ts";
import type { ReportText } from "./migration-formats.ts";

type CheckFormat = (checked: Checked, options: CheckOptions) => string;

/** The values of `check --format`: here and below, a format is a file in this folder and a line. */
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
