import type { Diagnosis, Judged } from "../calls/diagnosis.ts";
import type { KnownMessage } from "../calls/known-messages.ts";
import { counted, grouped } from "../rule/count-words.ts";
import {
  causeCounts,
  type DiagnoseOptions,
  idsInWords,
  numbersInWords,
  shownOf,
  timeInWords,
} from "./diagnose-summary.ts";
import { markdownText } from "./markdown-text.ts";

/** Reports what happened to calls, as Markdown for an issue or a comment. */
export function diagnoseMarkdown(calls: readonly Judged[], options: DiagnoseOptions): Iterable<string> {
  const shown = shownOf(calls, options);
  const rows = causeCounts(calls).map(
    ({ cause, title, count }) => `| ${grouped(count)} | \`${cause}\` | ${markdownText(title)} |`,
  );
  const rest = calls.length - shown.length;
  const blocks = [
    `## ${counted(calls.length, "call")}\n`,
    `| calls | cause | |\n|---:|---|---|\n${rows.join("\n")}\n`,
    ...shown.map((one) => callBlock(one, options)),
    ...(rest > 0 ? [`${counted(rest, "more call")}; \`--format json\` has all of them.\n`] : []),
  ];
  return [blocks.join("\n")];
}

/** Explains messages, as Markdown. */
export function messagesMarkdown(messages: readonly KnownMessage[]): string {
  return messages
    .map(({ message, by, means, next }) =>
      [
        `## ${markdownText(message)}\n`,
        `${markdownText(means)}\n`,
        `- **From:** ${markdownText(by)}\n- **Next:** ${markdownText(next)}\n`,
      ].join("\n"),
    )
    .join("\n");
}

function callBlock(one: Diagnosis, options: DiagnoseOptions): string {
  const { call, cause, certainty, explanation, wire, next } = one;
  const verdict = certainty === "likely" ? `\`${cause}\` (likely)` : `\`${cause}\``;
  const rows = [
    ["Wire", wire],
    ["Next", next],
    ["Call", [timeInWords(call.first), idsInWords(one)].filter(Boolean).join(", ")],
  ].filter(([, text]) => text !== "");
  return [
    `### ${markdownText(numbersInWords(one, options))}: ${verdict}\n`,
    `${markdownText(explanation)}\n`,
    `${rows.map(([label = "", text = ""]) => `- **${label}:** ${markdownText(text)}`).join("\n")}\n`,
  ].join("\n");
}
