import type { Node } from "../source/tree.ts";
import { keyword } from "./calls.ts";
import { type Module, textOf, variableOf } from "./names.ts";
import { knownText } from "./strings.ts";

/**
 * The keys that a class of the text takes, as a dataclass or a model of pydantic does: its annotated names, or their
 * aliases. Undefined for what is no such class. `callee` is `Rule` or `Rule.model_validate`.
 */
export function modelKeys(module: Module, callee: Node | undefined): string[] | undefined {
  const name = callee?.type === "attribute" ? callee.field("object") : callee;
  if (name?.type !== "identifier") return undefined;
  const { binds } = variableOf(module, name);
  const model = binds.map((bind) => bind.parent).find((parent) => parent?.type === "class_definition");
  const fields = (model?.field("body")?.parts ?? []).flatMap((statement): string[] => {
    const [field] = statement.parts;
    const left = field?.field("left");
    if (field?.type !== "assignment" || left?.type !== "identifier" || !field.field("type")) return [];
    const value = field.field("right");
    const alias = value?.type === "call" ? keyword(module, value, "alias") : undefined;
    return [knownText(module.text, alias) ?? textOf(module, left)];
  });
  return fields.length > 0 ? fields : undefined;
}
