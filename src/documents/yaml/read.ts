import { Composer, type CST, type Document } from "yaml";
import type { Span } from "../../rule/value.ts";
import { type Problem, tooDeep } from "../../sources/syntax.ts";
import { coverPlaceholders, coverTemplate, templateNear, templateProblem } from "./templates.ts";
import { commentsOf, tokensOf } from "./tokens.ts";
import { Builder, type Built } from "./values.ts";

/** A YAML text as it was written. */
export interface YamlText {
  documents: Built[];
  comments: Span[];
  /** True if it is YAML only once a template's program has run over it. */
  isTemplate: boolean;
}

/** Deeper ones are refused: the parser calls itself for each level. */
const MOST_DEPTH = 500;

/**
 * Reads YAML 1.2 by its core schema: all documents, repeated keys, comments, and placeholders that stand unquoted.
 * Aliases are never followed, so none can make a text larger than it is. A template is read as far as its own text is
 * YAML. Gives the first problem where it is none.
 */
export function readYaml(text: string): YamlText | Problem {
  const loneReturn = /\r(?!\n)/.exec(text);
  if (loneReturn) {
    const at = { start: loneReturn.index, end: loneReturn.index + 1 };
    return {
      at,
      message: "a line ends with a carriage return alone here, which YAML tools read differently",
    };
  }
  let covered = text;
  let read = readCovered(text, covered, false);
  for (const cover of [coverPlaceholders, coverTemplate]) {
    const next = cover(text);
    if ("documents" in read || next === covered) continue;
    covered = next;
    read = readCovered(text, covered, cover === coverTemplate);
  }
  return read;
}

/** `covered` is what is parsed: the text, or one as long in which what is no YAML is covered up. */
function readCovered(text: string, covered: string, isTemplate: boolean): YamlText | Problem {
  const tokens = tokensOf(covered, MOST_DEPTH);
  if (!tokens) {
    return tooDeep({ start: 0, end: 0 }, `it is nested more than ${MOST_DEPTH} levels deep`);
  }
  const comments = commentsOf(tokens);
  const composed = compose(tokens);
  for (const { errors } of composed) {
    const [error] = errors;
    if (error) return problemAt(text, { start: error.pos[0], end: error.pos[1] }, error.message);
  }
  const documents: Built[] = [];
  for (const document of composed) {
    const built = new Builder(text, covered, comments).document(document.contents);
    if ("message" in built) return built;
    documents.push(built);
  }
  return { documents, comments, isTemplate };
}

/**
 * In the failsafe schema every scalar is text, and no tag is known: nothing is built, merged or followed but what
 * stands there.
 */
function compose(tokens: readonly CST.Token[]): Document.Parsed[] {
  const composer = new Composer({
    schema: "failsafe",
    resolveKnownTags: false,
    uniqueKeys: false,
    keepSourceTokens: true,
    logLevel: "silent",
  });
  return [...composer.compose(tokens)] as Document.Parsed[];
}

function problemAt(text: string, at: Span, message: string): Problem {
  const template = templateNear(text, at.start);
  if (template) return templateProblem(template);
  return { at, message: message.slice(0, 1).toLowerCase() + message.slice(1) };
}
