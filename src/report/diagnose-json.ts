import type { Diagnosis, Judged } from "../calls/diagnosis.ts";
import { causeCounts, type DiagnoseOptions, timeInWords } from "./diagnose-summary.ts";
import { REDACTED } from "./redact.ts";
import { jsonText } from "./style.ts";

/**
 * Reports what happened to calls, for programs, as docs/diagnose.md describes it; `version` changes when that does. It
 * comes in pieces, because a text can't hold the calls of a year.
 */
export function* diagnoseJson(
  calls: readonly Judged[],
  { redact, explain }: DiagnoseOptions,
): Generator<string> {
  yield '{\n  "version": 1,\n  "calls": [';
  for (const [at, { call }] of calls.entries()) {
    const text = jsonText(callJson(explain(call), redact))
      .trimEnd()
      .replaceAll("\n", "\n    ");
    yield `${at === 0 ? "" : ","}\n    ${text}`;
  }
  const totals = Object.fromEntries(causeCounts(calls).map(({ cause, count }) => [cause, count]));
  yield `${calls.length === 0 ? "" : "\n  "}],\n  "totals": ${jsonText(totals).trimEnd().replaceAll("\n", "\n  ")}\n}\n`;
}

function callJson(one: Diagnosis, redact: boolean) {
  const { call, cause, certainty, wire, explanation, rule, next } = one;
  const hide = (text: string): string => (redact && text !== "" ? REDACTED : text);
  return {
    callId: call.callId || null,
    sipCallId: hide(call.sipCallId) || null,
    at: timeInWords(call.first) || null,
    from: hide(call.from),
    to: hide(call.to),
    trunkId: call.trunkId || null,
    cause,
    certainty,
    wire: wire || null,
    explanation,
    rule: rule
      ? {
          part: rule.part,
          id: rule.id,
          name: hide(rule.name),
          path: rule.place?.path ?? null,
          line: rule.place?.line ?? null,
          column: rule.place?.column ?? null,
        }
      : null,
    next: next || null,
  };
}
