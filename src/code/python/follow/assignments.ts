import { requestField } from "../../../rule/fields.ts";
import type { Node } from "../../engine/tree.ts";
import { identifiersNamed, type Module, textOf, type Variable, variableOf } from "../scopes.ts";
import { noteExport } from "./exports.ts";
import { type Certainty, doubt, isNew, type Search, type Step, weaker } from "./search.ts";

/** How many values the variable of a request may get. */
const MOST_BINDS = 50;
const BY_STRING = /\b(eval|exec|locals|globals|vars)\(/;

/** The value stands in an assignment. Gives the expressions that have it by a name. */
export function assigned(search: Search, node: Node, assignment: Node, certainty: Certainty): Step[] {
  const left = node.is("right") ? assignment.field("left") : undefined;
  if (!node.is("right")) doubt(search, assignment, "any-way");
  else if (assignment.parent?.type === "assignment") doubt(search, assignment, "several-names");
  else if (left?.type === "identifier") {
    if (node.type !== "identifier") return bound(search, left, certainty);
    doubt(search, assignment, "second-name");
  } else if (left?.type === "attribute" || left?.type === "subscript") stored(search, assignment, left);
  else doubt(search, assignment, "any-way");
  return [];
}

/** The value is put into `x.name`, or `x[key]`. */
function stored(search: Search, assignment: Node, left: Node): void {
  search.handedOut.push(assignment);
  const name = left.field("attribute");
  const touched = name && touchedAs(search.module, name);
  if (touched) doubt(search, touched, "perhaps-reached-into");
  else doubt(search, assignment, "stored", "review");
}

/** A place where an attribute with this name is reached into by a field of a request. */
function touchedAs(module: Module, name: Node): Node | undefined {
  return identifiersNamed(module, textOf(module, name)).find((one) => {
    const outer = one.is("attribute") ? one.parent?.parent : undefined;
    const field =
      outer?.type === "attribute" && one.parent?.is("object") ? outer.field("attribute") : undefined;
    return field && requestField(textOf(module, field)) !== undefined;
  });
}

/** The places where a name has the value that it is given here. */
export function bound(search: Search, name: Node | undefined, certainty: Certainty): Step[] {
  if (!name || !isNew(search, { node: name, certainty })) return [];
  const { module } = search;
  const variable = variableOf(module, name);
  const [strange] = variable.strange;
  if (strange) {
    doubt(search, strange, { is: "odd-variable", name: variable.name });
    return [];
  }
  if (variable.scope && BY_STRING.test(textOf(module, variable.scope))) {
    doubt(search, name, "string-of-code", "review");
  }
  if (variable.scope?.type === "class_definition") {
    const touched = touchedAs(module, name);
    if (touched) doubt(search, touched, "perhaps-reached-into");
    doubt(search, name, "class-attribute", "review");
    return [];
  }
  if (variable.binds.length > MOST_BINDS) {
    doubt(search, name, { is: "too-many-values", name: variable.name });
    return [];
  }
  noteExport(search, name);
  const others = variable.binds.filter((bind) => bind !== name && !isEmptyBind(bind));
  const sees = others.length > 0 ? reach(name, others, variable) : undefined;
  const isSure = sees !== undefined || others.length === 0;
  return variable.loads
    .filter((load) => !sees || sees(load))
    .map((node) => ({ node, certainty: isSure ? certainty : weaker(certainty) }));
}

/** `x = None`, `x: T`, `del x`: what gives a variable no value that could be reached into. */
function isEmptyBind(bind: Node): boolean {
  const right = bind.parent?.type === "assignment" && bind.is("left") ? bind.parent.field("right") : bind;
  return right === undefined || right.type === "none";
}

/**
 * Which loads see this binding of a variable that is bound more than once. Known where all bindings are statements of
 * one block, one after the other, and no function or loop mixes them up.
 */
function reach(
  name: Node,
  others: readonly Node[],
  variable: Variable,
): ((load: Node) => boolean) | undefined {
  const block = statementOf(name)?.parent;
  const binds = [name, ...others];
  if (!block || !binds.every((bind) => statementOf(bind)?.parent === block && bind.is("left")))
    return undefined;
  const isOrdered = variable.loads.every(
    (load) =>
      block.holds(load) &&
      load.within("function_definition", "lambda", "module") === variable.scope &&
      binds.some((bind) => endOfStatement(bind) <= load.start || statementOf(bind)?.holds(load)),
  );
  if (!isOrdered) return undefined;
  const ends = binds.map(endOfStatement);
  const from = endOfStatement(name);
  const to = Math.min(...ends.filter((end) => end > from), Number.POSITIVE_INFINITY);
  return (load) => {
    // The right side of a later binding still sees this one.
    const at = binds.find((bind) => bind !== name && statementOf(bind)?.holds(load));
    return at ? endOfStatement(at) === to : from <= load.start && load.start < to;
  };
}

function statementOf(node: Node): Node | undefined {
  let one: Node | undefined = node;
  while (one && one.parent?.type !== "block" && one.parent?.type !== "module") one = one.parent;
  return one;
}

function endOfStatement(node: Node): number {
  return statementOf(node)?.end ?? node.end;
}
