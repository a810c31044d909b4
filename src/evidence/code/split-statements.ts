import type { Span } from "../../rule/value.ts";
import { COMMAND } from "./bindings.ts";

/** A text of code, or of data that programs read: what stands in it that is no code, by its places in the text. */
export interface CodeText {
  text: string;
  comments: readonly Span[];
  regions: readonly Span[];
  sites: readonly Span[];
  /** The keys of the flat fields that the sites have. */
  keys: readonly Span[];
  /** Which of the regions are recipes, which run by themselves and are no requests. */
  recipes?: ReadonlySet<number>;
}

/** A statement of code: where it stands, and its text with blanks for comments, regions and the keys of requests in it. */
export interface CodeStatement extends Span {
  text: string;
}

/**
 * Divides a text into statements, whatever its language: a line, with those that it goes on with in open brackets, behind
 * a backslash or before a `.`. What stands in the braces of a block is statements of its own. Takes linear time.
 */
export function splitStatements({
  text,
  comments,
  regions,
  keys,
}: Pick<CodeText, "text" | "comments" | "regions" | "keys">): CodeStatement[] {
  const masked = withBlanks(text, [
    ...comments,
    ...keys,
    ...regions.filter(({ start, end }) => {
      const said = text.slice(start, end);
      return !COMPUTES.test(said) && !COMMAND.test(said);
    }),
  ]);
  const plain = masked.replaceAll(REMARK, (remark) => " ".repeat(remark.length));
  const statements: CodeStatement[] = [];
  const open: ("(" | "{")[] = [];
  let start = 0;
  let depth = 0;
  const end = (at: number): void => {
    const said = plain.slice(start, at);
    if (/\S/.test(text.slice(start, at))) statements.push({ start, end: at, text: said });
    start = at;
  };
  for (const { 0: sign, index } of plain.matchAll(TOKENS)) {
    const after = index + sign.length;
    switch (sign[0]) {
      case "(":
      case "[":
        open.push("(");
        depth++;
        break;
      case "{":
        if (LITERAL.test(plain.slice(Math.max(start, index - 40), index))) {
          open.push("(");
          depth++;
        } else {
          open.push("{");
          depth = 0;
          end(after);
        }
        break;
      case ")":
      case "]":
      case "}": {
        const opened = open.pop();
        if (opened === "{") {
          end(index);
          depth = depthOf(open);
        } else depth = Math.max(0, depth - 1);
        break;
      }
      case ";":
        if (depth === 0) end(after);
        break;
      case "\n":
      case "\r":
        if (
          depth === 0 &&
          !GOES_ON.test(plain.slice(Math.max(start, index - 20), index)) &&
          !/^\s*(?:\.\w|\?\.|\|>|\+ |["']@)/.test(plain.slice(after, after + 40))
        ) {
          end(after);
        }
        break;
      default:
    }
  }
  end(text.length);
  return statements;
}

function depthOf(open: readonly string[]): number {
  return open.length - 1 - open.lastIndexOf("{");
}

/** In a region: what a template puts in from elsewhere. */
const COMPUTES = /\{\{[^{}]*["'`]|\$\([A-Za-z]+-[A-Za-z]/;
/** Ends, opens and closes statements; strings are passed over. */
const TOKENS = /"""[^]*?"""|'''[^]*?'''|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'|[()[\]{};]|\r?\n/g;
/** Before a brace that opens a literal, not a block. */
const LITERAL =
  /(?:[=:([,?&|<+$#%@{-]|\breturn|\bin|\bconst|\blet|\bvar)\s*$|(?<!\b(?:else|try|do|finally|struct|interface))[\w\]]$/;
/** How a line ends that goes on. */
const GOES_ON = /(?:\\|[=,+(|&?]|=>|@["']|:\s+[|>][-+\d]{0,2})\s*$/;
/** Remarks of languages whose reader tells of none. */
const REMARK = /(?<=^|\s)(?:#(?![!{])|\/\/)[^\n]*|\/\*[^]{0,5000}?\*\/|<!--[^]{0,5000}?-->/gm;

function withBlanks(text: string, spans: readonly Span[]): string {
  let result = "";
  let done = 0;
  for (const { start, end } of spans.toSorted((a, b) => a.start - b.start)) {
    if (end <= done) continue;
    const from = Math.max(start, done);
    result += text.slice(done, from) + text.slice(from, end).replaceAll(/[^\n]/g, " ").replaceAll("\n", " ");
    done = end;
  }
  return result + text.slice(done);
}
