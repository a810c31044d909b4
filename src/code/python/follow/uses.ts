import type { Node } from "../../engine/tree.ts";
import type { Use } from "../../../sources/syntax.ts";
import { isShown } from "../callee-effects.ts";
import { textOf } from "../scopes.ts";
import { doubt, type Search } from "./search.ts";

const ASKS = /^(repr|str|len|type|id|isinstance|bool|format)$/;
const READING =
  /^(comparison_operator|not_operator|interpolation|boolean_operator|binary_operator|if_statement|elif_clause|while_statement|assert_statement)$/;

/** Notes that a field is reached here: to be renamed, or to be named where it may be another request's. */
export function noteUse(search: Search, use: Use, where: Node, isOwn: boolean): void {
  const printed = where.within("interpolation")?.children.some(({ type }) => type === "=");
  if (printed) return doubt(search, where, "expression-printed");
  if (isOwn) search.found.uses.push(use);
  else search.readers.push({ where, field: use.path.at(-1) ?? "" });
}

/** Tells whether a field is only compared, tested, printed or asked for its length. */
export function isRead({ module }: Search, field: Node): boolean {
  const { parent } = field;
  if (parent?.type === "argument_list") {
    const call = parent.parent;
    if (call?.type !== "call") return false;
    return ASKS.test(textOf(module, call.field("function") ?? call)) || isShown(module, field);
  }
  return parent !== undefined && READING.test(parent.type) && !field.is("left");
}

/** One remark for all places where a field is reached of what may be another request. */
export function nameReaders({ module, readers, found }: Search): void {
  const [first, ...others] = readers.toSorted((a, b) => a.where.start - b.where.start);
  if (!first) return;
  const owner = first.where.within("function_definition")?.field("name");
  const { start, end } = first.where;
  const also = others.map(({ where }) => ({ start: where.start, end: where.end }));
  found.remarks.push({
    code: "unfollowed-use",
    is: "readers",
    fields: [...new Set([first, ...others].map(({ field }) => field))],
    owner: owner && textOf(module, owner),
    at: { start, end },
    ...(also.length > 0 && { also }),
    weighs: "manual",
  });
}
