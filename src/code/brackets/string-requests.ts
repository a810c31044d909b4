import type { Span } from "../../rule/value.ts";
import type { Region } from "../../sources/syntax.ts";
import type { IsWorth } from "../../sources/trigger.ts";
import { AROUND_JSON, readBrackets } from "./brackets.ts";
import { givenNames } from "./destination-names.ts";
import { plain } from "./plain-text.ts";
import { type FoundRequest, findRequests } from "./requests.ts";

/** Joins two strings to one. */
const JOINS = /^\s*(?:[+.\\]\s*)?$/;
const LONGEST_JOINT = 200;

/**
 * The requests that strings of a text say, as JSON or in a page of Markdown; those in its regions are found there.
 * `strings` are those of the text with their quotes, in order.
 */
export function requestsInStrings(
  text: string,
  strings: readonly Span[],
  regions: readonly Region[],
  isWorth: IsWorth,
): FoundRequest[] {
  const taken = regions.map((region) => ({
    from: region.toOuter(0),
    to: region.toOuter(region.text.length),
  }));
  const worth = together(text, strings).filter(
    ({ start, end }) =>
      isWorth(text.slice(start, end)) && !taken.some(({ from, to }) => start <= from && to <= end),
  );
  if (worth.length === 0) return [];
  const pieces: string[] = [];
  let done = 0;
  for (const { start, end } of worth.flatMap(({ parts }) => parts)) {
    pieces.push(blank(text.slice(done, start)), unquoted(text.slice(start, end)));
    done = end;
  }
  const content = pieces.join("") + blank(text.slice(done));
  const given = givenNames(content);
  return worth.flatMap((span, index) => {
    const found = findRequests(content, readBrackets(content, AROUND_JSON, span).root, given);
    return found.length > 0 && index < MOST && isPutIntoWrapper(text, span) ? [] : found;
  });
}

/** For so many strings the whole text is looked through. */
const MOST = 200;

/** Strings as one that are put together where they stand. */
function together(text: string, strings: readonly Span[]): (Span & { parts: Span[] })[] {
  const all: (Span & { parts: Span[] })[] = [];
  for (const part of strings) {
    const last = all.at(-1);
    const isClose = last !== undefined && part.start - last.end < LONGEST_JOINT;
    if (isClose && JOINS.test(text.slice(last.end, part.start))) {
      last.end = part.end;
      last.parts.push(part);
    } else all.push({ ...part, parts: [part] });
  }
  return all;
}

/** A string that is parsed for a wrapper: `const rule = '…'; send({ dispatch_rule: JSON.parse(rule) })`. */
function isPutIntoWrapper(text: string, { start }: Span): boolean {
  const before = text.slice(Math.max(0, start - LONGEST_JOINT), start);
  const [, name] = /(\w+)\s*(?::[^=\r\n]{0,80})?:?=\s*$/.exec(before) ?? [];
  const wrapper = String.raw`dispatch_?[rR]ule["']?\s*[:=]>?\s*(?:[\w.]{1,80}\(\s*)?`;
  return (
    new RegExp(`${wrapper}$`).test(before) ||
    (name !== undefined && new RegExp(`${wrapper}${name}\\b`).test(text))
  );
}

/**
 * Returns what a string says, as long as it is written: without its quotes, and without what escapes quotes and
 * breaks lines.
 */
function unquoted(literal: string): string {
  const inner = literal
    .replace(/^("""|'''|["'`])/, blank)
    .replace(/("""|'''|["'`])$/, blank)
    .replaceAll(/\\(["'])([^"'\\]*)\\\1/g, " $1$2$1 ")
    .replaceAll(/\\[`\\/nrt]/g, "  ");
  return plain(inner);
}

function blank(text: string): string {
  return text.replaceAll(/[^\r\n]/g, " ");
}
