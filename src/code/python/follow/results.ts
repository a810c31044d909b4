import { type Node, nodeAt } from "../../engine/tree.ts";
import { decoratorsOf, strangeDecorator } from "../decorators.ts";
import { definitionsNamed, identifiersNamed, type Module, textOf, variableOf } from "../scopes.ts";
import { noteExport } from "./exports.ts";
import { doubt, type Search, type Step } from "./search.ts";

/**
 * The calls of the function that this statement returns the value from. One by one, so that what is said of them stands
 * in their order.
 */
export function* returned(search: Search, statement: Node, isOwn: boolean): Generator<Step> {
  const { module } = search;
  const owner = statement.within("function_definition");
  const name = owner?.field("name");
  if (!owner || !name) return;
  noteExport(search, name);
  const isOnly = isOwn && isOnlyResult(module, owner, statement);
  const decorator = strangeDecorator(module, owner);
  if (decorator) doubt(search, decorator, "decorator", "review");
  for (const one of identifiersNamed(module, textOf(module, name))) {
    if (one === name) continue;
    const callee = one.is("attribute") ? one.parent : one;
    if (callee?.is("function") && callee.parent?.type === "call") {
      yield { node: callee.parent, isOwn: isOnly && isCallOf(module, callee, owner) };
    } else if (!one.is("name")) doubt(search, one, "returned", "review");
  }
}

/**
 * Tells whether a function gives what this statement returns and nothing else, but for None: no other function of the text is
 * called so, no decorator stands between, and no other statement returns something.
 */
function isOnlyResult(module: Module, owner: Node, statement: Node): boolean {
  const name = owner.field("name");
  if (!name || /\byield\b/.test(textOf(module, owner))) return false;
  const isPlain = decoratorsOf(owner).every((one) =>
    /^@\s*(static|class)method\s*$/.test(textOf(module, one)),
  );
  if (definitionsNamed(module, textOf(module, name)).length !== 1 || !isPlain) return false;
  for (const { index } of textOf(module, owner).matchAll(/\breturn\b/g)) {
    const other = nodeAt(module.root, owner.start + index).parent;
    if (other?.type !== "return_statement" || other === statement) continue;
    if (other.within("function_definition", "lambda") !== owner) continue;
    if (other.parts.some(({ type }) => type !== "none")) return false;
  }
  return true;
}

/** Tells whether what is called is this function for sure: by its name, by `self` in its class, or by the class. */
function isCallOf(module: Module, callee: Node, owner: Node): boolean {
  const isSet = (name: Node, to: Node | undefined): boolean => {
    const { binds, strange } = variableOf(module, name);
    return to !== undefined && strange.length === 0 && binds.length === 1 && binds[0]?.parent === to;
  };
  if (callee.type === "identifier") return isSet(callee, owner);
  const object = callee.field("object");
  const own = owner.within("class_definition");
  if (!own || object?.type !== "identifier") return false;
  const isSelf = /^(self|cls)$/.test(textOf(module, object));
  return isSelf ? callee.within("class_definition") === own : isSet(object, own);
}
