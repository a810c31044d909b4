import { requestField } from "../../rule/fields.ts";
import type { UnsupportedLanguage } from "../../sources/remark.ts";
import type { Reading, Site } from "../../sources/syntax.ts";
import type { IsWorth } from "../../sources/trigger.ts";
import { AROUND_JSON, type Lexis, readBrackets } from "./brackets.ts";
import { givenNames } from "./destination-names.ts";
import { plain } from "./plain-text.ts";
import { type FoundRequest, findRequests } from "./requests.ts";
import { requestsInStrings } from "./string-requests.ts";
import { sdkCallsIn } from "./sdk-calls.ts";
import { namesIn, wrappedText } from "./wrapped-request.ts";

/**
 * The requests in a text of code, and the calls of the SDK, in the order of the text. `language` is what a person calls
 * it.
 */
export function sitesIn(
  text: string,
  language: string,
  lexis: Lexis,
  isWorth: IsWorth,
): Pick<Reading, "sites" | "calls"> {
  if (!isWorth(text)) return { sites: [] };
  const { root, strings } = readBrackets(text, lexis);
  const calls = language.endsWith("Script") ? sdkCallsIn(text, root) : [];
  const all = [
    ...findRequests(text, root, givenNames(text)),
    ...requestsInStrings(text, strings, [], isWorth),
  ].toSorted((one, other) => one.request.start - other.request.start);
  const sites = all.map((found): Site => {
    const { request, named } = found;
    const at = { start: request.start, end: request.end };
    return {
      at,
      request,
      ...(named && { evidence: "create" as const }),
      remarks: [{ code: "unsupported-language", at, weighs: "manual", ...why(text, found, language) }],
    };
  });
  return { sites, ...(calls.length > 0 && { calls }) };
}

/**
 * The requests in a text, or in commands, in which they stand as JSON: what begins strings and comments in code means
 * nothing around them, and quotes may be escaped.
 */
export function sitesAround(text: string, language: string, isWorth: IsWorth): ReturnType<typeof sitesIn> {
  return sitesIn(bare(text), language, AROUND_JSON, isWorth);
}

/** The text, as long as it was, without the marks that only mean something in code. */
function bare(text: string): string {
  return plain(
    text
      .replaceAll(/^.*\\".*$/gm, (line) =>
        line.replaceAll(/(?<!\\)"/g, " ").replaceAll(/\\"([^"\\]*)\\"/g, ' "$1" '),
      )
      .replaceAll(/^[ \t]*@?echo\b\.?/gim, ({ length }) => " ".repeat(length)),
  );
}

/** Returns what keeps a request from being rewritten, and how it should look. */
function why(text: string, { request, form }: FoundRequest, language: string): UnsupportedLanguage {
  if (form === "mixed") return { is: "mixed", language };
  const { wrapper, inbound, numbers } = namesIn(text, request, language);
  const isFlat = request.members.length > 0;
  const mayHave = !isFlat || request.members.some(({ key }) => requestField(key) === "inbound_numbers");
  const wrapped = wrappedText(text, request, language);
  return {
    is: isFlat ? "flat" : "from-elsewhere",
    language,
    wrapper,
    ...(mayHave && { filters: { inbound, numbers } }),
    ...(wrapped !== undefined && { wrapped }),
  };
}
