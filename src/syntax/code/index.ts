import type { Site, Syntax } from "../syntax.ts";
import { mayHoldRequest } from "../trigger.ts";
import { type Lexis, readBrackets } from "./brackets.ts";
import { findRequests } from "./requests.ts";

/**
 * A language of source code in which requests are found, so that no repository counts as clean that is not, and not
 * rewritten: brackets, strings, comments and names are read, and nothing else.
 */
export function codeIn(language: string, lexis: Lexis): Syntax {
  return {
    read(text) {
      const nothing = { regions: [], problems: [], comments: [], refused: [] };
      if (!mayHoldRequest(text)) return { ...nothing, sites: [] };
      const sites = findRequests(text, readBrackets(text, lexis)).map(({ request, form, named }): Site => {
        const what =
          form === "mixed"
            ? "this request holds both forms"
            : "this request is flat, or its fields come from elsewhere";
        return {
          at: { start: request.start, end: request.end },
          request,
          ...(named && { evidence: "create" as const }),
          remarks: [
            {
              code: "unsupported-language",
              at: { start: request.start, end: request.end },
              message: `${request.members.length > 0 && form === "flat" ? "this request is flat" : what}; requests in ${language} are found, but not rewritten`,
              next: "Move its fields into the wrapper by hand.",
              weighs: "manual",
            },
          ],
        };
      });
      return { ...nothing, sites };
    },
    wrap: () => [],
  };
}
