import type { Syntax } from "../syntax.ts";

/** Shell scripts: heredocs and quoted JSON are regions. */
export const shell: Syntax = {
  read: () => ({ sites: [], regions: [], problems: [], comments: [], refused: [] }),
  wrap: () => [],
};
