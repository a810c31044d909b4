import { fragmentSyntax } from "../../sources/embedded-language.ts";
import { readJson } from "../../documents/json/read.ts";
import { type Piece, regionOf } from "../../sources/region.ts";
import type { Region } from "../../sources/syntax.ts";
import { type IsWorth, looksLikeRequest } from "../../sources/trigger.ts";
import { encode, EXPANDED, unitsOf } from "./quoting.ts";
import { masked } from "./request-text.ts";
import type { Heredoc } from "../../sources/script.ts";

/**
 * The body of a heredoc as a region, in the language of the file or program that takes it, else in the one that it
 * begins like. Undefined where neither tells, or where it only begins like something.
 */
export function heredocFragment(
  text: string,
  heredoc: Heredoc,
  calledAs: string,
  isWorth: IsWorth,
): Region | undefined {
  const units = heredoc.parts.flatMap((part) => unitsOf(text, part));
  const plain = heredoc.stripsTabs ? withoutTabs(text, units, Infinity).pieces : units;
  const body = plain.map((piece) => piece.text).join("");
  const syntax = fragmentSyntax(body, calledAs);
  if (syntax === undefined || !isWorth(body)) return undefined;
  const isJson = syntax === "json";
  const readable = isJson ? units.map(masked) : units;
  if (fragmentSyntax("", calledAs) === undefined && !isLikely(syntax, textOf(readable))) return undefined;
  const quoting = heredoc.expands ? "heredoc" : "verbatim";
  const label = "heredoc";
  const filled = heredoc.expands ? EXPANDED : undefined;
  if (!heredoc.stripsTabs)
    return regionOf({ syntax, label, pieces: readable, encode: encode[quoting], filled });
  // JSON keeps the tabs that not all lines share, so that its lines are indented as they were.
  const { pieces, prefixes } = withoutTabs(text, readable, isJson ? sharedTabs(text, heredoc) : Infinity);
  return regionOf({
    syntax,
    label,
    pieces,
    filled,
    encode: (added, piece) =>
      encode[quoting](added).replaceAll(/\r?\n/g, (lineBreak) => lineBreak + (prefixes.get(piece) ?? "")),
  });
}

/** Tells whether a text that begins like a language, and of which nothing else is known, is more than prose in it. */
function isLikely(syntax: string, body: string): boolean {
  if (syntax === "json") return "value" in readJson(body) || looksLikeRequest(body);
  if (syntax === "yaml") return /^\s*(- )?["']?(dispatch_?rule|trunk_?ids|rule)["']?:/im.test(body);
  return true;
}

function textOf(pieces: readonly Piece[]): string {
  return pieces.map((piece) => piece.text).join("");
}

/** The number of tabs that all lines of the body begin with, but for blank ones. */
function sharedTabs(text: string, { body }: Heredoc): number {
  let least = Infinity;
  for (const line of text.slice(body.start, body.end).split("\n")) {
    if (line.trim() !== "") least = Math.min(least, /^\t*/.exec(line)?.[0].length ?? 0);
  }
  return least;
}

/**
 * The pieces without the tabs at the front of each line, at most so many of them; and what new lines have to begin
 * with that are put in a piece. Line breaks that are part of a substitution begin no line.
 */
function withoutTabs(
  text: string,
  pieces: readonly Piece[],
  most: number,
): { pieces: Piece[]; prefixes: Map<Piece, string> } {
  const kept: Piece[] = [];
  const prefixes = new Map<Piece, string>();
  let prefix = "";
  let atLineStart = true;
  for (const { text: said, outer } of pieces) {
    const verbatim = said === text.slice(outer.start, outer.end) && !/^(\$[({]|`)/.test(said);
    const lines = verbatim ? said.split(/(?<=\n)/) : [said];
    let start = outer.start;
    for (const line of lines) {
      const end = verbatim ? start + line.length : outer.end;
      const tabs = atLineStart && verbatim ? (/^\t*/.exec(line)?.[0].slice(0, most).length ?? 0) : 0;
      if (atLineStart) prefix = "\t".repeat(tabs);
      atLineStart = verbatim && line.endsWith("\n");
      const piece = { text: line.slice(tabs), outer: { start: start + tabs, end } };
      start = end;
      if (piece.text === "") continue;
      kept.push(piece);
      prefixes.set(piece, prefix);
    }
  }
  return { pieces: kept, prefixes };
}
