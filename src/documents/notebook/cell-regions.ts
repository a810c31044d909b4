import { type PartlyKnown, templateText } from "../../sources/partly-known.ts";
import type { Span } from "../../rule/value.ts";
import { fragmentSyntax } from "../../sources/embedded-language.ts";
import type { Piece } from "../../sources/region.ts";
import { languageNamed } from "../../sources/languages.ts";
import type { Region } from "../../sources/syntax.ts";
import type { IsWorth } from "../../sources/trigger.ts";
import { type CellText, pieceRegion, wholeRegion } from "./cell-text.ts";

/**
 * The documents in a code cell. Of a Python kernel they are, in IPython's syntax:
 *
 *     %%bash                  all that follows is a script
 *     %%writefile rule.json   all that follows is that file
 *     !lk sip dispatch …      these lines are commands; the others are Python
 */
export function codeRegions(cell: CellText, kernel: string, isWorth: IsWorth): Region[] {
  const language = languageNamed(kernel)?.id;
  if (language !== undefined && language !== "python") return wholeRegion(cell, language);
  const [written = "", name = "", rest = ""] = CELL_MAGIC.exec(cell.text) ?? [];
  const body = { start: written.length, end: cell.text.length };
  if (name !== "" && !RUNS_THE_CELL.test(name)) {
    const syntax = magicSyntax(name, rest, cell.text.slice(body.start));
    return syntax === undefined ? [] : pieceRegion(cell, syntax, cell.pieces(body));
  }
  const escapes = escapesIn(cell.text, body);
  const own = language === undefined ? [] : pieceRegion(cell, language, withoutEscapes(cell, body, escapes));
  const commands = pieceRegion(cell, "shell", commandPieces(cell, escapes));
  return [...own, ...commands].filter(({ text }) => isWorth(text));
}

/** The file that a cell is written to, by its first line; undefined where it is not, or is added to one. */
export function fileWritten(text: string): PartlyKnown | undefined {
  const [, name = "", rest = ""] = CELL_MAGIC.exec(text) ?? [];
  if (!/^(writefile|file)$/.test(name) || /^-a\b|^--append\b/.test(rest)) return undefined;
  const file = rest
    .trim()
    .split(/\s+/)
    .at(-1)
    ?.replaceAll(/^["']|["']$/g, "");
  return file ? templateText(file, /\{\w+\}|\$\w+/g) : undefined;
}

const CELL_MAGIC = /^\s*%%(\S+)[ \t]*([^\r\n]*)(?:\r\n|\n|\r|$)/;
/** Magics after which the cell is what it would be without them. */
const RUNS_THE_CELL = /^(time|timeit|capture|prun)$/;

function magicSyntax(name: string, rest: string, body: string): string | undefined {
  switch (name) {
    case "!":
    case "sx":
    case "system":
      return "shell";
    case "writefile":
    case "file":
      return fragmentSyntax(body, rest.trim().split(/\s+/).at(-1));
    case "script":
      return languageNamed(rest.split(/\s/, 1)[0]?.replace(/^.*\//, "") ?? "")?.id;
    default:
      return languageNamed(name)?.id;
  }
}

/** A `!command` or `%magic`, from its sign to its end. */
interface Escape {
  at: Span;
  /** Where the shell command stands in it, if it is one. */
  command: Span | undefined;
}

/** At the start of a statement, or assigned: `files = !ls`. */
const ESCAPE =
  /^([ \t]{0,200}(?:\w[\w.,[\] \t]{0,200}=[ \t]*)?)(!{1,2}(?!=)|%(?:sx|system)[ \t]+|%(?=[a-zA-Z]))/gm;

function escapesIn(text: string, body: Span): Escape[] {
  const escapes: Escape[] = [];
  ESCAPE.lastIndex = body.start;
  for (let match = ESCAPE.exec(text); match; match = ESCAPE.exec(text)) {
    const [written, lead = "", sign = ""] = match;
    const command = match.index + written.length;
    const end = commandEnd(text, command);
    escapes.push({
      at: { start: match.index + lead.length, end },
      command: sign === "%" ? undefined : { start: command, end },
    });
    ESCAPE.lastIndex = end;
  }
  return escapes;
}

/** A backslash at the end of a line goes on with the next. */
function commandEnd(text: string, start: number): number {
  const lineEnd = /\r\n|\n|\r/g;
  lineEnd.lastIndex = start;
  for (let match = lineEnd.exec(text); match; match = lineEnd.exec(text)) {
    if (text[match.index - 1] !== "\\") return match.index;
  }
  return text.length;
}

/** The commands, one a line. */
function commandPieces(cell: CellText, escapes: readonly Escape[]): Piece[] {
  const commands = escapes.flatMap(({ command }) => command ?? []);
  return commands.flatMap(({ start, end }, index) => {
    const lineBreak = /\r\n|\n|\r/y.exec(cell.text.slice(end, end + 2))?.[0].length ?? 0;
    const last = index === commands.length - 1;
    return cell.pieces({ start, end: last ? end : end + lineBreak });
  });
}

/** The body in the kernel's own language: in the place of each escape stands an expression that does nothing. */
function withoutEscapes(cell: CellText, body: Span, escapes: readonly Escape[]): Piece[] {
  const pieces: Piece[] = [];
  let done = body.start;
  for (const { at } of escapes) {
    const escape = cell.pieces(at);
    const [first] = escape;
    const last = escape.at(-1);
    if (!first || !last) continue;
    pieces.push(...cell.pieces({ start: done, end: at.start }));
    pieces.push({ text: "None", outer: { start: first.outer.start, end: last.outer.end } });
    done = at.end;
  }
  return [...pieces, ...cell.pieces({ start: done, end: body.end })];
}
