import type { Syntax } from "../syntax.ts";

/** Jupyter notebooks: each cell is a region. */
export const notebook: Syntax = {
  read: () => ({ sites: [], regions: [], problems: [], comments: [], refused: [] }),
  wrap: () => [],
};
