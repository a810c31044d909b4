import type { Node } from "../engine/tree.ts";
import { type Called, calledBy } from "./called-name.ts";
import { isLiveKit } from "./imports.ts";
import { makersOf, type Module, textOf } from "./scopes.ts";

/**
 * The effect of a function that is not in the text on a request: `shows` it to people, makes a `text` or `json` of it,
 * parses something into it (`parse`), `keeps` it where other code can reach it, `names` one of its fields, or `merges` it
 * into another one; `nothing` where it gives the same whatever form the request has. `unknown` is what may read or change
 * its fields.
 */
export type Doing =
  | "nothing"
  | "shows"
  | "text"
  | "json"
  | "parse"
  | "keeps"
  | "names"
  | "merges"
  | "unknown";

/**
 * Returns what a call does with a request that it is given. A name is what its import says, whatever it is called.
 */
export function doingOf(module: Module, call: Node): Doing {
  const callee = call.field("function");
  const called: Called = callee ? calledBy(module, callee) : { by: "own", name: "" };
  const from = called.by === "import" ? called.from : called.by;
  if (isLiveKit(from)) return "nothing";
  if (LOGS.test(called.name) && isLogged(module, called)) return "shows";
  return KNOWN.find(([modules, , names]) => modules.test(from) && names.test(called.name))?.[1] ?? "unknown";
}

/** By the modules that have the functions; a method is one of an object that no import gives. */
const KNOWN: readonly [RegExp, Doing, RegExp][] = [
  [/^builtin$/, "nothing", /^(bool|id|isinstance|callable)$/],
  [/^builtin$/, "names", /^(set|get|has|del)attr$/],
  [/^(builtin|sys)$/, "shows", /^(print|exit)$/],
  [/^builtin$/, "text", /^(str|repr|ascii|format|vars|dir)$/],
  [/^method$/, "text", /^format$/],
  [/^method$/, "merges", /^(MergeFrom|CopyFrom)$/],
  [/^(pprint|rich|rich\.pretty|click|typer|icecream)$/, "shows", /^(print|pprint|pp|echo|secho|ic)$/],
  [/^pprint$/, "text", /^pformat$/],
  [/^(json|simplejson|ujson|orjson)$/, "json", /^dumps$/],
  // A piece of a program may leave out its imports.
  [/^(builtin|method|google\.protobuf\.(json|text)_format)$/, "text", /^MessageTo(Dict|Json|String)$/],
  [/^(builtin|method|google\.protobuf\.(json|text)_format)$/, "parse", /^(Parse|ParseDict)$/],
  [/^method$/, "keeps", /^(append|appendleft|add|insert|extend|push|put|put_nowait|setdefault)$/],
];

const LOGS = /^(print|debug|info|warn|warning|error|exception|critical|log)$/;

function isLogged(module: Module, called: Called): boolean {
  if (called.by === "import") return isLogging(called.from.split(".").at(-1) ?? "");
  return called.by === "method" && isLogger(module, called.object);
}

/** Tells whether an object writes to a log, or to a terminal: by its name, or by the call that makes it. */
function isLogger(module: Module, object: Node): boolean {
  if (isLogging(textOf(module, object.field("attribute") ?? object))) return true;
  return makersOf(module, object).some((maker) =>
    /(^|[._])(get_?logger|console|bind)$/i.test(textOf(module, maker)),
  );
}

function isLogging(name: string): boolean {
  return /(^|_)(log|logs|logger|logging|console)$/i.test(name);
}

/**
 * Tells whether the value of an expression goes nowhere but into a text for people: it is printed, logged, or the message of
 * an exception. What such a text says of a request may change.
 */
export function isShown(module: Module, node: Node): boolean {
  for (let one = node; one.parent; one = one.parent) {
    const { parent } = one;
    switch (parent.type) {
      case "raise_statement":
        return true;
      case "assert_statement":
        return parent.parts[1] === one;
      case "parenthesized_expression":
      case "interpolation":
      case "string":
      case "concatenated_string":
      case "binary_operator":
      case "keyword_argument":
      case "argument_list":
      case "tuple":
        continue;
      case "call": {
        // A template may reach into what it is given, and raise where it finds no such key.
        const callee = textOf(module, parent.field("function") ?? parent);
        if (/%\(\w+\)/.test(textOf(module, parent)) || /\{[^{}]*[.[]/.test(callee)) return false;
        const doing = doingOf(module, parent);
        if (doing === "text" || doing === "json") continue;
        return doing === "shows" || parent.parent?.type === "raise_statement";
      }
      default:
        return false;
    }
  }
  return false;
}
