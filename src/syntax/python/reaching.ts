import type { Node } from "../source/tree.ts";
import { type Module, type Variable, variableOf } from "./names.ts";

/**
 * The places that may have given a variable the value that it has at this identifier, in the order of the text: those
 * before it that no later one replaces on every way to it; all where none stands before it, as in another function.
 */
export function bindsReaching(module: Module, load: Node): Node[] {
  const { binds } = variableOf(module, load);
  return binds.length < 2 ? binds : binds.filter((bind) => reaches(bind, load, binds));
}

/** The identifiers that may see what this binding gives a variable. */
export function loadsReached({ binds, loads }: Variable, bind: Node): Node[] {
  return binds.length < 2 ? loads : loads.filter((load) => reaches(bind, load, binds));
}

function reaches(bind: Node, load: Node, binds: readonly Node[]): boolean {
  const before = binds.filter((one) => boundAfter(one) <= load.start);
  if (before.length === 0) return true;
  if (!before.includes(bind)) return false;
  return !before.some(
    (other) => other.start > bind.start && other.within("block", "module")?.holds(load) === true,
  );
}

/** Where a binding has taken place: the right side of an assignment still sees the older value. */
function boundAfter(bind: Node): number {
  const { parent } = bind;
  return parent?.type === "assignment" || parent?.type === "named_expression" ? parent.end : bind.end;
}
