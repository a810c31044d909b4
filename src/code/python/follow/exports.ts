import type { Node } from "../../engine/tree.ts";
import { doingOf } from "../callee-effects.ts";
import { leadsToCreate } from "../create-calls.ts";
import { textOf } from "../scopes.ts";
import type { Search } from "./search.ts";

/** Notes a name by which other files may get the request: of a function that returns it, of a variable that holds it. */
export function noteExport({ module, found }: Search, name: Node): void {
  const owner = name.parent?.type === "function_definition" ? name.parent : name;
  const isInner = owner.within("function_definition", "lambda") !== undefined;
  if (isInner || textOf(module, name).startsWith("_")) return;
  let top = name;
  for (let around = owner.within("class_definition"); around; around = around.within("class_definition"))
    top = around.field("name") ?? top;
  const at = { start: name.start, end: name.end };
  found.exported.push({ top: textOf(module, top), name: textOf(module, name), at });
}

/** One remark for a request that nothing in the text sends, and that other files may get by a name of this one. */
export function nameExport(search: Search): void {
  const { module, access, found } = search;
  found.isSent = found.calls.some((call) => leadsToCreate(module, call));
  // Where a dict is sent is asked of every dict.
  const isMessage = access === "attributes" || found.calls.some((call) => doingOf(module, call) === "parse");
  const [first] = isMessage ? found.exported : [];
  if (!first || found.isSent) return;
  found.remarks.push({
    code: "unfollowed-use",
    is: "exported",
    name: first.name,
    at: first.at,
    weighs: "review",
  });
}
