import type { Account } from "../run/account.ts";
import { compareText } from "../rule/text-order.ts";
import { type Style, unbroken, visible, wrapWords } from "./style.ts";
import { counted, grouped, sumsInWords, themOf } from "../rule/count-words.ts";
import { noFinding } from "../checks/unknown-id.ts";
import { sentence as withStop } from "./outcome-words.ts";
import { itemsInWords } from "./value-words.ts";

/** Of more files in a sentence the rest is counted. */
const MOST_NAMED = 6;

/**
 * Returns what became of the files of the folders that were looked at, in sentences; `verbose` names every one left
 * out.
 */
export function accountLines(account: Account, style: Style, verbose: boolean): string[] {
  const { looked, read, without, ignored, unread, unusedSilences, withoutGit } = account;
  const repositories = account.skipped.filter(isRepository).map(({ path }) => path.replace(/\/$/, ""));
  const skipped = account.skipped.filter((one) => !isRepository(one));
  const words = sumsInWords([
    [read, "searched"],
    [without.length, `${without.length === 1 ? "doesn't" : "don't"} mention dispatch rules`],
    [skipped.length, `skipped (${kinds(skipped.map(({ why }) => why))})`],
    [ignored.length, "ignored by git"],
  ]);
  const silencesThat = (are: (silence: Account["unusedSilences"][number]) => boolean): string[] =>
    unusedSilences.filter(are).map(({ path, line }) => `${path}:${line}`);
  const unknown = new Set(unusedSilences.flatMap((silence) => silence.unknown ?? []));
  const all = looked - repositories.length;
  const named = (paths: readonly string[], say: (list: string, count: number) => string): string[] => {
    if (paths.length === 0) return [];
    return [say(itemsInWords(paths.map(unbroken), verbose ? Infinity : MOST_NAMED), paths.length)];
  };
  const sentences = [
    ...(all > 0 ? [`Looked at ${counted(all, "file")}${read === all ? "" : `: ${words}`}.`] : []),
    ...(withoutGit === undefined ? [] : [`Git could not be asked: ${visible(withoutGit)}.`]),
    ...named(
      repositories,
      (list, count) =>
        `${counted(count, "nested git repository was", "nested git repositories were")} skipped: ${list}. Name ${themOf(count)} to include ${themOf(count)}.`,
    ),
    ...named(
      ignored,
      (list, count) =>
        `Git ignores ${counted(count, "file")} that may hold a request: ${list}. Name ${themOf(count)}, or use --no-ignore.`,
    ),
    ...named(
      unread,
      (list, count) =>
        `${counted(count, "file mentions", "files mention")} dispatch rules in a language that is not supported, so look at ${themOf(count)} yourself: ${list}.`,
    ),
    ...named(
      silencesThat((one) => !one.noReason && one.unknown === undefined),
      (list) => `Nothing is silenced by ${list}: delete what stands there.`,
    ),
    ...named(
      silencesThat((one) => one.noReason === true),
      (list) => `A silence needs a reason: write \`sip-dispatch-ignore: why\` at ${list}.`,
    ),
    ...[...unknown].flatMap((id) =>
      named(
        silencesThat((one) => one.unknown === id),
        (list) => `${list}: ${withStop(noFinding(visible(id)))}`,
      ),
    ),
  ];
  const files = [
    ...account.skipped.map(({ path, why }) => ({ path, words: `skipped (${why})` })),
    ...without.map((path) => ({ path, words: "doesn't mention dispatch rules" })),
  ];
  const left = (verbose ? files : [])
    .toSorted((a, b) => compareText(a.path, b.path))
    .map(({ path, words: why }) => `${visible(path)}  ${why}`);
  return [...left, ...sentences.flatMap((sentence) => wrapWords(sentence, style.width))];
}

/** Tells whether a nested repository is skipped as a whole. */
function isRepository({ why }: Account["skipped"][number]): boolean {
  return why === "repository";
}

/** `generated`, or `3 generated, 35 vendored`. */
function kinds(names: readonly string[]): string {
  const all = [...new Set(names)].toSorted();
  if (all.length === 1) return all.join("");
  return all.map((name) => `${grouped(names.filter((other) => other === name).length)} ${name}`).join(", ");
}
