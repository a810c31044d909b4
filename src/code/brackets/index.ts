import type { Reading, Syntax } from "../../sources/syntax.ts";
import { mayHoldRequest } from "../../sources/trigger.ts";
import type { Lexis } from "./brackets.ts";
import { sitesAround, sitesIn } from "./sites.ts";

/**
 * A language of source code in which requests are found, so that no repository counts as clean that is not, and not
 * rewritten: brackets, strings, comments and names are read, and nothing else.
 */
export function codeIn(language: string, lexis: Lexis): Syntax {
  return pointedAt((text, isWorth = mayHoldRequest) => sitesIn(text, language, lexis, isWorth));
}

/** A language of text, or of commands, in which requests stand as JSON. */
export function codeAround(language: string): Syntax {
  return pointedAt((text, isWorth = mayHoldRequest) => sitesAround(text, language, isWorth));
}

function pointedAt(found: (...args: Parameters<Syntax["read"]>) => Pick<Reading, "sites" | "calls">): Syntax {
  return {
    read: (...args) => ({ ...found(...args), regions: [], problems: [], comments: [], refused: [] }),
    wrap: () => [],
  };
}
