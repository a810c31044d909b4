import type { Counted, Example, Replay, Undecided } from "../calls/replay.ts";
import { counted, grouped } from "../rule/count-words.ts";
import { timeInWords } from "./diagnose-summary.ts";
import { heading, labelLines } from "./layout.ts";
import { type Style, visible } from "./style.ts";

/** A log whose calls were routed again; without `replay` because the change has none for any call. */
export interface Replayed {
  log: string;
  /** The environment whose rules these are; empty where there are no others. */
  environment: string;
  replay: Replay | undefined;
}

/** Of more kinds the rest is counted. */
const MOST_KINDS = 8;

const UNDECIDED: Readonly<Record<Undecided, string>> = {
  pin: "asked for a PIN, of which the log tells no more",
  "no-rule-asked": "ended before a rule was looked for",
  cut: "cut off in the log",
};

/** What a change would have done to the calls of a log, for a person. */
export function replayLines({ log, environment, replay }: Replayed, style: Style): string[] {
  const name = visible(environment === "" ? log : `${log}, as far as the rules of ${environment} go,`);
  const title = (text: string): string[] => heading(text, style);
  if (!replay) return title(`Nothing changes for calls, so those of ${name} were not routed again.`);
  const { calls, undecided, checked, explained, unexplained, moves } = replay;
  const open = undecided.reduce((sum, { count }) => sum + count, 0);
  const going = moves?.reduce((sum, { count }) => sum + count, 0) ?? 0;
  const of = counted(explained, "call");
  const lines = !moves
    ? title(
        checked === 0
          ? `The calls of ${name} (${grouped(calls)}) don't show whether the rules before are those of the log, so nothing is said of them.`
          : `The rules before are not those of ${name}: they explain ${grouped(explained)} of ${counted(checked, "call")}. Below 99 % nothing is said of the others.`,
      )
    : title(
        going === 0
          ? `Of the calls of ${name} none of ${grouped(explained)} would go elsewhere.`
          : `Of the calls of ${name} ${grouped(going)} of ${grouped(explained)} would go elsewhere:`,
      );
  for (const { kind, count, examples } of moves?.slice(0, MOST_KINDS) ?? [])
    lines.push(
      ...labelLines(
        grouped(count),
        visible(`${kind.from} → ${kind.to}: ${exampleOf(examples)}`),
        style,
        "~",
      ).map((line) => style.paint("yellow", line)),
    );
  const more = (moves?.length ?? 0) - MOST_KINDS;
  if (more > 0) lines.push(...labelLines("", `and ${counted(more, "other kind")}`, style));
  if (moves && explained < checked)
    lines.push(
      ...labelLines(
        "checked",
        `The rules before explain ${grouped(explained)} of ${counted(checked, "logged call")}. The other ${grouped(checked - explained)} are left out:`,
        style,
      ),
    );
  for (const { kind, count, examples } of unexplained.slice(0, MOST_KINDS))
    lines.push(
      ...labelLines(
        grouped(count),
        visible(`logged: ${kind.logged}; by the rules before: ${kind.given}: ${exampleOf(examples)}`),
        style,
      ),
    );
  if (!moves && checked > 0)
    lines.push(
      ...labelLines(
        "next",
        "Compare what was live when the calls were made: `lk sip dispatch list --json > before.json`, then `sip-dispatch diff before.json … --calls LOG`.",
        style,
      ),
    );
  else if (moves && explained === checked)
    lines.push(...labelLines("checked", `The rules before explain all ${of}.`, style));
  if (open > 0) lines.push(...labelLines("unknown", undecidedInWords(undecided), style));
  return lines;
}

/** The same for programs. */
export function replayJson({ log, environment, replay }: Replayed) {
  const all = <Kind extends object>(counts: readonly Counted<Kind>[]) =>
    counts.map(({ kind, count, examples }) => ({
      ...kind,
      count,
      examples: examples.map(({ callId, first, from, to, trunkId }) => ({
        callId: callId || null,
        at: timeInWords(first) || null,
        from,
        to,
        trunkId: trunkId || null,
      })),
    }));
  const about = { log, ...(environment !== "" && { environment }) };
  if (!replay) return { ...about, calls: null };
  const { calls, undecided, checked, explained, unexplained, moves } = replay;
  return {
    ...about,
    calls,
    checked,
    explained,
    unexplained: all(unexplained),
    undecided: Object.fromEntries(undecided.map(({ kind, count }) => [kind, count])),
    moves: moves ? all(moves) : null,
  };
}

function undecidedInWords(undecided: Replay["undecided"]): string {
  return undecided.map(({ kind, count }) => `${counted(count, "call")} ${UNDECIDED[kind]}`).join("; ");
}

function exampleOf([call]: readonly Example[]): string {
  if (!call) return "";
  const over = call.trunkId === "" ? "" : ` over ${call.trunkId}`;
  return [`${call.from || "(no number)"} → ${call.to}${over}`, timeInWords(call.first)]
    .filter(Boolean)
    .join(", ");
}
