import { findingOf } from "../checks/finding.ts";
import type { ReasonId } from "../checks/index.ts";
import { silenced } from "../checks/silenced.ts";
import type { Silence, Silences } from "../config/silence.ts";
import type { Span } from "../rule/value.ts";
import type { Document } from "../sources/document.ts";
import type { SiteResult } from "./outcome.ts";

/**
 * The result of what stands at this place of a document, without what is silenced. A silence of all leaves it alone, and
 * so does one of each finding that stops it: a silence never lets anything migrate. In
 * a check it also leaves alone what is right but for what is to be known of it.
 */
export function withoutSilenced(
  result: SiteResult,
  silences: Silences,
  document: Document,
  at: Span,
  isCheck = false,
): SiteResult {
  const { outcome, reason, findings, name } = result;
  if (reason === "not-a-request") return result;
  const isStopped = outcome === "needs-person" || outcome === "unreadable";
  const needsSilence =
    isStopped || outcome === "migrated" || reason === "no-evidence" || (isCheck && findings.length > 0);
  const whole = needsSilence ? silences.about(document, at, name) : undefined;
  if (whole) return silencedResult(result, whole);

  const silent = silences.ofFindings(document, at, [reason, ...findings.map(({ id }) => id)], name);
  silences.passOver(document, at);
  const [silence] = silent.values();
  if (!silence) return result;
  const left = findings.filter(({ id }) => !silent.has(id));
  const [first] = left;
  // A reason that no finding bears stands for all of them.
  const isOfAll = silent.has(reason) && !findings.some(({ id }) => id === reason);
  if (isStopped && (isOfAll || !first)) return silencedResult(result, silence);
  const next = isStopped && silent.has(reason) && first ? { reason: first.id as ReasonId } : {};
  return { ...result, findings: left, ...next };
}

/** The result of a site that is left alone because somebody said so. */
function silencedResult(result: SiteResult, { reason }: Silence): SiteResult {
  return {
    ...result,
    outcome: "silenced",
    reason: "silenced",
    applicability: "safe",
    moves: [],
    after: result.before,
    routing: null,
    findings: [findingOf(silenced, silenced.say({ reason }), result)],
  };
}
