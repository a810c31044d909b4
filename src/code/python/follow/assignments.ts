import type { Node } from "../../engine/tree.ts";
import { firstOver } from "../../../sources/search.ts";
import { type Module, variableOf } from "../scopes.ts";
import { noteExport } from "./exports.ts";
import { doubt, isNew, type Search, type Step } from "./search.ts";

/** The value stands in an assignment. Gives the expressions that have it by a name, and what is assigned further. */
export function assigned(search: Search, node: Node, assignment: Node, isOwn: boolean): Step[] {
  const left = node.is("right") ? assignment.field("left") : undefined;
  if (left?.type === "identifier") {
    return [...bound(search, left, isOwn), { node: assignment, isOwn }];
  }
  if (left?.type === "attribute" || left?.type === "subscript") doubt(search, assignment, "kept", "review");
  else doubt(search, assignment, "any-way");
  return [];
}

/** The places where a name has the value that it is given here. */
export function bound(search: Search, name: Node | undefined, isOwn: boolean): Step[] {
  if (!name || !isNew(search, { node: name, isOwn })) return [];
  const { module } = search;
  const variable = variableOf(module, name);
  const [strange] = variable.strange;
  if (strange) {
    doubt(search, strange, { is: "odd-variable", name: variable.name });
    return [];
  }
  if (variable.scope?.type === "class_definition") {
    doubt(search, name, "kept", "review");
    return [];
  }
  if (isReachedByString(module, variable.scope)) doubt(search, name, "string-of-code", "review");
  noteExport(search, name);
  const isOnly = variable.binds.every((bind) => bind === name || isEmptyBind(bind));
  return variable.loads.map((node) => ({ node, isOwn: isOwn && isOnly }));
}

/** Tells whether code in a scope can reach all variables there by their names, as `eval("request")` does. */
function isReachedByString({ reflections }: Module, scope: Node | undefined): boolean {
  return scope !== undefined && firstOver(reflections, scope.end) > firstOver(reflections, scope.start - 1);
}

/** `x = None`, `x: T`, `del x`: what gives a variable no value that could be reached into. */
function isEmptyBind(bind: Node): boolean {
  const right = bind.parent?.type === "assignment" && bind.is("left") ? bind.parent.field("right") : bind;
  return right === undefined || right.type === "none";
}
