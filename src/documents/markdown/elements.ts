import type { Span } from "../../rule/value.ts";
import { sitesAround } from "../../code/brackets/sites.ts";
import type { Site } from "../../sources/syntax.ts";
import type { IsWorth } from "../../sources/trigger.ts";

/**
 * Elements that show code: of HTML, as the components of the usual sites for documentation are called, and as Hugo
 * (`{{< highlight json >}}`) and Jekyll (`{% highlight json %}`) have them.
 */
const OPENING =
  /<(pre|code|\w{0,30}Code\w{0,30}|Snippet|SyntaxHighlighter|Highlight)\b[^<>]{0,500}>|\{\{([<%])\s{0,9}(\w{0,30}code|highlight)\b[^{}]{0,500}\}\}|\{%-?\s{0,9}highlight\b[^{}]{0,500}\}/g;

/**
 * The flat requests in the elements of a page that show code: `<pre>`, `<CodeBlock>`, `{{< highlight >}}`. They are pointed at, not
 * rewritten. `blocks` are the page's own blocks of code, in order, which are read elsewhere.
 */
export function sitesInElements(text: string, blocks: readonly Span[], isWorth: IsWorth): Site[] {
  const shown = elementsIn(text);
  if (!shown.some(({ start, end }) => isWorth(text.slice(start, end)))) return [];
  const comments = [...between(text, "<!--", "-->"), ...between(text, "{/*", "*/}")];
  const left = without(
    shown,
    [...blocks, ...comments].toSorted((a, b) => a.start - b.start),
  );
  const pieces: string[] = [];
  let done = 0;
  for (const { start, end } of left) {
    pieces.push(blank(text.slice(done, start)), withQuotes(text.slice(start, end)));
    done = end;
  }
  const content = pieces.join("") + blank(text.slice(done));
  return isWorth(content) ? sitesAround(content, "HTML and JSX", isWorth).sites : [];
}

/** Returns what stands between the tags of the elements, but for those in others. */
function elementsIn(text: string): Span[] {
  const elements: Span[] = [];
  /** Closing tags that are not there any more, and not looked for again. */
  const unclosed = new Set<string>();
  let end = 0;
  for (const { 0: tag, 1: name, 2: mark, 3: shortcode, index } of text.matchAll(OPENING)) {
    const closing = closingOf(name, mark, shortcode);
    if (index < end || tag.endsWith("/>") || unclosed.has(closing)) continue;
    const search = new RegExp(closing, "g");
    search.lastIndex = index + tag.length;
    const close = search.exec(text)?.index;
    if (close === undefined) unclosed.add(closing);
    else {
      elements.push({ start: index + tag.length, end: close });
      end = close;
    }
  }
  return elements;
}

/**
 * Returns what ends an element of HTML of this name, or a shortcode of Hugo's, or else Jekyll's, as an expression.
 */
function closingOf(
  name: string | undefined,
  mark: string | undefined,
  shortcode: string | undefined,
): string {
  if (name !== undefined) return `</${name}>`;
  if (shortcode === undefined) return String.raw`\{%-?\s{0,9}endhighlight\b`;
  return String.raw`\{\{${mark}\s{0,9}/\s{0,9}${shortcode}\b`;
}

/** Returns what stands from one mark to the next other one, with both. */
function between(text: string, opening: string, closing: string): Span[] {
  const spans: Span[] = [];
  for (let start = text.indexOf(opening); start >= 0;) {
    const close = text.indexOf(closing, start);
    if (close < 0) break;
    const end = close + closing.length;
    spans.push({ start, end });
    start = text.indexOf(opening, end);
  }
  return spans;
}

/** Returns what is left of spans without others; all in the order of the text. */
function without(spans: readonly Span[], others: readonly Span[]): Span[] {
  const left: Span[] = [];
  let next = 0;
  for (const { start, end } of spans) {
    let from = start;
    for (let other = others[next]; other && other.start < end; other = others[next]) {
      if (other.start > from) left.push({ start: from, end: other.start });
      from = Math.max(from, other.end);
      if (other.end > end) break;
      next++;
    }
    if (from < end) left.push({ start: from, end });
  }
  return left;
}

/** As long as it was, so that its offsets are those of the page. */
function withQuotes(text: string): string {
  return text.replaceAll(/&quot;([^&]*)&quot;/g, '     "$1"     ');
}

function blank(text: string): string {
  return text.replaceAll(/[^\r\n]/g, " ");
}
