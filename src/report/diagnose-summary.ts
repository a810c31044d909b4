import type { CauseId, LoggedCall } from "../calls/call.ts";
import { CAUSES } from "../calls/causes/index.ts";
import type { Diagnosis, Judged } from "../calls/diagnosis.ts";
import { shortened } from "../rule/list-words.ts";
import { groupBy } from "../rule/group-by.ts";
import { REDACTED } from "./redact.ts";
import type { Shown } from "./style.ts";

/** How calls are reported. `explain` takes long, so it is asked about the calls that are shown. */
export interface DiagnoseOptions extends Shown {
  explain: (call: LoggedCall) => Diagnosis;
}

/** How many calls have a cause. */
export interface CauseCount {
  cause: CauseId;
  title: string;
  count: number;
}

/** The calls to a number. */
export interface NumberCount {
  to: string;
  count: number;
  causes: CauseCount[];
}

/** The causes that there are, the most frequent first. */
export function causeCounts(calls: readonly Judged[]): CauseCount[] {
  const byCause = groupBy(calls, ({ cause }) => cause);
  return CAUSES.map(({ id, title }) => ({ cause: id, title, count: byCause.get(id)?.length ?? 0 }))
    .filter(({ count }) => count > 0)
    .toSorted((a, b) => b.count - a.count);
}

/** The called numbers, those first with the most calls that no rule, trunk or server took. */
export function numberCounts(calls: readonly Judged[], { redact }: DiagnoseOptions): NumberCount[] {
  const byNumber = groupBy(calls, ({ call }) => (redact ? REDACTED : call.to));
  const counts = Array.from(byNumber, ([to, those]) => ({
    to,
    count: those.length,
    causes: causeCounts(those),
  }));
  return counts.toSorted((a, b) => untaken(b) - untaken(a) || b.count - a.count);
}

/** Causes that are an ordinary end of a call that was taken. */
export const ORDINARY: ReadonlySet<CauseId> = new Set(["hangup", "cancelled", "removed"]);

function untaken({ causes }: NumberCount): number {
  return causes.reduce((sum, { cause, count }) => sum + (ORDINARY.has(cause) ? 0 : count), 0);
}

/** So many calls are shown in full; of more, an example of each kind. */
const MOST_CALLS = 10;

/** The calls to show: all of a few; of many, the first of each cause and called number, no ordinary ones among them. */
export function shownOf(calls: readonly Judged[], { explain }: DiagnoseOptions): Diagnosis[] {
  if (calls.length <= MOST_CALLS) return calls.map(({ call }) => explain(call));
  const groups = [...groupBy(calls, ({ cause, call }) => `${cause} ${call.to}`).values()];
  return groups
    .toSorted((a, b) => b.length - a.length)
    .flatMap(([first]) => (first && !ORDINARY.has(first.cause) ? [first] : []))
    .slice(0, MOST_CALLS)
    .map(({ call }) => explain(call));
}

/** The two numbers: `+15550177 → +15550100`. */
export function numbersInWords({ call: { from, to } }: Judged, { redact }: DiagnoseOptions): string {
  const shown = (number: string): string => (redact ? REDACTED : shortened(number) || "(no number)");
  return `${shown(from)} → ${shown(to)}`;
}

/** The call's id, and the trunk that it came over. */
export function idsInWords({ call: { callId, trunkId } }: Judged): string {
  return [callId, trunkId === "" ? "" : `trunk ${trunkId}`].filter(Boolean).join(", ");
}
