import type { Counted, Example, Replay, Undecided } from "../calls/replay.ts";
import { counted, grouped } from "../rule/count-words.ts";
import { timeInWords } from "./time-words.ts";
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

/** Reports what a change would have done to the calls of a log, for a person. */
export function replayLines({ log, environment, replay }: Replayed, style: Style): string[] {
  const name = visible(environment === "" ? log : `${log}, as far as the rules of ${environment} go,`);
  if (!replay) return heading(`Nothing changes for calls, so those of ${name} were not routed again.`, style);
  const { undecided, checked, explained, unexplained, moves } = replay;
  const others = (moves?.length ?? 0) - MOST_KINDS;
  const kinds = <Kind>(all: readonly Counted<Kind>[], say: (kind: Kind) => string, mark: string): string[] =>
    all.slice(0, MOST_KINDS).flatMap(({ kind, count, examples }) => {
      const text = visible(`${say(kind)}: ${exampleOf(examples)}`);
      return labelLines(grouped(count), text, style, mark);
    });
  return [
    ...heading(resultInWords(name, replay), style),
    ...kinds(moves ?? [], ({ from, to }) => `${from} → ${to}`, "~").map((line) =>
      style.paint("yellow", line),
    ),
    ...(others > 0 ? labelLines("", `and ${counted(others, "other kind")}`, style) : []),
    ...(moves && explained < checked
      ? labelLines(
          "checked",
          `The rules before explain ${grouped(explained)} of ${counted(checked, "logged call")}. The other ${grouped(checked - explained)} are left out:`,
          style,
        )
      : []),
    ...kinds(unexplained, ({ logged, given }) => `logged: ${logged}; by the rules before: ${given}`, " "),
    ...(!moves && checked > 0 ? labelLines("next", COMPARE, style) : []),
    ...(moves && explained === checked
      ? labelLines("checked", `The rules before explain all ${counted(explained, "call")}.`, style)
      : []),
    ...(undecided.length > 0 ? labelLines("unknown", undecidedInWords(undecided), style) : []),
  ];
}

const COMPARE =
  "Compare what was live when the calls were made: `lk sip dispatch list --json > before.json`, then `sip-dispatch diff before.json … --calls LOG`.";

function resultInWords(name: string, { calls, checked, explained, moves }: Replay): string {
  if (!moves && checked === 0)
    return `The calls of ${name} (${grouped(calls)}) don't show whether the rules before are those of the log, so nothing is said of them.`;
  if (!moves)
    return `The rules before are not those of ${name}: they explain ${grouped(explained)} of ${counted(checked, "call")}. Below 99 % nothing is said of the others.`;
  const going = moves.reduce((sum, { count }) => sum + count, 0);
  return going === 0
    ? `Of the calls of ${name} none of ${grouped(explained)} would go elsewhere.`
    : `Of the calls of ${name} ${grouped(going)} of ${grouped(explained)} would go elsewhere:`;
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
