import type { Account } from "../run/account.ts";
import { compareText } from "../rule/text-order.ts";
import { type Style, visible, wrapWords } from "./style.ts";
import { counted, grouped } from "../rule/counted.ts";

/** How many files a sentence names before it only counts them. */
const MOST_NAMED = 5;

/** What became of the files of the folders that were looked at, in sentences; `verbose` names every one left out. */
export function accountLines(account: Account, style: Style, verbose: boolean): string[] {
  const { looked, read, without, skipped, ignored, unread, unusedSilences, withoutGit } = account;
  const parts: [number, string][] = [
    [read, "read"],
    [without.length, "without a word of dispatch rules"],
    [skipped.length, `left out (${kinds(skipped.map(({ why }) => why))})`],
    [ignored.length, "ignored by git"],
  ];
  const words = parts
    .filter(([count], index) => count > 0 || index === 0)
    .map(([count, word]) => `${grouped(count)} ${word}`);
  const sentences = [
    `Looked at ${counted(looked, "file")}: ${words.join(", ")}.`,
    ...(withoutGit === undefined ? [] : [`They were searched without git: ${visible(withoutGit)}.`]),
    ...named(
      ignored,
      verbose,
      (files, list) =>
        `Git ignores ${files} that may hold a request: ${list}. Name ${ignored.length === 1 ? "it" : "them"}, or use --no-ignore.`,
    ),
    ...named(
      unread,
      verbose,
      (files, list) => `In ${files} requests are not looked for, because of the language: ${list}.`,
    ),
    ...named(
      placesOf(unusedSilences.filter(({ noReason }) => !noReason)),
      verbose,
      (_, list) => `Nothing is silenced by what stands at ${list}.`,
    ),
    ...named(
      placesOf(unusedSilences.filter(({ noReason }) => noReason)),
      verbose,
      (_, list) => `Nothing is silenced without a reason: write \`sip-dispatch-ignore: why\` at ${list}.`,
    ),
  ];
  const files = [
    ...skipped.map(({ path, why }) => ({ path, words: `left out (${why})` })),
    ...without.map((path) => ({ path, words: "without a word of dispatch rules" })),
  ];
  const left = verbose
    ? files
        .toSorted((a, b) => compareText(a.path, b.path))
        .map(({ path, words: why }) => `${visible(path)}  ${why}`)
    : [];
  return [...left, ...sentences.flatMap((sentence) => wrapWords(sentence, style.width))];
}

function placesOf(silences: Account["unusedSilences"]): string[] {
  return silences.map(({ path, line }) => `${path}:${line}`);
}

function named(
  paths: readonly string[],
  verbose: boolean,
  sentence: (files: string, list: string) => string,
): string[] {
  if (paths.length === 0) return [];
  const shown = verbose ? paths : paths.slice(0, MOST_NAMED);
  const more = paths.length - shown.length;
  const list = shown.map(visible).join(", ") + (more > 0 ? ` and ${grouped(more)} more` : "");
  return [sentence(counted(paths.length, "file"), list)];
}

/** `3 generated, 35 vendored`. */
function kinds(names: readonly string[]): string {
  return [...new Set(names)]
    .toSorted()
    .map((name) => `${grouped(names.filter((other) => other === name).length)} ${name}`)
    .join(", ");
}
