import type { Node } from "../../engine/tree.ts";
import { firstOver } from "../../../sources/search.ts";
import { type Module, type Variable, variableOf } from "../scopes.ts";
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
  const others = variable.binds.filter((bind) => bind !== name && !isEmptyBind(bind));
  const loads = others.length === 0 ? variable.loads : loadsUntilNext(name, others, variable);
  return (loads ?? variable.loads).map((node) => ({ node, isOwn: isOwn && loads !== undefined }));
}

/**
 * The loads between a binding of a variable and the next one. Undefined unless all bindings are statements of one block,
 * which no function or loop mixes up.
 */
function loadsUntilNext(name: Node, others: readonly Node[], variable: Variable): Node[] | undefined {
  const statements = [name, ...others].map(statementOf);
  const block = statements[0]?.parent;
  if (!block || statements.some((one) => one?.parent !== block)) return undefined;
  const ends = statements.map((one) => one?.end ?? 0);
  const [from = 0, ...further] = ends;
  const to = Math.min(...further.filter((end) => end > from), Infinity);
  const first = Math.min(...ends);
  // The right side of a later binding still sees this one.
  const isOrdered = variable.loads.every(
    (load) =>
      block.holds(load) &&
      load.start >= first &&
      load.within("function_definition", "lambda", "module") === variable.scope,
  );
  return isOrdered ? variable.loads.filter(({ start }) => from <= start && start < to) : undefined;
}

/** The statement of a block that an assignment to a name is; undefined of a name that is bound in another way. */
function statementOf(bind: Node): Node | undefined {
  const statement = bind.is("left") ? bind.parent?.parent : undefined;
  return statement?.type === "expression_statement" ? statement : undefined;
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
