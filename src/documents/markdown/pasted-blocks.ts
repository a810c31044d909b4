import type { Region } from "../../sources/syntax.ts";
import { type Paragraph, paragraphsBefore } from "./paragraphs.ts";
import { knownText } from "../../sources/partly-known.ts";
import { sendFact, type Fact } from "../../sources/fact.ts";

/** Where a person is told to put a request: LiveKit's own pages, whose editor takes a bare rule. */
const EDITOR =
  /\b(?:dashboard|JSON editor|cloud\.livekit\.io|(?:LiveKit(?: Cloud)?|Cloud|web|the)(?:['’]s)? (?:console|UI|web interface))\b|\btelephony\b\W{1,12}dispatch rules\b/i;
const PASTE = /\bpast(e|ed|ing)\b|\bcopy\b/i;
const FILE = /[\w./-]{1,200}\.(?:json|ya?ml)\b/g;
/** Words of somebody who is about to do something else. */
const ELSEWHERE = /\blk\b|\bCLI\b|\bfile\b|\bcurl\b|\bAPI\b/;

/**
 * Returns what a page says is pasted into the dashboard: the files that such a line names, else the block that
 * follows it.
 */
export function pastedIn(text: string, regions: readonly Region[]): Fact[] {
  if (!PASTE.test(text) || !EDITOR.test(text)) return [];
  const facts: Fact[] = [];
  for (const { index, 0: line } of text.matchAll(/[^\r\n]+/g)) {
    if (!isTold(line)) continue;
    const at = { start: index, end: index + line.length };
    for (const [file] of line.matchAll(FILE)) facts.push(sendFact(at, "update", { file: knownText(file) }));
  }
  for (const [index, region] of regions.entries()) {
    if (!/^(json|yaml)$/.test(region.syntax)) continue;
    const told = toldAt(paragraphsBefore(text, region.toOuter(0)));
    if (!told) continue;
    const start = told.start + text.slice(told.start, told.end).search(EDITOR);
    facts.push(sendFact({ start, end: told.end }, "update", { region: index }));
  }
  return facts.toSorted((a, b) => a.at.start - b.at.start);
}

function isTold(words: string): boolean {
  return PASTE.test(words) && EDITOR.test(words);
}

/** Where it is said that a block is pasted: in the last words before it, or in those before them. */
function toldAt([last, first]: readonly Paragraph[]): Paragraph | undefined {
  if (!last || names(last)) return undefined;
  if (isTold(last.words)) return last;
  if (!first || last.isHeading || names(first) || ELSEWHERE.test(last.words)) return undefined;
  const isSplit = PASTE.test(last.words) && EDITOR.test(first.words);
  return isSplit || isTold(first.words) ? first : undefined;
}

function names({ words }: Paragraph): boolean {
  return new RegExp(FILE.source).test(words);
}
