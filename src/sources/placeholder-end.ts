/**
 * Where a placeholder that stands unquoted at `offset` ends, or undefined where none does: `$IDS`, `${IDS:-[]}`,
 * `$(list)`, `` `list` ``, `%s`, `{{ ids }}`, `<TRUNK_ID>`, `__TRUNK_ID__`, and several of them without a gap.
 */
export function placeholderEnd(text: string, offset: number): number | undefined {
  let end = offset;
  for (let next = pieceEnd(text, end); next !== undefined; next = pieceEnd(text, end)) end = next;
  return end > offset ? end : undefined;
}

const SIMPLE = /\$(?:[A-Za-z_]\w*|[\d@*#?])|<[^<>"\r\n]+>|__\w+?__|`[^`\r\n]*`|%[ds]/y;

function pieceEnd(text: string, offset: number): number | undefined {
  if (text.startsWith("{{", offset)) {
    const close = text.indexOf("}}", offset + 2);
    return close < 0 ? undefined : close + 2;
  }
  if (text.startsWith("${", offset)) return balancedEnd(text, offset + 1, "{", "}");
  if (text.startsWith("$(", offset)) return balancedEnd(text, offset + 1, "(", ")");
  SIMPLE.lastIndex = offset;
  return SIMPLE.test(text) ? SIMPLE.lastIndex : undefined;
}

function balancedEnd(text: string, offset: number, open: string, close: string): number | undefined {
  let depth = 0;
  for (let at = offset; at < text.length; at++) {
    if (text[at] === open) depth++;
    else if (text[at] === close && --depth === 0) return at + 1;
  }
  return undefined;
}
