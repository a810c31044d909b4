import type { Span } from "../../rule/value.ts";
import { fragmentSyntax } from "../../sources/embedded-language.ts";
import { type Piece, regionOf } from "../../sources/region.ts";
import { type Node, nodeAt } from "../engine/tree.ts";
import type { Region } from "../../sources/syntax.ts";
import type { IsWorth } from "../../sources/trigger.ts";
import { follow } from "./follow/follow.ts";
import { type Module, textOf } from "./scopes.ts";
import { isShown } from "./callee-effects.ts";
import { purposesOf } from "./call-purpose.ts";
import { encodeInString, stringText } from "./strings.ts";
import { spanAt } from "../../sources/search.ts";
import { sendFact, type Fact } from "../../sources/fact.ts";

/** The documents that stand in strings, and what the code does with them. */
export interface InStrings {
  regions: Region[];
  facts: Fact[];
}

/** Finds JSON and shell commands in the strings of a text; not in what is `taken`, in order. */
export function regionsIn(
  module: Module,
  strings: readonly Span[],
  taken: readonly Span[],
  isWorth: IsWorth,
): InStrings {
  const found: InStrings = { regions: [], facts: [] };
  const nodes = new Map<Node, Region | undefined>();
  for (const { start, end } of strings) {
    const text = module.text.slice(start, end);
    if (!isWorth(text)) continue;
    if (end <= (spanAt(taken, start)?.end ?? 0)) continue;
    const node = nodeAt(module.root, start).within("string");
    const whole = node?.parent?.type === "concatenated_string" ? node.parent : node;
    if (whole) {
      const region = stringRegion(module, whole);
      nodes.set(whole, region && isForPeople(module, whole) ? { ...region, shown: true } : region);
    }
  }
  for (const [node, region] of [...nodes].toSorted(([a], [b]) => a.start - b.start)) {
    if (!region) continue;
    if (region.syntax === "json") {
      const { calls } = follow(module, node, "keys");
      const index = found.regions.length;
      for (const [does, at] of purposesOf(module, calls))
        found.facts.push(sendFact(at, does, { region: index }));
    }
    found.regions.push(region);
  }
  return found;
}

/** Tells whether a string is a docstring, what a program says of itself, or printed. */
function isForPeople(module: Module, string: Node): boolean {
  const { parent } = string;
  const name = parent?.type === "keyword_argument" ? parent.field("name") : undefined;
  if (name && /^(help|description|epilog|usage)$/.test(textOf(module, name))) return true;
  return parent?.type === "expression_statement" || isShown(module, string);
}

function stringRegion(module: Module, node: Node): Region | undefined {
  const pieces = stringText(module.text, node)?.pieces ?? [];
  const text = pieces.map((piece) => piece.text).join("");
  const syntax = fragmentSyntax(text);
  if (syntax !== "shell" && !(syntax === "json" && JSON_REQUEST.test(text))) return undefined;
  // Python has more ways to fill a string in than can be told by how a placeholder begins.
  const put = syntax === "json" ? pieces.map((piece) => withCall(module, piece)) : pieces;
  return regionOf({ syntax, label: "string", pieces: put, encode: encodeIn(module, node), filled: /^/ });
}

/** A placeholder shows whether something is called for it, because the order of calls counts. */
function withCall({ text }: Module, piece: Piece): Piece {
  const isCall =
    /^\$\{\w*\}$/.test(piece.text) && text.slice(piece.outer.start, piece.outer.end).includes("(");
  return isCall ? { ...piece, text: piece.text.replace("}", "()}") } : piece;
}

/** An object or a list, with a key of a request in it; not a template of another kind that begins with a brace. */
const JSON_REQUEST = /^\s*[[{](?=\s*["/[{])[^]*"(rule|dispatch_?[rR]ule|trunk_?[iI]ds)"\s*:/;

function encodeIn({ text }: Module, node: Node): (put: string, piece: Piece) => string {
  const parts = node.type === "concatenated_string" ? node.parts : [node];
  return (put, { outer }) => {
    const part = parts.find((one) => one.start <= outer.start && outer.end <= one.end) ?? node;
    const start = part.children[0];
    return encodeInString(put, start ? text.slice(start.start, start.end) : '"');
  };
}
