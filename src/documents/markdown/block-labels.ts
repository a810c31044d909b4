import type { Span } from "../../rule/value.ts";
import { judgedAs } from "../../sources/example-label.ts";
import type { Region } from "../../sources/syntax.ts";
import { type Paragraph, paragraphsBefore } from "./paragraphs.ts";
import { sendFact, type Fact } from "../../sources/fact.ts";

/**
 * A statement of a page about a block: that a command or a server prints it, that it is the old way, or the new one.
 * `at` is the line, the paragraph or the heading that says so.
 */
export interface Told {
  what: "printed" | "old" | "new";
  at: Span;
}

/** Returns what the page says of each of its blocks, in their order; undefined where it says nothing. */
export function toldOf(text: string, regions: readonly Region[]): (Told | undefined)[] {
  let section: Told | undefined;
  let end = 0;
  return regions.map((region) => {
    const start = region.toOuter(0);
    const paragraphs = paragraphsBefore(text, start);
    const heading = paragraphs.find(({ isHeading }) => isHeading);
    if (heading) section = saidIn(heading);
    else if (HEADING.test(text.slice(end, start))) section = undefined;
    end = region.toOuter(region.text.length);
    const [nearest] = paragraphs;
    const own = commented(region) ?? (nearest && saidIn(nearest));
    // What a section is about is true of all its blocks, but a sentence about an output is about the next one.
    return own ?? (section?.what === "old" ? section : undefined);
  });
}

const HEADING = /^ {0,3}#{1,6} /m;

/** The blocks that a command or a server prints: bare rules, as `lk sip dispatch list` prints them. */
export function printedIn(regions: readonly Region[], all: readonly (Told | undefined)[]): Fact[] {
  return all.flatMap((told, region): Fact[] =>
    told?.what === "printed" && /^(json|yaml)$/.test(regions[region]?.syntax ?? "")
      ? [sendFact(told.at, "update", { region })]
      : [],
  );
}

/** Returns what the comment says with which a block begins. */
function commented(region: Region): Told | undefined {
  const [line = ""] = region.text.trimStart().split(/[\r\n]/, 1);
  const [, words] = /^(?:\/\/|#)(?!!)\s*(\S.*)/.exec(line) ?? [];
  const start = region.toOuter(region.text.indexOf(line));
  return words === undefined ? undefined : saidIn({ start, end: start + line.length, words });
}

/** Returns what a paragraph or a comment leads to. */
function saidIn({ words, start, end }: Omit<Paragraph, "isHeading">): Told | undefined {
  const what = judgedAs(words);
  return what && { what, at: { start, end } };
}
