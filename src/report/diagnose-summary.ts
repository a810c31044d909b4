import type { CauseId } from "../calls/call.ts";
import { CAUSES } from "../calls/causes/index.ts";
import type { Diagnosis } from "../calls/diagnosis.ts";
import { groupBy } from "../calls/group-by.ts";
import { REDACTED } from "./redact.ts";

/** How calls are reported. */
export interface DiagnoseOptions {
  redact: boolean;
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
export function causeCounts(diagnoses: readonly Diagnosis[]): CauseCount[] {
  const byCause = groupBy(diagnoses, ({ cause }) => cause);
  return CAUSES.map(({ id, title }) => ({ cause: id, title, count: byCause.get(id)?.length ?? 0 }))
    .filter(({ count }) => count > 0)
    .toSorted((a, b) => b.count - a.count);
}

/** The called numbers, those first with the most calls that no rule, trunk or server took. */
export function numberCounts(diagnoses: readonly Diagnosis[], { redact }: DiagnoseOptions): NumberCount[] {
  const byNumber = groupBy(diagnoses, ({ call }) => (redact ? REDACTED : call.to));
  const counts = Array.from(byNumber, ([to, calls]) => ({
    to,
    count: calls.length,
    causes: causeCounts(calls),
  }));
  return counts.toSorted((a, b) => untaken(b) - untaken(a) || b.count - a.count);
}

/** Causes that are an ordinary end of a call that was taken. */
const ORDINARY: ReadonlySet<CauseId> = new Set(["hangup", "cancelled", "removed"]);

function untaken({ causes }: NumberCount): number {
  return causes.reduce((sum, { cause, count }) => sum + (ORDINARY.has(cause) ? 0 : count), 0);
}

/** So many calls are shown in full; of more, an example of each kind. */
const MOST_CALLS = 10;

/** The calls to show: all of a few; of many, the first of each cause and called number, no ordinary ones among them. */
export function shownOf(diagnoses: readonly Diagnosis[]): readonly Diagnosis[] {
  if (diagnoses.length <= MOST_CALLS) return diagnoses;
  const groups = [...groupBy(diagnoses, ({ cause, call }) => `${cause} ${call.to}`).values()];
  return groups
    .toSorted((a, b) => b.length - a.length)
    .flatMap(([first]) => (first && !ORDINARY.has(first.cause) ? [first] : []))
    .slice(0, MOST_CALLS);
}

/** A time as RFC 3339 has it, in UTC. */
export function timeInWords(at: number | undefined): string {
  return at === undefined ? "" : new Date(at).toISOString();
}

/** The two numbers: `+15550177 → +15550100`. */
export function numbersInWords({ call: { from, to } }: Diagnosis, { redact }: DiagnoseOptions): string {
  const shown = (number: string): string =>
    redact ? REDACTED : number.length > LONGEST ? `${number.slice(0, LONGEST)}…` : number || "(no number)";
  return `${shown(from)} → ${shown(to)}`;
}

/** Of a longer number the begin is shown. */
const LONGEST = 60;
