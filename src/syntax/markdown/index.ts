import type { Syntax } from "../syntax.ts";

/** Markdown and MDX: each fence is a region in the language that its info string names. */
export const markdown: Syntax = {
  read: () => ({ sites: [], regions: [], problems: [], comments: [], refused: [] }),
  wrap: () => [],
};
