import type { Span } from "../../rule/value.ts";
import type { Problem } from "../../sources/syntax.ts";
import { lineEnd } from "./mapping.ts";

/**
 * The text with its unquoted-looking placeholders covered up by as many letters, so that it can be parsed: `${IDS}` in
 * a flow list, and `{{ ids }}`, which would be a mapping in a mapping. None holds a quote, so that a string never
 * loses its end.
 */
export function coverPlaceholders(text: string): string {
  return text.replaceAll(PLACEHOLDER, (found) => "_".repeat(found.length));
}

/** A name, perhaps with filters. Statements and what indents by itself need the template's own program. */
const PLACEHOLDER =
  /\$\{[^{}"'\r\n]*\}|\{\{ *(?!(?:end|else|continue|break)\b)[\w.$]+(?: *\| *(?!\w*(?:indent|yaml|Yaml))\w+)* *\}\}/g;

/**
 * The text of a template, as long as it was, in a form that can be parsed. A line that holds nothing but statements and
 * expressions becomes a comment, at least as deep as what follows it stands, so that it ends no text. On other lines
 * letters stand for them. The same text comes back where there are none.
 */
export function coverTemplate(text: string): string {
  const tags = new Tags(text);
  const lines: string[] = [];
  const isComment: boolean[] = [];
  for (let start = 0; start < text.length;) {
    const stop = lineEnd(text, start);
    const end = tags.endOfOwnLines(start, stop);
    for (const line of text.slice(start, end ?? stop).split(/(?<=\n)/)) {
      lines.push(end === undefined ? tags.covered(line, start) : line);
      isComment.push(end !== undefined);
    }
    start = end ?? stop;
  }
  let column = 0;
  for (let index = lines.length - 1; index >= 0; index--) {
    const line = lines[index] ?? "";
    if (isComment[index]) lines[index] = asComment(line, column);
    else if (line.trim() !== "") column = line.length - line.trimStart().length;
  }
  return coverPlaceholders(lines.join(""));
}

/** The tags of a template's text: expressions, statements and comments. Only comments go over several lines. */
class Tags {
  readonly #text: string;
  /** For what ends a tag: from where it was looked for last, and where it was found. */
  readonly #found = new Map<string, Span>();

  constructor(text: string) {
    this.#text = text;
  }

  /** Where the lines end that hold nothing but the tags with which this line begins; undefined if there are none. */
  endOfOwnLines(start: number, stop: number): number | undefined {
    const text = this.#text;
    let at = skipSpace(text, start);
    let lineStop = stop;
    for (let end = this.#endOfTag(at, lineStop); end !== undefined; end = this.#endOfTag(at, lineStop)) {
      at = skipSpace(text, end);
      if (end > lineStop) lineStop = lineEnd(text, end);
      if (at >= lineStop || text[at] === "\n" || text[at] === "\r") return lineStop;
    }
    return undefined;
  }

  /** A line, which begins at this offset, with letters for its tags. */
  covered(line: string, start: number): string {
    let said = "";
    let done = 0;
    for (const { index } of line.matchAll(/\{[{%]/g)) {
      const end = index < done ? undefined : this.#endOfTag(start + index, start + line.length);
      if (end === undefined || end > start + line.length) continue;
      said += line.slice(done, index) + "_".repeat(end - start - index);
      done = end - start;
    }
    return said + line.slice(done);
  }

  /** Where the tag ends that begins here; undefined where none does. */
  #endOfTag(at: number, stop: number): number | undefined {
    const opening = matchAt(/\{(?:\{(?:-? ?\/\*)?|%|#)/y, this.#text, at);
    if (opening === undefined) return undefined;
    if (opening === "{#") return this.#after("#}", at + 2);
    if (opening === "{{" || opening === "{%") {
      const end = this.#after(opening === "{{" ? "}}" : "%}", at + 2);
      return end !== undefined && end <= stop ? end : undefined;
    }
    const end = this.#after("*/", at + opening.length);
    const closing = end === undefined ? undefined : matchAt(/ ?-?\}\}/y, this.#text, end);
    return end !== undefined && closing !== undefined ? end + closing.length : undefined;
  }

  /** Remembers what it found, so that a text is not looked through again for each of its tags. */
  #after(closing: string, from: number): number | undefined {
    const last = this.#found.get(closing);
    const isKnown = last !== undefined && last.start <= from && from <= last.end;
    const found = isKnown ? last.end : this.#text.indexOf(closing, from);
    const end = found < 0 ? Number.POSITIVE_INFINITY : found;
    if (!isKnown) this.#found.set(closing, { start: from, end });
    return end === Number.POSITIVE_INFINITY ? undefined : end + closing.length;
  }
}

/** Returns what a sticky expression matches at an offset. */
function matchAt(expression: RegExp, text: string, at: number): string | undefined {
  expression.lastIndex = at;
  return expression.exec(text)?.[0];
}

function skipSpace(text: string, start: number): number {
  let at = start;
  while (text[at] === " " || text[at] === "\t" || text[at] === "\uFEFF") at++;
  return at;
}

function asComment(line: string, column: number): string {
  const [, mark = "", body = "", lineBreak = ""] = /^(\uFEFF?)([^\r\n]*)([\r\n]*)$/.exec(line) ?? [];
  if (body === "") return line;
  const own = body.length - body.trimStart().length;
  const before = Math.min(Math.max(own, column), body.length - 1);
  return `${mark}${" ".repeat(before)}#${"_".repeat(body.length - 1 - before)}${lineBreak}`;
}

/** Begins an expression or a statement of a template. */
const TEMPLATE = /\{\{|\{%/g;

/** The last template expression that begins on the line of an offset or before it, a line at most; or undefined. */
export function templateNear(text: string, offset: number): Span | undefined {
  const rest = text.slice(offset).search(/[\r\n]/);
  const to = rest < 0 ? text.length : offset + rest;
  const from = text.lastIndexOf("\n", text.lastIndexOf("\n", Math.max(offset - 1, 0)) - 1) + 1;
  const found = [...text.slice(from, to).matchAll(TEMPLATE)].at(-1);
  return found && { start: from + found.index, end: from + found.index + 2 };
}

/** Returns what to say of a request that is part of a template's own YAML, and not a text in it. */
export function inTemplate({ start }: Span): Problem {
  return {
    at: { start, end: start },
    message:
      "this request is left as it is, because it stands in a template, whose statements decide which fields it has",
    next: BY_HAND,
    part: true,
  };
}

/** Returns what to say of a text with a statement in it that stands less deep than the text. */
export function statementInside(at: Span): Problem {
  const message = "a request may stand in this text, into which a template's statements reach";
  return { at, message, next: BY_HAND, part: true };
}

const BY_HAND = "If it is a flat request, move its fields into `dispatch_rule` by hand.";

/** Returns what to say where a template is in the way at a place. */
export function templateProblem(at: Span): Problem {
  return {
    at,
    message:
      "a template expression stands here outside of a string, so this is no YAML before it is rendered",
    next: "If it holds a flat request, move that one's fields into `dispatch_rule` by hand.",
  };
}
