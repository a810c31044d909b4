import type { Span } from "../../rule/value.ts";
import type { Mention, Region } from "../syntax.ts";
import { type Paragraph, paragraphsBefore } from "./before.ts";

/**
 * What a page says of a block: that a command or a server prints it, that it is the old way, or the new one. `at` is the
 * line, the paragraph or the heading that says so.
 */
export interface Told {
  what: "printed" | "old" | "new";
  at: Span;
}

/** What the page says of each of its blocks, in their order; undefined where it says nothing. */
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
export function printedIn(regions: readonly Region[], all: readonly (Told | undefined)[]): Mention[] {
  return all.flatMap((told, region): Mention[] =>
    told?.what === "printed" && /^(json|yaml)$/.test(regions[region]?.syntax ?? "")
      ? [{ does: "update", at: told.at, region }]
      : [],
  );
}

/** What the comment says with which a block begins. */
function commented(region: Region): Told | undefined {
  const [line = ""] = region.text.trimStart().split(/[\r\n]/, 1);
  const [, words] = /^(?:\/\/|#)(?!!)\s*(\S.*)/.exec(line) ?? [];
  const start = region.toOuter(region.text.indexOf(line));
  return words === undefined ? undefined : saidIn({ start, end: start + line.length, words });
}

/** What a paragraph leads to: what its last sentence says, if that ends in a colon or is as short as a label. */
function saidIn({ words, start, end }: Omit<Paragraph, "isHeading">): Told | undefined {
  const plain = words.replaceAll(/<[^<>]*>/g, " ").replaceAll(/[*_#]+|^\W*?(?=[\p{L}\p{So}])/gu, "");
  const sentence = (plain.split(/(?<=[.!?])\s+/).at(-1) ?? "").trim();
  const isLabel = sentence.split(/\s+/).length <= MOST_OF_LABEL;
  if (!isLabel && !sentence.endsWith(":")) return undefined;
  const at = { start, end };
  if (NEW.test(sentence)) return { what: "new", at };
  if (OLD.test(sentence) || OLD_LABEL.test(sentence)) return { what: "old", at };
  return PRINTED.test(sentence) && !/[.!?]$/.test(sentence) ? { what: "printed", at } : undefined;
}

/** How many words a label has at most. */
const MOST_OF_LABEL = 6;

const PRINTED =
  /\b(?:outputs?|responses?|repl(?:y|ies))\b|\b(?:prints?|returns?|answers?|responds)\b[^.]{0,40}:$/i;

const NEW =
  /^\W*(?:after|now|new|right|correct|good|better)\b|\b(?:instead|new (?:form|format|one|shape|style|syntax|way))\b|[✅👍]/iu;

const OLD = new RegExp(
  [
    String.raw`\b(?:deprecated|legacy|obsolete|outdated|previously|formerly)\b`,
    String.raw`\b(?:old|older|former|previous|flat)[ -](?:form|format|layout|schema|shape|structure|style|syntax|version|way)\b`,
    String.raw`\bused to (?:be|have|look|read|send|write)\b`,
    String.raw`\bno longer (?:accepted|supported|valid|works?)\b`,
    String.raw`\b(?:do not|don['’]t|never) (?:copy|do|send|try|use|write)\b`,
    "[❌🚫👎]",
  ].join("|"),
  "iu",
);

/** A label that is about the block and nothing else: `Before:`, `Wrong`, `Old request (deprecated)`. */
const OLD_LABEL =
  /^\W*(?:the )?(?:avoid|bad|before|broken|don['’]ts?|incorrect|invalid|old|wrong)(?: (?:code|example|file|json|request|rule|the migration|migrating|migration|upgrading)| ?\([^)]*\))*\W*$/i;
