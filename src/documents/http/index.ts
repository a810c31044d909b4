import type { Span } from "../../rule/value.ts";
import { type CodeBlock, codeBlockRegion } from "../code-block.ts";
import { linesOf } from "../../sources/lines.ts";
import type { Region, Syntax } from "../../sources/syntax.ts";
import { type PartlyKnown, templateText } from "../../sources/partly-known.ts";
import { mayHoldRequest } from "../../sources/trigger.ts";
import { sendFact, type Fact } from "../../sources/fact.ts";

/**
 * Files of HTTP requests, as editors send them: requests apart by `###`, each with its comments and variables, its
 * request line, its headers, and a body after a blank line. A JSON body that may hold a request is a region, and so is
 * a request that is written as a curl command. A body that is a file is said to be sent.
 */
export const http: Syntax = {
  read(text, isWorth = mayHoldRequest) {
    const lines = linesOf(text, { start: text.startsWith("\uFEFF") ? 1 : 0, end: text.length });
    const regions: Region[] = [];
    const facts: Fact[] = [];
    for (const request of requestsIn(text, lines)) {
      const calls = request.flatMap((at) => {
        const does = METHODS.find(({ url }) => url.test(text.slice(at.start, at.end)))?.does;
        return does ? [{ does, at }] : [];
      });
      for (const file of filesOf(text, request))
        facts.push(...calls.map(({ at, does }) => sendFact(at, does, { file })));
      const part = partOf(text, request);
      const region = part && codeBlockRegion(text, part, isWorth);
      if (!region) continue;
      if (region.syntax === "json")
        facts.push(...calls.map(({ at, does }) => sendFact(at, does, { region: regions.length })));
      regions.push({ ...region, filled: VARIABLE });
    }
    return { sites: [], regions, problems: [], comments: [], refused: [], facts };
  },
  wrap: () => [],
};

/** The lines of each request, without the separators and without the scripts that run before and after it. */
function requestsIn(text: string, lines: readonly Span[]): Span[][] {
  const requests: Span[][] = [];
  let request: Span[] = [];
  let inScript = false;
  for (const line of lines) {
    const said = text.slice(line.start, line.end);
    if (inScript || /^[<>] ?\{%/.test(said)) {
      inScript = !said.includes("%}");
    } else if (said.startsWith("###")) {
      requests.push(request);
      request = [];
    } else {
      request.push(line);
    }
  }
  return [...requests, request];
}

/** The part of a request that may be a region: its body, or all of a curl command. */
function partOf(text: string, request: readonly Span[]): CodeBlock | undefined {
  const said = request.map(({ start, end }) => text.slice(start, end));
  const start = said.findIndex((line) => !BEFORE_REQUEST.test(line));
  if (start < 0) return undefined;
  const afterwards = said.findIndex((line, index) => index > start && RESPONSE.test(line));
  const until =
    (afterwards < 0 ? said : said.slice(0, afterwards)).findLastIndex((line) => /\S/.test(line)) + 1;
  if (/^\s*curl\s/.test(said[start] ?? "")) {
    return { lines: request.slice(start, until), language: "shell", label: "curl command" };
  }
  const body = said.findIndex((line, index) => index > start && beginsBody(line, said[index - 1] ?? ""));
  return body > 0 && body < until && /^\s*([{[]|\/\/)/.test(said[body] ?? "")
    ? { lines: request.slice(body, until), language: "json", label: "request body" }
    : undefined;
}

/**
 * The files that are a request's body: `< ./body.json`, or `<@ ./body.json` where variables in it are filled in. Editors
 * look for a relative path beside the text, or from the top of what is opened.
 */
function filesOf(text: string, request: readonly Span[]): PartlyKnown[] {
  return request.flatMap(({ start, end }) => {
    const written = BODY_FILE.exec(text.slice(start, end))?.[1]?.replaceAll("\\", "/");
    return written === undefined ? [] : [templateText(written, /\{\{[^}]*\}\}/g)];
  });
}

/** In examples the blank line before the body is sometimes forgotten. */
function beginsBody(line: string, before: string): boolean {
  return /\S/.test(line) && (!/\S/.test(before) || /^\s*[{[]/.test(line));
}

/** Begins a variable that editors fill in. */
const VARIABLE = /^\{\{/;

/** The methods of LiveKit's server that a request line calls. */
const METHODS = [
  { url: /^\s*(POST\s+)?\S*\/CreateSIPDispatchRule\b/, does: "create" as const },
  { url: /^\s*(POST\s+)?\S*\/UpdateSIPDispatchRule\b/, does: "update" as const },
];

/** A body that is a file; behind `@` an encoding may stand. */
const BODY_FILE = /^<(?:@[\w-]*)?[ \t]+(.*\S)/;
/** Lines that may stand before a request line: blank ones, comments, variables. */
const BEFORE_REQUEST = /^\s*$|^\s*(#|\/\/|@)/;
/** Lines that may stand after a body: a file that handles the response, or that keeps it. */
const RESPONSE = /^(> ?[.\w/~]|>>!? |<> )/;
