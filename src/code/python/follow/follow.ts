import type { Node } from "../../engine/tree.ts";
import { isShown } from "../callee-effects.ts";
import { type Module, textOf } from "../scopes.ts";
import { knownText } from "../strings.ts";
import { assigned, bound } from "./assignments.ts";
import { nameExport } from "./exports.ts";
import { given } from "./arguments.ts";
import { fieldReached } from "./fields.ts";
import { returned } from "./results.ts";
import { type Access, doubt, type Followed, isNew, newSearch, type Search, type Step } from "./search.ts";
import { nameReaders } from "./uses.ts";

/** How many steps a request is followed. */
const FARTHEST = 200;

/** Follows the value of an expression through the text. What can't be followed becomes a remark. */
export function follow(module: Module, value: Node, access: Access): Followed {
  const search = newSearch(module, access, value);
  walk(search, { node: value, isOwn: true }, 0);
  nameExport(search);
  nameReaders(search);
  return search.found;
}

function walk(search: Search, step: Step, depth: number): void {
  if (!isNew(search, step)) return;
  if (depth > FARTHEST) return doubt(search, step.node, "any-way");
  for (const next of goesOn(search, step) ?? []) {
    walk(next.access ? { ...search, access: next.access } : search, next, depth + 1);
  }
}

/** The expressions that have the value of this one next; undefined, or none, where it ends here. */
function goesOn(search: Search, { node, isOwn }: Step): Iterable<Step> | undefined {
  const { parent } = node;
  switch (parent?.type) {
    case "parenthesized_expression":
    case "await":
      return [{ node: parent, isOwn }];
    case "conditional_expression":
      return parent.parts[1] === node ? undefined : [{ node: parent, isOwn: false }];
    case "boolean_operator":
      return [{ node: parent, isOwn: false }];
    case "named_expression":
      if (!node.is("value")) break;
      return [...bound(search, parent.field("name"), isOwn), { node: parent, isOwn }];
    case "default_parameter":
    case "typed_default_parameter":
      if (!node.is("value")) break;
      return bound(search, parent.field("name"), false);
    case "assignment":
      return assigned(search, node, parent, isOwn);
    case "return_statement":
      return returned(search, parent, isOwn);
    case "keyword_argument": {
      if (!node.is("value") || parent.parent?.type !== "argument_list") return undefined;
      const name = textOf(search.module, parent.field("name") ?? parent);
      return given(search, parent, parent.parent, isOwn, name);
    }
    case "argument_list":
      return given(search, node, parent, isOwn);
    case "attribute": {
      if (search.access === "attributes" || !parent.is("function") || !parent.parent) break;
      if (!GIVES_ALL.test(textOf(search.module, parent))) break;
      return [{ node: parent.parent, isOwn }];
    }
    default:
  }
  usedHere(search, node, isOwn);
  return undefined;
}

/** A method that gives JSON as bytes, or what an object holds as a dict or as JSON. */
const GIVES_ALL = /\.(encode|model_dump|model_dump_json|to_dict|to_json|_asdict|dict|json)$/;

/** Notes what is done with a value that goes nowhere else. */
function usedHere(search: Search, node: Node, isOwn: boolean): void {
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
    case "dictionary_splat":
      found.spreads.push(parent);
      return;
    case "attribute":
    case "subscript":
      if (!node.is("object") && !node.is("value")) break;
      return fieldReached(search, node, parent, isOwn);
    case "interpolation":
      // What is printed for people may say something else.
      return isShown(module, node) ? undefined : doubt(search, parent, "text", "review");
    case "binary_operator":
      if (isShown(module, node)) return;
      break;
    case "pair":
      if (!node.is("value")) break;
      found.heldAs.push(knownText(module.text, parent.field("key")) ?? "");
      return access === "keys" ? undefined : doubt(search, parent, "kept", "review");
    case "list":
    case "tuple":
    case "set":
    case "list_comprehension":
    case "generator_expression":
    case "expression_list":
    case "lambda":
    case "yield":
      return doubt(search, parent, "kept", "review");
    default:
  }
  doubt(search, parent ?? node, "any-way");
}
