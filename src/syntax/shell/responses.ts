import type { Notice } from "../syntax.ts";

/**
 * Where a script looks for `inbound_numbers` with jq in what LiveKit lists, there or by way of a variable. A program
 * that looks for `numbers`, too, knows what it does.
 */
export function responseNotices(text: string): Notice[] {
  if (!LISTS.test(text)) return [];
  const listed = new Set<string>();
  const notices: Notice[] = [];
  for (const { 0: line, index } of text.matchAll(LOGICAL_LINE)) {
    const code = line.replace(/^\s*#.*/, "");
    const [, variable] = /^\s*(?:export\s+|local\s+|readonly\s+)?(\w+)=/.exec(code) ?? [];
    const isListed =
      LISTS.test(code) || [...listed].some((name) => new RegExp(String.raw`\$\{?${name}\b`).test(code));
    if (!isListed) continue;
    if (variable !== undefined && listed.size < MOST_VARIABLES) listed.add(variable);
    const read =
      /\bjq\b[^]*?(\.inbound_?[nN]umbers\b|(?<=[{,]\s{0,9})inbound_?[nN]umbers(?=\s{0,9}[,}]))/d.exec(code);
    const at = read?.indices?.[1];
    if (!at || /(?:\.|["']|[{,]\s{0,9})numbers\b/.test(code)) continue;
    notices.push({ code: "reads-inbound-numbers", at: { start: index + at[0], end: index + at[1] } });
  }
  return notices;
}

const LISTS = /\bsip\s+dispatch(?:-rules?)?\s+list\b|\blist-sip-dispatch-rules?\b|\bListSIPDispatchRule\b/;
/** Goes on behind a backslash, a pipe, or in quotes that a line opens, for a few lines. */
const LOGICAL_LINE = /(?:[^\r\n]*(?:\\|\|)[ \t]*\r?\n){0,8}[^\r\n]+/g;
const MOST_VARIABLES = 20;
