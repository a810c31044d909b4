import type { Syntax } from "../syntax.ts";

/** Files of HTTP requests: each body is a region. */
export const http: Syntax = {
  read: () => ({ sites: [], regions: [], problems: [], comments: [], refused: [] }),
  wrap: () => [],
};
