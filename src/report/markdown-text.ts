import { visible } from "./style.ts";

/** GitHub takes no longer comment than 65,536 characters. */
export const LONGEST_COMMENT = 60_000;

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
  const longest = longestRun(shown);
  const fence = "`".repeat(longest + 1);
  const space = longest > 0 || shown.startsWith(" ") ? " " : "";
  return `${fence}${space}${shown}${space}${fence}`;
}

/** Lines as a block of code, whatever they hold; fit for a terminal already. */
export function markdownBlock(lines: string): string {
  const fence = "`".repeat(Math.max(3, longestRun(lines) + 1));
  return `${fence}text\n${lines}\n${fence}\n`;
}

function longestRun(text: string): number {
  return Math.max(0, ...(text.match(/`+/g) ?? []).map((run) => run.length));
}

/** Every character that CommonMark lets be escaped and that can begin markup; `@` and `#` link on GitHub. */
function escaped(text: string): string {
  return text
    .replaceAll(/[\\`*{}[\]<>|~$!&]|(?<!\w)_|_(?!\w)/g, String.raw`\$&`)
    .replaceAll(/[@#](?=\w)/g, "$&\u2060")
    .replaceAll(/:\/\//g, String.raw`:\/\/`)
    .replaceAll(/\b(www)\./gi, String.raw`$1\.`);
}
