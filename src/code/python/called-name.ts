import type { Node } from "../engine/tree.ts";
import { importedModule } from "./imports.ts";
import { type Module, textOf, variableOf } from "./scopes.ts";

/**
 * The kinds of names that are called. `import`: what an import binds, by its own name, and the module that it is
 * taken from with what comes between, as `app.hooks`. `builtin`: a name that nothing in the text binds. `method`: of an
 * object that no import gives. `own`: what the text defines or puts together.
 */
export type Called =
  | { by: "import"; name: string; from: string; bind: Node }
  | { by: "builtin" | "own"; name: string }
  | { by: "method"; name: string; object: Node };

/** Looks up what an expression that is called names, whatever it is called in this text. */
export function calledBy(module: Module, callee: Node): Called {
  const path: string[] = [];
  let root = callee;
  for (
    let object = root.field("object");
    root.type === "attribute" && object;
    object = root.field("object")
  ) {
    path.unshift(textOf(module, root.field("attribute") ?? root));
    root = object;
  }
  const binds = root.type === "identifier" ? variableOf(module, root).binds : [];
  const bind = binds.find((one) => importedModule(module, one) !== undefined);
  if (bind) {
    const full = [imported(module, bind), ...path].join(".");
    const dot = full.lastIndexOf(".");
    // `from . import restrict` takes it of the package.
    return { by: "import", name: full.slice(dot + 1), from: dot === 0 ? "." : full.slice(0, dot), bind };
  }
  const object = callee.field("object");
  const name = path.at(-1) ?? textOf(module, root);
  if (callee.type === "attribute" && object) return { by: "method", name, object };
  return { by: root.type === "identifier" && binds.length === 0 ? "builtin" : "own", name };
}

/** `policy.restrict` for what `from policy import restrict as r` binds, and `app` for what `import app.hooks` does. */
function imported(module: Module, bind: Node): string {
  const from = importedModule(module, bind) ?? "";
  const isAliased = bind.parent?.type === "aliased_import";
  if (!bind.within("import_from_statement")) return isAliased ? from : textOf(module, bind);
  const name = textOf(module, (isAliased && bind.parent?.field("name")) || bind);
  return from.endsWith(".") ? from + name : `${from}.${name}`;
}
