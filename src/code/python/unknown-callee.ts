import type { Node } from "../engine/tree.ts";
import type { Remark } from "../../sources/remark.ts";
import { calledBy } from "./called-name.ts";
import { importedModule } from "./imports.ts";
import { type Module, textOf } from "./scopes.ts";

/** Says that a call gives a request to a function that may read or change its fields, and where that comes from. */
export function givenAway(module: Module, call: Node): Remark {
  const callee = call.field("function") ?? call;
  const called = calledBy(module, callee);
  const text = textOf(module, callee);
  const name = text.length < LONGEST && !text.includes("\n") ? text : called.name;
  return {
    code: "unfollowed-use",
    is: "given-away",
    name,
    function: called.name,
    from: called.by === "import" ? importedModule(module, called.bind) : undefined,
    at: { start: call.start, end: call.end },
    ...(called.by === "import" && { givenTo: { module: called.from, name: called.name } }),
    weighs: "review",
  };
}

/** A longer expression is told by its last name. */
const LONGEST = 40;
