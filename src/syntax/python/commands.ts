import { commandLines, type Words } from "../command-words.ts";
import type { Node } from "../source/tree.ts";
import type { Region } from "../syntax.ts";
import { commandRegion } from "../words.ts";
import { attributeValues } from "./attributes.ts";
import {
  calledName,
  callsOf,
  functionsCalled,
  parameterAt,
  parameterOf,
  positional,
  receiver,
  returnsOf,
} from "./calls.ts";
import { bound } from "./carry.ts";
import { waysTo } from "./command-text.ts";
import { type Given, Literals } from "./literals.ts";
import { identifiersNamed, type Module, textOf, type Variable, variableOf } from "./names.ts";
import { pathsOf } from "./paths.ts";
import { bindsReaching } from "./reaching.ts";

/** A command that a text puts together: the list of words in which it begins, and what it says. */
export interface ListedCommand {
  node: Node;
  region: Region;
}

/**
 * The command for dispatch rules in which a string is a word: of a list, of the arguments of a call, of a text that is
 * split, with what is put before and behind it and what is added later. Several lines where it may be several commands.
 * Nothing in it is ever edited.
 */
export function listedCommand(module: Module, string: Node): ListedCommand | undefined {
  const node = listAround(module, string);
  if (!node) return undefined;
  const lines = new Set<string>();
  for (const use of usesOf(module, node)) {
    for (const given of waysTo(module, use)) {
      for (const words of new Commands(module, given).of(use)) {
        for (const line of commandLines(words)) lines.add(line);
      }
    }
  }
  const region = commandRegion([...lines].join("\n"), { start: node.start, end: node.end });
  return lines.size > 0 && region ? { node, region } : undefined;
}

const LISTS = ["list", "tuple", "set", "expression_list"];

/** The list, the arguments or the text that is split to which a string belongs. */
function listAround(module: Module, string: Node): Node | undefined {
  const { parent } = string;
  const split = parent?.type === "attribute" && string.is("object") ? parent.parent : parent?.parent;
  if (split?.type === "call" && calledName(module, split) === "split") return split;
  return parent && (LISTS.includes(parent.type) || parent.type === "argument_list") ? parent : undefined;
}

/** The expressions that hold a list and all that is put beside it. */
function usesOf(module: Module, list: Node): Node[] {
  const found = new Set<Node>();
  const seen = new Set<Node>();
  const open = [list];
  for (let node = open.pop(); node && seen.size < 300; node = open.pop()) {
    if (seen.has(node)) continue;
    seen.add(node);
    const next = outwards(module, node);
    if (next) open.push(...next);
    if (!next || next.length === 0) found.add(node);
  }
  return [...found];
}

/** The expressions that the words of a list go into next; undefined where it is used as it is. */
function outwards(module: Module, node: Node): Node[] | undefined {
  const { parent } = node;
  switch (parent?.type) {
    case "list_splat":
      return parent.parent ? [parent.parent] : undefined;
    case "binary_operator":
    case "parenthesized_expression":
    case "conditional_expression":
      return [parent];
    case "assignment": {
      const left = parent.field("left");
      const loads = [...bound(module, left).map(({ node: load }) => load), ...readsOfConstant(module, left)];
      return loads.filter(isRun);
    }
    case "return_statement": {
      const owner = parent.within("function_definition", "lambda");
      return owner?.type === "function_definition" ? callsOf(module, owner) : undefined;
    }
    case "attribute":
      return node.is("object") && parent.is("function") && parent.parent && isCopied(module, parent.parent)
        ? [parent.parent]
        : undefined;
    case "argument_list": {
      const call = parent.parent;
      if (!call || isCopied(module, call)) return call && [call];
      const given = functionsCalled(module, call).flatMap((owner) => {
        return bound(module, parameterOf(module, owner, node)).map(({ node: load }) => load);
      });
      return given.length > 0 ? given.filter(isRun) : undefined;
    }
    default:
      return undefined;
  }
}

/** Where a constant of a class is read: `self.COMMAND`, `Lk.COMMAND`. */
function readsOfConstant(module: Module, left: Node | undefined): Node[] {
  const isConstant =
    left?.type === "identifier" &&
    left.within("class_definition", "function_definition")?.type === "class_definition";
  const names = isConstant ? identifiersNamed(module, textOf(module, left)) : [];
  return names.flatMap((name) => (name.is("attribute") ? (name.parent ?? []) : []));
}

/** Whether a list is used here, and not only added to. */
function isRun({ parent }: Node): boolean {
  return parent?.type !== "attribute" || parent.parent?.parent?.type !== "expression_statement";
}

function isCopied(module: Module, call: Node): boolean {
  return call.type === "call" && /^(list|tuple|copy|deepcopy)$/.test(calledName(module, call));
}

const MOST_LISTS = 8;

/** Reads lists of words. */
class Commands {
  readonly #module: Module;
  readonly #given: Given | undefined;
  readonly #literals: Literals;
  #left = 200;
  #depth = 0;

