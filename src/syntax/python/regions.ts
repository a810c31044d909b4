import type { Span } from "../../rule/value.ts";
import { fragmentSyntax } from "../fragment.ts";
import { type Piece, regionOf } from "../region.ts";
import { type Node, nodeAt } from "../source/tree.ts";
import type { Mention, Region } from "../syntax.ts";
import type { IsWorth } from "../trigger.ts";
import { follow } from "./follow/follow.ts";
import type { Module } from "./names.ts";
import { isPath } from "../words.ts";
import { pathsOf } from "./paths.ts";
import { purposesOf } from "./purpose.ts";
import { encodeInString, stringText } from "./strings.ts";

/** The documents that stand in strings, and what the code does with them. */
export interface InStrings {
  regions: Region[];
  mentions: Mention[];
}

/** Finds JSON and shell commands in the strings of a text, and commands that are lists; not in what is `taken`. */
export function regionsIn(
  module: Module,
  strings: readonly Span[],
  taken: readonly Span[],
  isWorth: IsWorth,
): InStrings {
  const found: InStrings = { regions: [], mentions: [] };
  const nodes = new Set<Node>();
  for (const { start, end } of strings) {
    const text = module.text.slice(start, end);
    if (!isWorth(text) && !PROGRAM.test(text.slice(1, -1))) continue;
    if (taken.some((one) => one.start <= start && end <= one.end)) continue;
    const node = nodeAt(module.root, start).within("string");
    const whole = node?.parent?.type === "concatenated_string" ? node.parent : node;
    if (whole) nodes.add(commandList(module, whole) ?? whole);
  }
  for (const node of [...nodes].toSorted((a, b) => a.start - b.start)) {
    if (!isWorth(module.text.slice(node.start, node.end))) continue;
    const region = node.type === "list" ? commandRegion(module, node) : stringRegion(module, node);
    if (!region) continue;
    for (const does of purposesOf(module, follow(module, node, "keys").calls)) {
      const at = { start: node.start, end: node.end };
      if (region.syntax === "json") found.mentions.push({ does, at, region: found.regions.length });
    }
    found.regions.push(region);
  }
  return found;
}

function stringRegion(module: Module, node: Node): Region | undefined {
  const said = stringText(module.text, node)?.pieces ?? [];
  const pieces = said.map((piece) => ({ ...piece, text: fileNamed(module, piece) ?? piece.text }));
  const text = pieces.map((piece) => piece.text).join("");
  const syntax = fragmentSyntax(text);
  if (syntax !== "shell" && !(syntax === "json" && JSON_REQUEST.test(text))) return undefined;
  // Python has more ways to fill a string in than can be told by how a placeholder begins.
  return regionOf({ syntax, label: "string", pieces, encode: encodeIn(module, node), filled: /^/ });
}

/** The names of files that an interpolation stands for. */
function fileNamed(module: Module, { text, outer }: Piece): string | undefined {
  if (!text.startsWith("${")) return undefined;
  const hole = nodeAt(module.root, outer.start).within("interpolation", "string");
  const expression = hole?.type === "interpolation" ? hole.parts[0] : undefined;
  return expression && namesOfFiles(module, expression);
}

/** The paths that an expression may be, as words of a command; undefined for one that is not known to name files. */
function namesOfFiles(module: Module, expression: Node): string | undefined {
  const paths = pathsOf(module, expression);
  return paths.every(isPath) ? paths.join(" ") : undefined;
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

const PROGRAM = /(^|\/)(lk|livekit-cli)$/;

/** The list of words of a command of which a string is one. */
function commandList(module: Module, string: Node): Node | undefined {
  const list = string.parent?.type === "list" ? string.parent : undefined;
  const [program] = list?.parts ?? [];
  const name = program && stringText(module.text, program)?.pieces[0]?.text;
  return name !== undefined && PROGRAM.test(name) ? list : undefined;
}

/** `["lk", "sip", "dispatch", "create", path]` as the command line that it is; nothing in it is ever edited. */
function commandRegion(module: Module, list: Node): Region | undefined {
  const { text } = module;
  const pieces: Piece[] = [];
  let end = list.start + 1;
  for (const part of list.parts) {
    const said = namesOfFiles(module, part) ?? wordOf(text, part);
    if (said === undefined) return undefined;
    pieces.push({ text: pieces.length > 0 ? ` ${said}` : said, outer: { start: end, end: part.end } });
    end = part.end;
  }
  return regionOf({ syntax: "shell", label: "command", pieces, encode: (put) => put });
}

/** An argument as a word of a command line; undefined for one that can't be written as such. */
function wordOf(text: string, part: Node): string | undefined {
  const word =
    stringText(text, part)
      ?.pieces.map((piece) => piece.text)
      .join("") ?? `\${${text.slice(part.start, part.end).replaceAll(/\W+/g, "_")}}`;
  if (word.includes("'")) return undefined;
  return /^[\w./:@%+=,${}-]+$/.test(word) ? word : `'${word}'`;
}
