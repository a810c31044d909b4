import { requestField } from "../../rule/fields.ts";
import type { Site } from "../../sources/syntax.ts";
import type { IsWorth } from "../../sources/trigger.ts";
import { AROUND_JSON, type Lexis, readBrackets } from "./brackets.ts";
import { givenNames } from "./destination-names.ts";
import { plain } from "./plain-text.ts";
import { type Found, findRequests } from "./requests.ts";
import { requestsInStrings } from "./string-requests.ts";
import { namesIn, wrappedText } from "./wrapped-request.ts";

/** The requests in a text of code, in the order of the text. `language` is what a person calls it. */
export function sitesIn(text: string, language: string, lexis: Lexis, isWorth: IsWorth): Site[] {
  if (!isWorth(text)) return [];
  const { root, strings } = readBrackets(text, lexis);
  const all = [
    ...findRequests(text, root, givenNames(text)),
    ...requestsInStrings(text, strings, [], isWorth),
  ].toSorted((one, other) => one.request.start - other.request.start);
  return all.map((found): Site => {
    const { request, named } = found;
    const at = { start: request.start, end: request.end };
    return {
      at,
      request,
      ...(named && { evidence: "create" as const }),
      remarks: [{ code: "unsupported-language", at, weighs: "manual", ...said(text, found, language) }],
    };
  });
}

/**
 * The requests in a text, or in commands, in which they stand as JSON: what begins strings and comments in code means
 * nothing around them, and quotes may be escaped.
 */
export function sitesAround(text: string, language: string, isWorth: IsWorth): Site[] {
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

function said(text: string, found: Found, language: string): { message: string; next: string } {
  const { request, form, forSdk } = found;
  if (forSdk) {
    return {
      message: "the SDK's createSipDispatchRule makes the request itself, and heeds nothing of this one",
      next: 'Give it the kind of rule first, `{ type: "individual", roomPrefix: … }`, and the rest as options.',
    };
  }
  const what =
    form === "mixed"
      ? "this request holds both forms"
      : request.members.length > 0
        ? "this request is flat"
        : "this request gets its fields from elsewhere, and may be flat";
  return {
    message: `${what}; requests in ${language} are found, but not rewritten`,
    next:
      form === "mixed"
        ? "Move what is meant to count into the wrapper by hand."
        : moved(text, found, language),
  };
}

/** What to do with a flat request, and which of its two meanings its numbers may have. */
function moved(text: string, found: Found, language: string): string {
  const { request } = found;
  const { wrapper, inbound, numbers } = namesIn(text, request, language);
  const mayHave =
    request.members.length === 0 ||
    request.members.some(({ key }) => requestField(key) === "inbound_numbers");
  const choice = mayHave
    ? `: \`${inbound}\` becomes \`${numbers}\` if they are your own numbers; leave it if they are callers`
    : "";
  const wrapped = wrappedText(text, found, language);
  const move = `Move its fields into the wrapper, \`${wrapper}\`${choice}.`;
  return wrapped === undefined ? move : `${move} It should look like this: ${wrapped}`;
}
