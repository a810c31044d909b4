import type { Node } from "../source/tree.ts";
import { identifiersNamed, type Module, textOf } from "./names.ts";
import { optionValues } from "./options.ts";

/**
 * What an attribute may be: what it is set to, in an object or in a class that holds constants; else the defaults of
 * the command line's option of that name; else what objects are made with, as in `Rule(path="sip/desk.json")`.
 */
export function attributeValues(module: Module, attribute: Node): Node[] {
  const node = attribute.field("attribute");
  if (!node) return [];
  const name = textOf(module, node);
  const identifiers = identifiersNamed(module, name);
  const set = identifiers.flatMap((one) => {
    const left = one.is("attribute") ? one.parent : one;
    const isSet =
      left?.is("left") &&
      left.parent?.type === "assignment" &&
      (left !== one || left.within("class_definition", "function_definition")?.type === "class_definition");
    return isSet ? (left?.parent?.field("right") ?? []) : [];
  });
  if (set.length > 0) return set;
  const options = optionValues(module, name);
  if (options.length > 0) return options;
  return identifiers.flatMap((one) =>
    one.parent?.type === "keyword_argument" && one.is("name") ? (one.parent.field("value") ?? []) : [],
  );
}
