import { visible } from "./style.ts";

/**
 * Text from a file as Markdown that shows it and nothing else: no markup, no link, no line of its own. What stands in
 * backticks is code; a text of ours may hold some.
 */
export function markdownText(text: string): string {
  return visible(text)
    .split(/(`[^`]*`)/)
    .map((part, at) => (at % 2 === 1 ? part.replaceAll("|", String.raw`\|`) : escaped(part)))
    .join("");
}

/** Every character that CommonMark lets be escaped and that can begin markup; `@` and `#` link on GitHub. */
function escaped(text: string): string {
  return text
    .replaceAll(/[\\`*{}[\]<>|~$!&]|(?<!\w)_|_(?!\w)/g, String.raw`\$&`)
    .replaceAll(/[@#](?=\w)/g, "$&\u2060")
    .replaceAll(/:\/\//g, String.raw`:\/\/`);
}
