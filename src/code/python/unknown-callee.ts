import type { Node } from "../engine/tree.ts";
import type { Remark } from "../../sources/remark.ts";
import { calledBy } from "./called-name.ts";
import { importedModule } from "./imports.ts";
import { type Module, textOf } from "./scopes.ts";

/** Says that a call gives a request to a function that may read or change its fields, and where that comes from. */
export function givenAway(module: Module, call: Node, argument?: Node): Remark {
  const callee = passedTo(module, call, argument) ?? call.field("function") ?? call;
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

/** The function that another one calls with the request: `restrict` in `to_thread(restrict, request)`. */
function passedTo(module: Module, call: Node, argument: Node | undefined): Node | undefined {
  const callee = call.field("function");
  const called = callee && calledBy(module, callee);
  const parts = argument?.parent?.parts ?? [];
  const before = argument && parts[parts.indexOf(argument) - 1];
  const isPassedOn = called?.by === "import" && /^(functools|asyncio|anyio|threading)$/.test(called.from);
  return isPassedOn && before && /^(identifier|attribute)$/.test(before.type) ? before : undefined;
}
