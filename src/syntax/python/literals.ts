import type { Node } from "../source/tree.ts";
import { attributeValues } from "./attributes.ts";
import { argumentFor, calledName, callsOf, keyword, parameterAt, positional } from "./calls.ts";
import type { Module } from "./names.ts";
import { optionsOfParameter, optionValues } from "./options.ts";
import { bindsReaching } from "./reaching.ts";
import { knownText } from "./strings.ts";

/** The call by which a function came to run, where that is known: it says what the parameters are. */
export interface Given {
  owner: Node;
  call: Node;
}

/** One of the things in a list; several together where they are taken apart. */
export type Element = Node | readonly Element[];

const DEEPEST = 20;
const MOST = 200;
/** How many expressions are looked at before the rest counts as unknown. */
const MOST_STEPS = 600;

/** Looks up what expressions may be, where names get their values in the text. */
export class Literals {
  readonly #module: Module;
  readonly #given: Given | undefined;
  #left = MOST_STEPS;
  #depth = 0;

  constructor(module: Module, given?: Given) {
    this.#module = module;
    this.#given = given;
  }

  /** What an expression may be, as it is written: itself, but for names and what is looked up. What is not known is left out. */
  of(node: Node | undefined): Node[] {
    return (node && this.#once(() => this.#written(node))) ?? [];
  }

  /** What a place that binds a name may give it; undefined where it is none of those that are known. */
  boundTo(bind: Node): Node[] | undefined {
    return this.#once(() => this.#bound(bind));
  }

  /** What a loop over an expression goes through; undefined where that is not written in the text. */
  elements(list: Node | undefined): Element[] | undefined {
    return list && this.#once(() => this.#elementsOf(list));
  }

  #once<T>(look: () => T): T | undefined {
    if (this.#left-- <= 0 || this.#depth >= DEEPEST) return undefined;
    this.#depth++;
    const found = look();
    this.#depth--;
    return found;
  }

  #all(nodes: readonly (Node | undefined)[]): Node[] {
    return nodes.flatMap((one) => this.of(one)).slice(0, MOST);
  }

