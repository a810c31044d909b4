import { codeBlockRegion } from "../code-block.ts";
import type { Problem, Region, Syntax } from "../../sources/syntax.ts";
import { type IsWorth, mayHoldRequest, takesWords } from "../../sources/trigger.ts";
import { codeBlocks } from "./blocks.ts";
import { elementRegions } from "./elements.ts";
import { frontMatterOf } from "./front-matter.ts";
import { namedIn } from "./named-files.ts";
import { commandsIn } from "./commands.ts";
import { pastedIn } from "./pasted-blocks.ts";
import type { Flavour } from "./piece.ts";
import { printedIn, toldOf } from "./block-labels.ts";

/**
 * Markdown. Each block of code that may hold a request is a region in the language that its info string names, or
 * that its beginning tells; so is the front matter. What stands in an HTML comment is no document, and stays as it is.
 * So are `<pre>` and components that show code, in which requests are only pointed at.
 */
export const markdown: Syntax = syntaxFor("markdown");

/** MDX: Markdown without indented code, so that code can stand indented in JSX. */
export const mdx: Syntax = syntaxFor("mdx");

function syntaxFor(flavour: Flavour): Syntax {
  return {
    read(text, isWorth = mayHoldRequest) {
      const isMeant = isWorth(text);
      const isRead: IsWorth = (piece) => isWorth(piece) || (isMeant && takesWords(piece));
      const frontMatter = frontMatterOf(text);
      const read = codeBlocks(text, frontMatter?.end ?? (text.startsWith("\uFEFF") ? 1 : 0), flavour, isRead);
      const problems: Problem[] = "problem" in read ? [read.problem] : [];
      const blocks = "blocks" in read ? read.blocks : [];
      const spans = blocks.flatMap(({ lines: [first, ...more] }) =>
        first ? [{ start: first.start, end: (more.at(-1) ?? first).end }] : [],
      );
      const shown = [...(frontMatter ? [frontMatter.block] : []), ...blocks]
        .map((block) => codeBlockRegion(text, block, isRead))
        .filter((region) => region !== undefined)
        .filter((region) => region.syntax === "shell" || isWorth(region.text));
      const found = [...shown, ...elementRegions(text, spans, isWorth)].toSorted(
        (a, b) => a.toOuter(0) - b.toOuter(0),
      );
      const told = toldOf(text, found);
      const regions = found.map((region, index): Region => {
        const said = told[index];
        return said?.what === "old" ? { ...region, old: said.at } : region;
      });
      const facts = [
        ...namedIn(text, regions),
        ...pastedIn(text, regions),
        ...printedIn(regions, told),
        ...commandsIn(text, regions),
      ];
      return { sites: [], regions, problems, comments: [], refused: [], facts };
    },
    wrap: () => [],
  };
}
