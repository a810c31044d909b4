import type { Region } from "../../sources/syntax.ts";
import { fenceLine, paragraphsBefore } from "./paragraphs.ts";
import { knownText } from "../../sources/partly-known.ts";
import { copyFact, type Fact } from "../../sources/fact.ts";

const FILE = String.raw`(?:\.{0,2}\/)?[\w.-]+(?:\/[\w.-]+){0,8}\.(?:jsonc?|ya?ml)\b`;
const FILES = new RegExp(`(?<![\\w/.$-])${FILE}`, "g");
/** Nothing but a name, perhaps marked, in a list or a heading. */
const ONLY_NAME = new RegExp(`^(?:#{1,6} |[-*+] |\\d+[.)] )?[*_\`\\s]*${FILE}[*_\`\\s]*:?[*_\`\\s]*$`);
const MAKES = /\b(creat|sav|writ|nam|call|add|put|mak|stor|edit|replac|chang|contain|look|content)\w*|:\W*$/i;
const SAVE_THIS = /^(?:>\s*|[-*+] |\d+[.)] )?\s*Save\b/i;

/**
 * The blocks of a page that it shows as the content of a file: "create a file named `rule.json`", a title in the info
 * string, a line with nothing but the name, or "save this as …" behind the block.
 */
export function namedIn(text: string, regions: readonly Region[]): Fact[] {
  return regions.flatMap((region, index): Fact[] => {
    if (!/^(json|yaml)$/.test(region.syntax)) return [];
    const start = region.toOuter(0);
    const to = nameOf(text, region);
    return to === undefined ? [] : [copyFact({ start, end: start }, knownText(to), { region: index })];
  });
}

function nameOf(text: string, region: Region): string | undefined {
  const start = region.toOuter(0);
  const inFence = only(fenceLine(text, start).match(FILES));
  if (inFence !== undefined) return inFence;
  const [firstLine = ""] = region.text.split("\n", 1);
  if (/^\s*(\/\/|#)/.test(firstLine) && ONLY_NAME.test(firstLine.replace(/^\s*(\/\/|#)\s*/, ""))) {
    return only(firstLine.match(FILES));
  }
  const [before] = paragraphsBefore(text, start);
  const words = withoutCommands(before?.words ?? "");
  const told = ONLY_NAME.test(words) || (before?.isHeading !== true && MAKES.test(words));
  const named = told ? only(words.match(FILES)) : undefined;
  return named ?? savedAs(text, region.toOuter(region.text.length));
}

/** The name in "Save this as `rule.json`", directly behind a block. */
function savedAs(text: string, end: number): string | undefined {
  const behind = text.slice(end, end + 600).replace(/^[^\r\n]*[\r\n]+[\s>]*(?:```+|~~~+)[ \t]*/, "");
  const [paragraph = ""] = behind.trimStart().split(/\r?\n[ \t]*\r?\n/, 1);
  return SAVE_THIS.test(paragraph) ? only(withoutCommands(paragraph).match(FILES)) : undefined;
}

/** Without code that is more than one word: what a command does with a file says nothing of what stands in it. */
function withoutCommands(words: string): string {
  return words.replaceAll(/`[^`]*\s[^`]*`/g, "");
}

/** The name, if it is one, however often it is said. */
function only(names: readonly string[] | null): string | undefined {
  const [name, other] = new Set(names);
  return other === undefined ? name : undefined;
}
