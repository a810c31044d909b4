import type { CodeBlock } from "../code-block.ts";
import { linesOf } from "../../sources/lines.ts";

/** The YAML between the `---` on the first line and the next `---` or `...`, and where its closing line ends. */
export function frontMatterOf(text: string): { block: CodeBlock; end: number } | undefined {
  const opening = /^\uFEFF?---[ \t]*(\r\n|\n|\r)/.exec(text);
  if (!opening) return undefined;
  const start = opening[0].length;
  const closing = /^(---|\.\.\.)[ \t]*$/gm;
  closing.lastIndex = start;
  const close = closing.exec(text);
  if (!close) return undefined;
  const lines = linesOf(text, { start, end: close.index }).slice(0, -1);
  return { block: { lines, language: "yaml", label: "front matter" }, end: closing.lastIndex };
}
