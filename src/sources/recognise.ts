/** Tells whether a text that is no JSON seems to be YAML: its first line of content is a key, an item or a `---`. */
export function looksLikeYaml(text: string): boolean {
  for (const [line] of text.matchAll(/[^\r\n\uFEFF]+/g)) {
    if (!/^[ \t]*(#|$)/.test(line)) return YAML_LINE.test(line.slice(0, 1000));
  }
  return false;
}

const YAML_LINE = /^(?:[\w.$-]+[ \t]*:(?:\s|$)|-[ \t]+\S|---(?:\s|$)|%YAML\s)/;

/** Tells whether a text that can't be read as JSON seems to be meant as JSON, or is empty. */
export function looksLikeJson(text: string): boolean {
  return /^(?:$|[{["]|\/[/*])/.test(text.trimStart());
}
