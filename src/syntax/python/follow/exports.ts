import type { Node } from "../../source/tree.ts";
import { leadsToCreate } from "../creates.ts";
import { textOf, variableOf } from "../names.ts";
import type { Search } from "./search.ts";

/** Notes a name by which other files may get the request: of a function that returns it, of a variable that holds it. */
export function noteExport({ module, exported }: Search, name: Node): void {
  const inner = name.parent?.type === "function_definition" ? name.parent : name;
  const isInner = inner.within("function_definition", "lambda") !== undefined;
  if (!isInner && !textOf(module, name).startsWith("_")) exported.push(name);
}

/** One remark for a request that nothing in the text sends, and that other files may get by a name of this one. */
export function nameExport(search: Search): void {
  const { module, access, found, exported } = search;
  found.isSent = found.calls.some((call) => leadsToCreate(module, call));
  // Where a dict is sent is asked of every dict.
  const name = exported.find((one) => access === "attributes" || variableOf(module, one).loads.length === 0);
  if (!name || found.isSent) return;
  const called = `\`${textOf(module, name)}\``;
  const isFunction = name.parent?.type === "function_definition";
  const how = isFunction ? `${called} returns the request to` : `${called} is the request, for`;
  found.remarks.push({
    code: "unfollowed-use",
    at: { start: name.start, end: name.end },
    message: `${how} code in other files, which may read or change its flat fields`,
    next: `Look where ${called} is used: what reaches into the request has to reach into \`dispatch_rule\`. Then migrate this with \`--unsafe\`.`,
    weighs: "review",
  });
}
