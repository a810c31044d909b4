import type { Node } from "../../engine/tree.ts";
import { isShown } from "../callee-effects.ts";
import { type Module, textOf } from "../scopes.ts";
import { knownText } from "../strings.ts";
import { attributeReached } from "./attributes.ts";
import { assigned, bound } from "./assignments.ts";
import { nameExport } from "./exports.ts";
import { given } from "./arguments.ts";
import { dictMethod, keyReached } from "./keys.ts";
import { checkOrder } from "./order.ts";
import { returned } from "./results.ts";
import {
  type Access,
  type Certainty,
  doubt,
  type Followed,
  isNew,
  newSearch,
  type Search,
  type Step,
  weaker,
} from "./search.ts";
import { nameReaders, showsItsText } from "./uses.ts";

/** How many steps a request is followed. */
const FARTHEST = 200;

/** Follows the value of an expression through the text. What can't be followed becomes a remark. */
export function follow(module: Module, value: Node, access: Access): Followed {
  const search = newSearch(module, access);
  walk(search, { node: value, certainty: "own" }, 0);
  nameExport(search);
  if (!nameReaders(search)) checkOrder(search, value);
  return search.found;
}

function walk(search: Search, step: Step, depth: number): void {
  if (!isNew(search, step)) return;
  if (depth > FARTHEST) return doubt(search, step.node, "too-far");
  for (const next of goesOn(search, step) ?? []) walk(search, next, depth + 1);
}

/** The expressions that have the value of this one next; undefined, or none, where it ends here. */
function goesOn(search: Search, { node, certainty }: Step): Iterable<Step> | undefined {
  const { parent } = node;
  switch (parent?.type) {
    case "parenthesized_expression":
    case "await":
      return [{ node: parent, certainty }];
    case "conditional_expression":
      return parent.parts[1] === node ? undefined : [{ node: parent, certainty: weaker(certainty) }];
    case "boolean_operator":
      return [{ node: parent, certainty: weaker(certainty) }];
    case "named_expression":
      if (!node.is("value")) break;
      return [...bound(search, parent.field("name"), certainty), { node: parent, certainty }];
    case "default_parameter":
    case "typed_default_parameter":
      if (!node.is("value")) break;
      return bound(search, parent.field("name"), "foreign");
    case "assignment":
      return assigned(search, node, parent, certainty);
    case "return_statement":
      return returned(search, parent, certainty);
    case "keyword_argument": {
      if (!node.is("value") || parent.parent?.type !== "argument_list") return undefined;
      const name = textOf(search.module, parent.field("name") ?? parent);
      return given(search, parent, parent.parent, certainty, name);
    }
    case "argument_list":
      return given(search, node, parent, certainty);
    case "attribute": {
      // JSON as bytes.
      const isEncoded = search.access === "keys" && textOf(search.module, parent).endsWith(".encode");
      if (isEncoded && parent.is("function") && parent.parent) return [{ node: parent.parent, certainty }];
      break;
    }
    default:
  }
  usedHere(search, node, certainty);
  return undefined;
}

/** Notes what is done with a value that goes nowhere else. */
function usedHere(search: Search, node: Node, certainty: Certainty): void {
  const { module, access, found } = search;
  const { parent } = node;
  switch (parent?.type) {
    case undefined:
    case "expression_statement":
    case "module":
    case "not_operator":
    case "assert_statement":
    case "if_clause":
    case "delete_statement":
      return;
    case "if_statement":
    case "elif_clause":
    case "while_statement":
      if (node.is("condition")) return;
      break;
    case "comparison_operator":
      if (/\bis\b/.test(textOf(module, parent))) return;
      return doubt(search, parent, "compared", access === "keys" ? "manual" : "review");
    case "yield":
      search.handedOut.push(parent);
      return doubt(search, parent, "yielded", "review");
    case "dictionary_splat":
      found.spreads.push(parent);
      return;
    case "attribute":
      if (!node.is("object")) break;
      return access === "keys"
        ? dictMethod(search, node, parent, certainty)
        : attributeReached(search, node, parent, certainty);
    case "subscript":
      if (!node.is("value")) break;
      return keyReached(search, node, parent, certainty);
    case "interpolation":
      if (showsItsText(node)) break;
      // What is printed for people may say something else.
      if (isShown(module, parent)) return;
      return doubt(search, parent, "text", "review");
    case "binary_operator":
      if (isShown(module, node)) return;
      break;
    case "pair":
      if (!node.is("value")) break;
      found.heldAs.push(knownText(module.text, parent.field("key")) ?? "");
      return access === "keys" ? undefined : doubt(search, parent, "in-dict", "review");
    case "list":
    case "tuple":
    case "set":
    case "list_comprehension":
    case "generator_expression":
      return doubt(search, parent, "in-collection", "review");
    case "expression_list":
      if (parent.parent?.type !== "return_statement") break;
      return doubt(search, parent, "returned-with-others", "review");
    case "lambda":
      return doubt(search, parent, "returned-by-lambda", "review");
    default:
  }
  doubt(search, parent ?? node, "any-way");
}
