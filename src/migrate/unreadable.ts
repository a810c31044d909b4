import type { SourceResult } from "./outcome.ts";

/** Why a source has no text. */
interface Unreadable {
  path: string;
  reason: "io" | "encoding" | "too-large";
  message: string;
  next: string;
  line?: number;
  column?: number;
}

/** The result for a source that gave no text: one entry, so that it is accounted for. */
export function unreadableResult({
  path,
  reason,
  message,
  next,
  line = 1,
  column = 1,
}: Unreadable): SourceResult {
  return {
    path,
    sites: [
      {
        path,
        line,
        column,
        region: null,
        syntax: "",
        form: null,
        outcome: "unreadable",
        reason,
        applicability: "manual",
        written: false,
        evidence: { verdict: "none", places: [] },
        moves: [],
        routing: null,
        before: null,
        after: null,
        findings: [{ id: reason, severity: "error", line, column, message, next }],
      },
    ],
  };
}