  constructor(module: Module, given: Given | undefined) {
    this.#module = module;
    this.#given = given;
    this.#literals = new Literals(module, given);
  }

  /** What a list may be. None for what is no list that is known. */
  of(node: Node | undefined): Words[] {
    if (!node || this.#left-- <= 0 || this.#depth > 20) return [];
    this.#depth++;
    const found = this.#listed(node).slice(0, MOST_LISTS);
    this.#depth--;
    return found;
  }

  #listed(node: Node): Words[] {
    switch (node.type) {
      case "list":
      case "tuple":
      case "set":
      case "expression_list":
      case "argument_list":
        return this.#together(node.parts.filter(isWord));
      case "parenthesized_expression":
      case "await":
        return this.of(node.parts[0]);
      case "conditional_expression":
        return [node.parts[0], node.parts[2]].flatMap((part) => this.of(part));
      case "boolean_operator":
        return node.parts.flatMap((part) => this.of(part));
      case "binary_operator": {
        const [left, right] = [node.field("left"), node.field("right")].map((part) => this.of(part));
        const unknown: Words[] = [[["${}"]]];
        return joined(left?.length ? left : unknown, right?.length ? right : unknown);
      }
      case "identifier":
        return this.#named(node);
      case "attribute":
        return attributeValues(this.#module, node).flatMap((value) => this.of(value));
      case "subscript":
        return this.#literals.itemsAt(node).flatMap((value) => this.of(value));
      case "call":
        return this.#called(node);
      default:
        return [];
    }
  }

  /** The items of a list, one after the other. */
  #together(parts: readonly Node[]): Words[] {
    return parts.reduce<Words[]>(
      (lists, part) => {
        if (part.type !== "list_splat") return joined(lists, [[pathsOf(this.#module, part, this.#given)]]);
        const inner = this.of(part.parts[0]);
        return joined(lists, inner.length > 0 ? inner : [[["${}"]]]);
      },
      [[]],
    );
  }

  #called(call: Node): Words[] {
    const name = calledName(this.#module, call);
    const object = call.field("function")?.field("object");
    const [first] = positional(call);
    if (name === "split") {
      const isShlex = object === undefined || textOf(this.#module, object) === "shlex";
      const texts = pathsOf(this.#module, (isShlex ? first : object) ?? call, this.#given);
      return texts.map((text) =>
        text
          .trim()
          .split(/\s+/)
          .map((word) => [word.replaceAll(/["']/g, "")]),
      );
    }
    if (isCopied(this.#module, call)) return this.of(first ?? object);
    return functionsCalled(this.#module, call).flatMap((owner) =>
      returnsOf(owner).flatMap((value) => this.of(value)),
    );
  }

  /** What a name stands for, with what is added to it before it is used here. */
  #named(identifier: Node): Words[] {
    const lists = bindsReaching(this.#module, identifier).flatMap((bind) =>
      bind.parent?.type === "list_splat_pattern"
        ? this.#rest(bind)
        : (this.#literals.boundTo(bind) ?? []).flatMap((value) => this.of(value)),
    );
    return this.#added(variableOf(this.#module, identifier), identifier).reduce(joined, lists);
  }

  /** What a function is given as `*args`. */
  #rest(bind: Node): Words[] {
    const parameter = parameterAt(this.#module, bind);
    if (!parameter) return [];
    const { owner, index } = parameter;
    const calls = this.#given?.owner === owner ? [this.#given.call] : callsOf(this.#module, owner);
    return calls.flatMap((call) => {
      const words = (call.field("arguments")?.parts ?? []).filter(isWord);
      return this.#together(words.slice(index - receiver(this.#module, owner, call)));
    });
  }

  /** What is added to a list before a use of it: `cmd.append(path)`, `cmd.extend(…)`, `cmd += […]`. */
  #added({ loads, strange }: Variable, use: Node): Words[][] {
    const nodes = [...loads, ...strange].filter(({ start }) => start < use.start);
    return nodes
      .toSorted((a, b) => a.start - b.start)
      .flatMap((node): Words[][] => {
        const { parent } = node;
        const known = (one: Node | undefined): Words[] => {
          const lists = this.of(one);
          return lists.length > 0 ? lists : [[["${}"]]];
        };
        if (parent?.type === "augmented_assignment") return [known(parent.field("right"))];
        const call = parent?.type === "attribute" && parent.is("function") ? parent.parent : undefined;
        const [first] = call?.type === "call" ? positional(call) : [];
        if (!call || !first) return [];
        const name = calledName(this.#module, call);
        if (name === "append") return [[[pathsOf(this.#module, first, this.#given)]]];
        return name === "extend" ? [known(first)] : [];
      });
  }
}

function isWord({ type }: Node): boolean {
  return type !== "keyword_argument" && type !== "dictionary_splat";
}

function joined(left: readonly Words[], right: readonly Words[]): Words[] {
  return left.flatMap((one) => right.map((other) => [...one, ...other])).slice(0, MOST_LISTS);
}
