import type { Span } from "../../rule/value.ts";
import type { Problem } from "../syntax.ts";

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

/** What begins an expression or a statement of a template. */
const TEMPLATE = /\{\{|\{%/g;

/** The last template expression that begins on the line of an offset or before it, a line at most; or undefined. */
export function templateNear(text: string, offset: number): Span | undefined {
  const lineEnd = text.slice(offset).search(/[\r\n]/);
  const to = lineEnd < 0 ? text.length : offset + lineEnd;
  const from = text.lastIndexOf("\n", text.lastIndexOf("\n", Math.max(offset - 1, 0)) - 1) + 1;
  const found = [...text.slice(from, to).matchAll(TEMPLATE)].at(-1);
  return found && { start: from + found.index, end: from + found.index + 2 };
}

/** What to say where a template is in the way at a place. */
export function templateProblem(at: Span): Problem {
  return {
    at,
    message:
      "a template expression stands here outside of a string, so this is no YAML before it is rendered",
    next: "If it holds a flat request, move that one's fields into `dispatch_rule` by hand.",
  };
}
