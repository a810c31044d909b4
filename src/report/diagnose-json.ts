import type { Diagnosis } from "../calls/diagnosis.ts";
import type { KnownMessage } from "../calls/known-messages.ts";
import { causeCounts, type DiagnoseOptions, timeInWords } from "./diagnose-summary.ts";
import { REDACTED } from "./redact.ts";
import { jsonText } from "./style.ts";

/** What happened to calls, for programs, as docs/diagnose.md describes it; `version` changes when that does. */
export function diagnoseJson(diagnoses: readonly Diagnosis[], { redact }: DiagnoseOptions): string {
  const hide = (text: string): string => (redact && text !== "" ? REDACTED : text);
  const calls = diagnoses.map(({ call, cause, certainty, wire, explanation, rule, next }) => ({
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
  }));
  const totals = Object.fromEntries(causeCounts(diagnoses).map(({ cause, count }) => [cause, count]));
  return jsonText({ version: 1, calls, totals });
}

/** What messages mean, for programs. */
export function messagesJson(messages: readonly KnownMessage[]): string {
  return jsonText({
    version: 1,
    messages: messages.map(({ message, by, means, next }) => ({ message, by, means, next })),
  });
}