  #written(node: Node): Node[] {
    switch (node.type) {
      case "parenthesized_expression":
      case "await":
        return this.of(node.parts[0]);
      case "boolean_operator":
        return this.#all(node.parts);
      case "conditional_expression":
        return this.#all([node.parts[0], node.parts[2]]);
      case "identifier":
        return this.#all(bindsReaching(this.#module, node).flatMap((bind) => this.boundTo(bind) ?? []));
      case "attribute":
        return this.#all(attributeValues(this.#module, node));
      case "subscript":
        return this.#all(this.itemsAt(node));
      default:
        return [node];
    }
  }

  #bound(bind: Node): Node[] | undefined {
    const parameter = parameterAt(this.#module, bind);
    if (parameter) {
      const calls =
        this.#given?.owner === parameter.owner ? [this.#given.call] : callsOf(this.#module, parameter.owner);
      const values = [
        ...calls.map((call) => argumentFor(this.#module, call, parameter)),
        parameter.default,
        ...optionsOfParameter(this.#module, parameter),
      ];
      return [...new Set(this.#given?.owner === parameter.owner ? values.slice(0, 1) : values)].filter(
        (value) => value !== undefined,
      );
    }
    const indices: number[] = [];
    let node = bind;
    for (let { parent } = node; parent && PATTERNS.includes(parent.type); { parent } = node) {
      indices.unshift(parent.parts.indexOf(node));
      node = parent;
    }
    const { parent } = node;
    switch (parent?.type) {
      case "assignment": {
        const right = node.is("left") ? parent.field("right") : undefined;
        if (!right || indices.length === 0) return right && [right];
        return this.of(right).flatMap((one) => taken(one, indices));
      }
      case "named_expression": {
        const value = parent.field("value");
        return value && [value];
      }
      case "for_statement":
      case "for_in_clause":
        return this.elements(parent.field("right"))?.flatMap((one) => taken(one, indices));
      default:
        return undefined;
    }
  }

  #elementsOf(list: Node): Element[] | undefined {
    switch (list.type) {
      case "list":
      case "tuple":
      case "set":
      case "expression_list":
        return list.parts.flatMap((part) =>
          part.type === "list_splat" ? (this.elements(part.parts[0]) ?? []) : [part],
        );
      case "dictionary":
        return pairsOf(list).map(({ key }) => key);
      case "binary_operator": {
        const parts = [this.elements(list.field("left")), this.elements(list.field("right"))];
        return parts.some((part) => part) ? parts.flatMap((part) => part ?? []) : undefined;
      }
      case "call":
        return this.#inCall(list);
      default: {
        const literals = this.of(list).filter((one) => one !== list);
        const found = literals.map((one) => this.elements(one)).filter((one) => one !== undefined);
        return found.length > 0 ? found.flat() : undefined;
      }
    }
  }

  /** What a call gives to go through. */
  #inCall(call: Node): Element[] | undefined {
    const object = call.field("function")?.field("object");
    const args = positional(call);
    const pairs = (): Pair[] =>
      this.of(object)
        .filter(({ type }) => type === "dictionary")
        .flatMap(pairsOf);
    switch (calledName(this.#module, call)) {
      case "items":
        return pairs().map(({ key, value }) => [key, value]);
      case "values":
        return pairs().map(({ value }) => value);
      case "keys":
        return pairs().map(({ key }) => key);
      case "enumerate":
        return this.elements(args[0])?.map((one) => [[], one]);
      case "zip": {
        const lists = args.map((one) => this.elements(one) ?? []);
        const longest = Math.min(MOST, Math.max(0, ...lists.map((one) => one.length)));
        return Array.from({ length: longest }, (_, index) => lists.map((one) => one[index] ?? []));
      }
      case "sorted":
      case "reversed":
      case "list":
      case "tuple":
      case "set":
      case "iter":
      case "tqdm":
      case "track":
        return this.elements(args[0]);
      default:
        return undefined;
    }
  }

  /** What a subscript may give: the value at a known key, or any value. */
  itemsAt(subscript: Node): Node[] {
    const [object, index] = [subscript.field("value"), subscript.field("subscript")];
    const [key, otherKey] = this.of(index).map((one) => knownText(this.#module.text, one));
    const isKnown = key !== undefined && otherKey === undefined;
    const found = this.of(object).flatMap((one) => {
      if (/^(list|tuple)$/.test(one.type)) {
        const place = Number(index && this.#module.text.slice(index.start, index.end));
        const part = Number.isInteger(place) ? one.parts.at(place) : undefined;
        return part ? [part] : one.parts;
      }
      if (one.type === "call" && isKnown && calledName(this.#module, one) === "dict") {
        return keyword(this.#module, one, key) ?? [];
      }
      const pairs = one.type === "dictionary" ? pairsOf(one) : [];
      const exact = isKnown ? pairs.filter((pair) => knownText(this.#module.text, pair.key) === key) : [];
      return (exact.length > 0 ? exact : pairs).map(({ value }) => value);
    });
    // `options["file"]` of a command that Django runs.
    return found.length === 0 && isKnown ? optionValues(this.#module, key) : found;
  }
}

const PATTERNS = ["pattern_list", "tuple_pattern", "list_pattern"];

/** The part of an element that a pattern gives a name: `b` of `(a, b)` is the one at 1. */
function taken(element: Element | undefined, indices: readonly number[]): Node[] {
  const [index, ...rest] = indices;
  if (element === undefined) return [];
  if (index === undefined) return isNode(element) ? [element] : [];
  if (!isNode(element)) return taken(element[index], rest);
  return /^(list|tuple|expression_list)$/.test(element.type) ? taken(element.parts[index], rest) : [];
}

/** Whether an element is one thing, and not several together. */
export function isNode(element: Element): element is Node {
  return !Array.isArray(element);
}

interface Pair {
  key: Node;
  value: Node;
}

function pairsOf(dictionary: Node): Pair[] {
  return dictionary.parts.flatMap((pair) => {
    const [key, value] = [pair.field("key"), pair.field("value")];
    return pair.type === "pair" && key && value ? [{ key, value }] : [];
  });
}
