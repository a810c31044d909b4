import { isCommand, mayHoldJson, saidInHole, verbsIn } from "../command-words.ts";
import { fragmentSyntax } from "../fragment.ts";
import type { Piece } from "../region.ts";
import type { Node } from "../source/tree.ts";
import { calledName, callsOf } from "./calls.ts";
import type { Given } from "./literals.ts";
import type { Module } from "./names.ts";
import { pathsOf } from "./paths.ts";
import { stringText } from "./strings.ts";
import { isPath } from "../words.ts";

/**
 * The command lines that a string is, or begins, in pieces: with what is put behind it, and with what is known of its
 * holes, one line for each call of the function in which it stands. Undefined where it may hold a request, or is no
 * command: then the string counts as it is written.
 */
export function commandPieces(module: Module, string: Node): Piece[] | undefined {
  const top = wholeText(module, string);
  const plain = piecesOf(module, top, undefined);
  const text = saidBy(plain);
  if (!(isCommand(text) || fragmentSyntax(text) === "shell") || mayHoldJson(text)) return undefined;
  const variants = waysTo(module, string).flatMap((given) => {
    const verbs = holesOf(plain).flatMap(({ node }) => verbsIn(pathsOf(module, node, given)));
    return verbs.length > 0
      ? verbs.map((verb) => piecesOf(module, top, given, verb))
      : [piecesOf(module, top, given)];
  });
  const lines = new Map(variants.map((pieces) => [saidBy(pieces), pieces]));
  const between: Piece = { text: "\n", outer: { start: top.end, end: top.end } };
  return [...lines.values()].flatMap((pieces, index) => (index > 0 ? [between, ...pieces] : pieces));
}

/** The pieces of a string in which a request may stand: with the names of files that fill its holes. */
export function plainPieces(module: Module, string: Node): Piece[] {
  const raw = rawPieces(module, string);
  return piecesOf(module, string, undefined).map((piece, index) =>
    piece.node && !piece.text.split(" ").every(isPath) ? (raw[index] ?? piece) : piece,
  );
}

const MOST_WAYS = 16;

/** The calls by which a function with a command in it may run; undefined for any. */
export function waysTo(module: Module, node: Node): (Given | undefined)[] {
  const owner = node.within("function_definition");
  const calls = owner ? callsOf(module, owner) : [];
  return owner && calls.length > 0 && calls.length <= MOST_WAYS
    ? calls.map((call) => ({ owner, call }))
    : [undefined];
}

/** The expression that a string is the beginning of: `"lk … " + path`, `"lk … %s" % path`, `"lk … {}".format(path)`. */
function wholeText(module: Module, string: Node): Node {
  let top = string;
  for (let { parent } = top; parent; { parent } = top) {
    const isFormatted =
      parent.type === "attribute" &&
      top.is("object") &&
      parent.parent?.type === "call" &&
      calledName(module, parent.parent) === "format";
    if (isFormatted && parent.parent) top = parent.parent;
    else if (/^(binary_operator|parenthesized_expression)$/.test(parent.type)) top = parent;
    else break;
  }
  return top;
}

/** A piece, and the expression that fills it. */
interface Filled extends Piece {
  node?: Node;
}

function holesOf(pieces: readonly Filled[]): { node: Node }[] {
  return pieces.flatMap(({ node }) => (node ? [{ node }] : []));
}

function saidBy(pieces: readonly Piece[]): string {
  return pieces.map(({ text }) => text).join("");
}

function piecesOf(module: Module, node: Node, given: Given | undefined, verb?: string): Filled[] {
  const raw = rawPieces(module, node);
  return raw.map((piece, index): Filled => {
    if (!piece.node) return piece;
    const texts = pathsOf(module, piece.node, given);
    if (verb !== undefined && verbsIn(texts).includes(verb)) return { ...piece, text: verb };
    const [before, after] = [raw.slice(0, index), raw.slice(index + 1)].map(saidBy);
    return { ...piece, text: saidInHole(texts, before ?? "", after ?? "") ?? piece.text };
  });
}

/** The literal pieces of a text and its holes, which say `${…}`. */
function rawPieces(module: Module, node: Node): Filled[] {
  const [left, right] = [node.field("left"), node.field("right")];
  const operator = node.field("operator");
  const isSum =
    node.type === "binary_operator" && operator && module.text.slice(operator.start, operator.end) === "+";
  if (isSum && left && right) return [...rawPieces(module, left), ...rawPieces(module, right)];
  const [inner] = node.parts;
  if (node.type === "parenthesized_expression" && inner) return rawPieces(module, inner);
  const strings = node.type === "concatenated_string" ? node.parts : [node];
  if (strings.some(({ type }) => type !== "string")) {
    const [text = "${}"] = pathsOf(module, node);
    return [{ text, outer: { start: node.start, end: node.end }, node }];
  }
  return strings.flatMap((string) =>
    (stringText(module.text, string)?.pieces ?? []).map((piece): Filled => {
      const hole = string.children.find(
        ({ type, start }) => type === "interpolation" && start === piece.outer.start,
      );
      const filler = hole?.field("expression") ?? hole?.parts[0];
      return filler ? { ...piece, node: filler } : piece;
    }),
  );
}
