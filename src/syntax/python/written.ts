import type { Node } from "../source/tree.ts";
import type { Mention } from "../syntax.ts";
import { calledName, positional } from "./calls.ts";
import type { Module } from "./names.ts";
import { openedBy, pathsOf } from "./paths.ts";
import { bindsReaching } from "./reaching.ts";
import { knownText } from "./strings.ts";

/** The path of the file that a call writes. */
export function writtenFile(module: Module, call: Node): Node | undefined {
  const object = call.field("function")?.field("object");
  switch (calledName(module, call)) {
    case "write":
      return openedBy(module, object);
    case "write_text":
      return object;
    default:
      return openedBy(module, positional(call)[1]);
  }
}

/** What is said of a file that a call makes from what the text puts together. */
export function written(module: Module, call: Node): Mention[] {
  const path = writtenFile(module, call);
  const [first] = positional(call);
  const isDump = calledName(module, call).endsWith("dump");
  const payload = isDump ? first : first && dumped(module, first);
  if (!path || !payload) return [];
  const keys = dictKeys(module, payload);
  const dict = dictOf(module, payload);
  const { start, end } = call;
  const at = { start, end };
  const made = dict && { start: dict.start, end: dict.end };
  // By its name it is known to others as well that do something with it.
  return pathsOf(module, path).flatMap((file): Mention[] => [
    { does: "write", at, file, ...(keys && { keys }), ...(made && { made }) },
    ...(made ? [{ does: "copy" as const, at, to: file, made }] : []),
  ]);
}

/** What `dumps` makes a text of, perhaps by way of a name. */
function dumped(module: Module, text: Node): Node | undefined {
  const call = text.type === "identifier" ? onlyValueOf(module, text) : text;
  return call?.type === "call" && calledName(module, call).endsWith("dumps")
    ? positional(call)[0]
    : undefined;
}

/** What a name is set to, if that is one thing. */
export function onlyValueOf(module: Module, name: Node): Node | undefined {
  const [only, other] = bindsReaching(module, name);
  return other === undefined && only?.parent?.type === "assignment" && only.is("left")
    ? only.parent.field("right")
    : undefined;
}

/** The dict that is written here, or that a name stands for. */
function dictOf(module: Module, node: Node): Node | undefined {
  const dict = node.type === "identifier" ? onlyValueOf(module, node) : node;
  return dict?.type === "dictionary" ? dict : undefined;
}

/** The keys of a dict that is written here, or that a name stands for; undefined where they can't be told. */
export function dictKeys(module: Module, node: Node): string[] | undefined {
  const dict = dictOf(module, node);
  return dict?.parts.flatMap((pair) => knownText(module.text, pair.field("key")) ?? []);
}
