import type { Span } from "../../rule/value.ts";
import type { Region } from "../../sources/syntax.ts";
import type { IsWorth } from "../../sources/trigger.ts";

/**
 * Elements that show code: of HTML, as the components of the usual sites for documentation are called, and as Hugo
 * (`{{< highlight json >}}`) and Jekyll (`{% highlight json %}`) have them; and comments.
 */
const OPENING =
  /<!--|\{\/\*|<(pre|code|\w{0,30}Code\w{0,30}|Snippet|SyntaxHighlighter|Highlight)\b[^<>]{0,500}>|\{\{([<%])\s{0,9}(\w{0,30}code|highlight)\b[^{}]{0,500}\}\}|\{%-?\s{0,9}highlight\b[^{}]{0,500}\}/g;

/**
 * The elements of a page that show code: `<pre>`, `<CodeBlock>`, `{{< highlight >}}`; as regions in which requests are
 * pointed at, not rewritten. `blocks` are the page's own blocks of code, in order: what holds one is none. Takes linear time.
 */
export function elementRegions(text: string, blocks: readonly Span[], isWorth: IsWorth): Region[] {
  const regions: Region[] = [];
  /** Closing tags that are not there any more, and not looked for again. */
  const unclosed = new Set<string>();
  let end = 0;
  let next = 0;
  for (const { 0: tag, 1: name, 2: mark = "", 3: shortcode, index } of text.matchAll(OPENING)) {
    const closing = closingOf(tag, name, mark, shortcode);
    while ((blocks[next]?.end ?? Infinity) <= index) next++;
    const isInBlock = (blocks[next]?.start ?? Infinity) <= index;
    if (index < end || isInBlock || tag.endsWith("/>") || unclosed.has(closing)) continue;
    const search = new RegExp(closing, "g");
    const start = index + tag.length;
    search.lastIndex = start;
    const close = search.exec(text)?.index;
    if (close === undefined) {
      unclosed.add(closing);
      continue;
    }
    end = close;
    const holdsBlock = (blocks[next]?.start ?? Infinity) < close;
    const inside = text.slice(start, close).replaceAll(/&quot;([^&]*)&quot;/g, '     "$1"     ');
    if (COMMENT.test(tag) || holdsBlock || !isWorth(inside)) continue;
    const toOuter = (offset: number): number => start + offset;
    regions.push({ syntax: "elements", label: "element", text: inside, toOuter, encode: (put) => put });
  }
  return regions;
}

const COMMENT = /^(?:<!--|\{\/\*)$/;

/**
 * Returns what ends a comment, an element of HTML of this name, a shortcode of Hugo's, or else Jekyll's, as an
 * expression.
 */
function closingOf(tag: string, name: string | undefined, mark: string, shortcode?: string): string {
  if (COMMENT.test(tag)) return tag === "<!--" ? "-->" : String.raw`\*/\}`;
  if (name !== undefined) return `</${name}>`;
  if (shortcode === undefined) return String.raw`\{%-?\s{0,9}endhighlight\b`;
  return String.raw`\{\{${mark}\s{0,9}/\s{0,9}${shortcode}\b`;
}
