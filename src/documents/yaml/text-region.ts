import { CST } from "yaml";
import { lineStart } from "../../sources/lines.ts";
import type { Span } from "../../rule/value.ts";
import { lineRegion, type Piece, regionOf } from "../../sources/region.ts";
import type { Region } from "../../sources/syntax.ts";
import { lineEnd } from "./mapping.ts";
import { contentStart, header, type Scalar } from "./scalar.ts";

/** A text as a region, and whether new lines can be written in it exactly where they are put. */
export interface TextRegion {
  region: Region | undefined;
  isExact: boolean;
}

/** The region that a scalar's text is. */
export function textRegion(source: string, scalar: Scalar, syntax: string): TextRegion {
  const label = `${syntax} string`;
  const { token } = scalar;
  if (token.type !== "block-scalar") return quotedRegion(source, scalar, syntax, label);
  const lines = linesOf(source, scalar, token);
  if (scalar.style === "literal") {
    const region = lineRegion(syntax, label, source, lines);
    return { region: isSame(region, scalar) ? region : undefined, isExact: true };
  }
  return foldedRegion(source, scalar, lines, syntax, label);
}

/** The lines of a block scalar without their indentation, up to the last one that says something. */
function linesOf(source: string, { end }: Scalar, token: CST.BlockScalar): Span[] {
  const lines: Span[] = [];
  for (let at = contentStart(token); at < end; at = lineEnd(source, at)) {
    lines.push({ start: at, end: at + source.slice(at, lineEnd(source, at)).replace(/\r?\n$/, "").length });
  }
  const spaces = ({ start, end: stop }: Span) => /^ */.exec(source.slice(start, stop))?.[0].length ?? 0;
  const indicated = /[1-9]/.exec(header(token))?.[0];
  const firstFull = lines.find((line) => line.start + spaces(line) < line.end);
  const indent = indicated ? token.indent + Number(indicated) : firstFull ? spaces(firstFull) : 0;
  return lines.map(({ start, end: stop }) => ({ start: Math.min(start + indent, stop), end: stop }));
}

/** Lines that are joined with a space, as `>` does, or that keep their break, as those around an indented one do. */
function foldedRegion(
  source: string,
  scalar: Scalar,
  lines: readonly Span[],
  syntax: string,
  label: string,
): TextRegion {
  const pieces: Piece[] = [];
  let before: Span | undefined;
  let blanks = 0;
  for (const line of lines) {
    if (line.start === line.end) {
      blanks++;
      continue;
    }
    if (before || blanks > 0) {
      const folds = before !== undefined && !isIndented(source, before) && !isIndented(source, line);
      const breaks = before && !folds ? blanks + 1 : blanks;
      const outer = { start: before?.end ?? lines[0]?.start ?? line.start, end: line.start };
      pieces.push(...breakPieces(source, breaks === 0 ? " " : "\n".repeat(breaks), outer));
    }
    pieces.push({ text: source.slice(line.start, line.end), outer: line });
    before = line;
    blanks = 0;
  }
  const first = lines[0];
  const prefix =
    lineBreakOf(source) + (first ? source.slice(lineStart(source, first.start), first.start) : "");
  const encode = (text: string) => text.replaceAll(/\r\n|\n|\r/g, prefix);
  const region = regionOf({ syntax, label, pieces, encode });
  const isOneLine = region !== undefined && !region.text.includes("\n");
  const keepsBreaks = pieces.every(
    ({ text, outer }) => !/^[ \n]+$/.test(text) || isVerbatim(source, text, outer),
  );
  return { region: isSame(region, scalar) ? region : undefined, isExact: isOneLine || keepsBreaks };
}

