import { visible } from "./style.ts";

/**
 * Text from a file as Markdown that shows it and nothing else: no markup, no link, no line of its own. What stands in
 * backticks is code; a text of ours may hold some. In a cell of a table, code may hold no `|`.
 */
export function markdownText(text: string): string {
  return visible(text)
    .split(/(`[^`]*`)/)
    .map((part, at) => (at % 2 === 1 ? part : escaped(part)))
    .join("");
}

/** The same as code, whatever it holds. */
export function markdownCode(text: string): string {
  const shown = visible(text);
  const longest = Math.max(0, ...(shown.match(/`+/g) ?? []).map((run) => run.length));
  const fence = "`".repeat(longest + 1);
  const space = longest > 0 || shown.startsWith(" ") ? " " : "";
  return `${fence}${space}${shown}${space}${fence}`;
}

/** Every character that CommonMark lets be escaped and that can begin markup; `@` and `#` link on GitHub. */
function escaped(text: string): string {
  return text
    .replaceAll(/[\\`*{}[\]<>|~$!&]|(?<!\w)_|_(?!\w)/g, String.raw`\$&`)
    .replaceAll(/[@#](?=\w)/g, "$&\u2060")
    .replaceAll(/:\/\//g, String.raw`:\/\/`)
    .replaceAll(/\b(www)\./gi, String.raw`$1\.`);
}
