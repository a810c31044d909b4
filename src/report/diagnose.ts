import type { Diagnosis, Judged } from "../calls/diagnosis.ts";
import type { KnownMessage } from "../calls/known-messages.ts";
import { counted, grouped } from "../rule/count-words.ts";
import {
  causeCounts,
  type DiagnoseOptions,
  idsInWords,
  numberCounts,
  numbersInWords,
  ORDINARY,
  shownOf,
} from "./diagnose-summary.ts";
import { timeInWords } from "./time-words.ts";
import { hanging, heading, labelLines, page, titleLine } from "./layout.ts";
import { type Shown, type Style, visible } from "./style.ts";

/** Of more called numbers the rest is counted. */
const MOST_NUMBERS = 10;

/**
 * Reports what happened to calls, for a person: each of a few, or of many how many there are of each kind, with
 * examples.
 */
export function diagnoseText(calls: readonly Judged[], options: DiagnoseOptions): string {
  const { style } = options;
  const shown = shownOf(calls, options);
  const blocks = shown.map((one) => callBlock(one, options));
  if (shown.length < calls.length) {
    blocks.unshift(summaryLines(calls, style), numberLines(calls, options));
    if (shown.length > 0) blocks[1]?.push("", style.paint("bold", "Examples:"));
  }
  const total = counted(calls.length, "call");
  const causes = causeCounts(calls).map(({ cause, count }) => `${grouped(count)} ${cause}`);
  const last =
    shown.length < calls.length
      ? `${total}${spanInWords(calls)}; --format json has all of them.`
      : `${total}: ${causes.join(", ")}.`;
  return page([...blocks, heading(last, style)]);
}

/** ` from … to …`; empty where no call has a time. They stand in that order. */
function spanInWords(calls: readonly Judged[]): string {
  const [first, last] = [calls[0], calls.findLast(({ call }) => call.first !== undefined)];
  if (first?.call.first === undefined || last === undefined) return "";
  return ` from ${timeInWords(first.call.first)} to ${timeInWords(last.call.first)}`;
}

/** Explains messages, for a person. */
export function messagesText(messages: readonly KnownMessage[], { style }: Pick<Shown, "style">): string {
  const blocks = messages.map(({ message, by, means, next }) => [
    ...heading(visible(message), style),
    ...labelLines("means", means, style),
    ...labelLines("from", by, style),
    ...labelLines("next", next, style),
  ]);
  return page(blocks);
}

function callBlock(one: Diagnosis, options: DiagnoseOptions): string[] {
  const { style } = options;
  const { call, cause, certainty, explanation, wire, next } = one;
  const title = [timeInWords(call.first), visible(numbersInWords(one, options))].filter(Boolean).join("  ");
  const verdict = certainty === "likely" ? `${cause} (likely)` : cause;
  const colour = ORDINARY.has(cause) ? "green" : "red";
  const row = (label: string, text: string): string[] =>
    text === "" ? [] : labelLines(label, visible(text), style);
  return [
    titleLine(title, verdict, style, colour),
    ...row("why", explanation),
    ...row("wire", wire),
    ...row("next", next),
    ...row("call", idsInWords(one)),
  ];
}

function summaryLines(calls: readonly Judged[], style: Style): string[] {
  const counts = causeCounts(calls);
  const width = Math.max(...counts.map(({ count }) => grouped(count).length), "calls".length);
  return [
    style.paint("dim", `${"calls".padStart(width)}  cause`),
    ...counts.map(
      ({ cause, title, count }) => `${grouped(count).padStart(width)}  ${cause.padEnd(18)}  ${title}`,
    ),
  ];
}

function numberLines(calls: readonly Judged[], options: DiagnoseOptions): string[] {
  const { style } = options;
  const counts = numberCounts(calls, options);
  const shown = counts
    .slice(0, MOST_NUMBERS)
    .map((one) => ({ ...one, to: visible(one.to) || "(no number)" }));
  const width = Math.max(...shown.map(({ count }) => grouped(count).length), "calls".length);
  const toWidth = Math.min(20, Math.max(...shown.map(({ to }) => to.length)));
  const rest = counts.length - shown.length;
  return [
    style.paint("dim", `${"calls".padStart(width)}  to`),
    ...shown.flatMap(({ to, count, causes }) => {
      const start = `${grouped(count).padStart(width)}  ${to.padEnd(toWidth)}  `;
      const words = causes.map((one) => `${grouped(one.count)} ${one.cause}`).join(", ");
      return hanging(words, style, start, " ".repeat(width + toWidth + 4));
    }),
    ...(rest > 0 ? [`${" ".repeat(width)}  and ${counted(rest, "other number")}`] : []),
  ];
}