/** A piece for each break where as many are written as are said, so that one of them can be taken out. */
function breakPieces(source: string, text: string, outer: Span): Piece[] {
  const written = source.slice(outer.start, outer.end).split(/(?<=\n)/);
  if (text === " " || text.length === 1 || !isVerbatim(source, text, outer)) return [{ text, outer }];
  let start = outer.start;
  return text.split("").map((lineBreak, index) => {
    const end = index === text.length - 1 ? outer.end : start + (written[index]?.length ?? 0);
    const piece = { text: lineBreak, outer: { start, end } };
    start = end;
    return piece;
  });
}

function isIndented(source: string, line: Span): boolean {
  return /[ \t]/.test(source[line.start] ?? "");
}

function isVerbatim(source: string, text: string, outer: Span): boolean {
  return text.split("\n").length === source.slice(outer.start, outer.end).split("\n").length;
}

/** Plain and quoted texts: line breaks are folded, and quotes have their escapes. */
function quotedRegion(source: string, scalar: Scalar, syntax: string, label: string): TextRegion {
  const { style } = scalar;
  const quotes = style === "plain" ? 0 : 1;
  const inner = source.slice(scalar.start + quotes, scalar.end - quotes);
  const parts = TOKENS[style === "single" || style === "double" ? style : "plain"];
  const pieces: Piece[] = [];
  for (const { 0: part, index } of inner.matchAll(parts)) {
    const start = scalar.start + quotes + index;
    const text = saidBy(part, style);
    if (text !== "") pieces.push({ text, outer: { start, end: start + part.length } });
  }
  const indent = " ".repeat(Math.max(scalar.token.type === "block-scalar" ? 0 : scalar.token.indent, 0) + 1);
  const lineBreak = lineBreakOf(source);
  const encode = (text: string): string => {
    if (style === "double") return JSON.stringify(text).slice(1, -1);
    const quoted = style === "single" ? text.replaceAll("'", "''") : text;
    return quoted.replaceAll(/\r\n|\n|\r/g, lineBreak + lineBreak + indent);
  };
  const region = regionOf({ syntax, label, pieces, encode });
  return {
    region: isSame(region, scalar) ? region : undefined,
    isExact: style === "double" || !region?.text.includes("\n"),
  };
}

const FOLD = String.raw`[ \t]*(?:\r?\n[ \t]*)+`;
/** The parts of a text: line breaks that are folded, escapes, and runs of characters that stand for themselves. */
const TOKENS = {
  plain: new RegExp(String.raw`${FOLD}|[ \t]+|[^ \t\r\n]+`, "g"),
  single: new RegExp(String.raw`${FOLD}|''|[ \t]+|[^ \t\r\n']+`, "g"),
  double: new RegExp(
    String.raw`${FOLD}|\\\r?\n[ \t]*|\\(?:x[^]{2}|u[^]{4}|U[^]{8}|[^])|[ \t]+|[^ \t\r\n\\]+`,
    "g",
  ),
};

function saidBy(part: string, style: Scalar["style"]): string {
  if (style === "single" && part === "''") return "'";
  if (style === "double" && part.startsWith("\\")) {
    if (/^\\\r?\n/.test(part)) return "";
    const token = { type: "double-quoted-scalar", offset: 0, indent: 0, source: `"${part}"` } as const;
    return CST.resolveAsScalar(token).value;
  }
  const breaks = part.trim() === "" ? part.split("\n").length - 1 : 0;
  if (breaks === 0) return part;
  return breaks === 1 ? " " : "\n".repeat(breaks - 1);
}

/** Tells whether the pieces say what YAML says: whatever was not thought of here is left alone. */
function isSame(region: Region | undefined, { text = "" }: Scalar): boolean {
  return region !== undefined && withoutLastBreaks(region.text) === withoutLastBreaks(text);
}

/** A regular expression would take quadratic time where many breaks stand in the middle. */
function withoutLastBreaks(text: string): string {
  const said = text.replaceAll("\r\n", "\n");
  let end = said.length;
  while (said[end - 1] === "\n") end--;
  return said.slice(0, end);
}

function lineBreakOf(source: string): string {
  return /\r?\n/.exec(source)?.[0] ?? "\n";
}
