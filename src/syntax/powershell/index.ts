import type { Syntax } from "../syntax.ts";

/** PowerShell: here-strings are regions. */
export const powershell: Syntax = {
  read: () => ({ sites: [], regions: [], problems: [], comments: [], refused: [] }),
  wrap: () => [],
};
