import type { Node } from "../engine/tree.ts";
import { calledName, positional } from "./call-arguments.ts";
import { assignedOnce, type Module, variableOf } from "./scopes.ts";
import { knownText } from "./strings.ts";

/** The name of the file that an expression is read from, as it is written; undefined where that can't be told here. */
export function fileBehind(module: Module, node: Node | undefined, depth = 0): string | undefined {
  if (!node || depth > DEEPEST) return undefined;
  const behind = (other: Node | undefined): string | undefined => fileBehind(module, other, depth + 1);
  switch (node.type) {
    case "parenthesized_expression":
    case "await":
      return behind(node.parts[0]);
    case "identifier":
      return behind(setTo(module, node));
    case "call": {
      const name = calledName(module, node);
      const [first] = positional(node);
      if (/^(open|Path|PurePath)$/.test(name)) return knownText(module.text, first) ?? behind(first);
      if (/^(read|read_text|read_bytes|open|decode)$/.test(name))
        return behind(node.field("function")?.field("object"));
      return /^((safe_)?loads?)$/.test(name) ? behind(first) : undefined;
    }
    case "string":
      return knownText(module.text, node);
    default:
      return undefined;
  }
}

const DEEPEST = 20;

/** Returns what gives a name its only value: an assignment, or `with … as name`. */
function setTo(module: Module, name: Node): Node | undefined {
  const [bind, other] = variableOf(module, name).binds;
  const opened = bind?.parent?.type === "as_pattern_target" && !other ? bind.within("as_pattern") : undefined;
  return opened?.parts[0] ?? assignedOnce(module, name);
}
