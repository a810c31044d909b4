import type { Diagnosis, Judged } from "../calls/diagnosis.ts";
import type { KnownMessage } from "../calls/known-messages.ts";
import { causeCounts, type DiagnoseOptions } from "./diagnose-summary.ts";
import { timeInWords } from "./time-words.ts";
import { REDACTED } from "./redact.ts";
import { jsonPieces, jsonText } from "./style.ts";

/**
 * Reports what happened to calls, for programs, as docs/diagnose.md describes it; `version` changes when that does.
 * Each call is explained when its piece is asked for.
 */
export function diagnoseJson(
  calls: readonly Judged[],
  { redact, explain }: DiagnoseOptions,
): Generator<string> {
  return jsonPieces({
    version: 1,
    calls: explained(calls, (one) => callJson(explain(one), redact)),
    totals: Object.fromEntries(causeCounts(calls).map(({ cause, count }) => [cause, count])),
  });
}

function* explained<T>(calls: readonly Judged[], explain: (call: Judged["call"]) => T): Generator<T> {
  for (const { call } of calls) yield explain(call);
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

/** Explains messages, for programs. */
export function messagesJson(messages: readonly KnownMessage[]): string {
  return jsonText({
    version: 1,
    messages: messages.map(({ message, by, means, next }) => ({ message, by, means, next })),
  });
}
