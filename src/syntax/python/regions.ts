import type { Span } from "../../rule/value.ts";
import { fragmentSyntax } from "../fragment.ts";
import { type Piece, regionOf } from "../region.ts";
import { type Node, nodeAt } from "../source/tree.ts";
import type { Mention, Region } from "../syntax.ts";
import type { IsWorth } from "../trigger.ts";
import { follow } from "./follow.ts";
import type { Module } from "./names.ts";
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
  const { pieces } = stringText(module.text, node) ?? { pieces: [] };
  const text = pieces.map((piece) => piece.text).join("");
  const syntax = fragmentSyntax(text);
  if (syntax !== "shell" && !(syntax === "json" && JSON_REQUEST.test(text))) return undefined;
  return regionOf({ syntax, label: "string", pieces, encode: encodeIn(module, node) });
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
function commandRegion({ text }: Module, list: Node): Region | undefined {
  const pieces: Piece[] = [];
  let end = list.start + 1;
  for (const part of list.parts) {
    const words =
      stringText(text, part)
        ?.pieces.map((piece) => piece.text)
        .join("") ?? `\${${text.slice(part.start, part.end).replaceAll(/\W+/g, "_")}}`;
    const isPlain = /^[\w./:@%+=,${}-]+$/.test(words);
    if (words.includes("'")) return undefined;
    const said = isPlain ? words : `'${words}'`;
    pieces.push({ text: pieces.length > 0 ? ` ${said}` : said, outer: { start: end, end: part.end } });
    end = part.end;
  }
  return regionOf({ syntax: "shell", label: "command", pieces, encode: (put) => put });
}
