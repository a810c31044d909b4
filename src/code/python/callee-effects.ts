import type { Node } from "../engine/tree.ts";
import { type Called, calledBy } from "./called-name.ts";
import { isLiveKit } from "./imports.ts";
import { type Module, textOf, variableOf } from "./scopes.ts";
import { knownText } from "./strings.ts";

/**
 * The effect of a function that is not in the text on a request: `shows` it to people, makes a `text`, `json` or another `view` of
 * it, gives it back (`same`), asks for its `class`, and so on; `nothing` where it gives the same whatever form the
 * request has. `unknown` is what may read or change its fields.
 */
export type Doing =
  | "nothing"
  | "shows"
  | "text"
  | "json"
  | "class"
  | "view"
  | "same"
  | "merge"
  | "copy"
  | "collect"
  | "parse"
  | "unknown";

/**
 * Returns what a call does with a request that it is given. A name is what its import says, whatever it is called.
 */
export function doingOf(module: Module, call: Node): Doing {
  const callee = call.field("function");
  return callee ? doingBy(module, calledBy(module, callee)) : "unknown";
}

function doingBy(module: Module, called: Called): Doing {
  switch (called.by) {
    case "import":
      if (isLiveKit(called.from)) return "nothing";
      if (isLogging(called.from.split(".").at(-1) ?? "") && LOGS.test(called.name)) return "shows";
      return known(KNOWN, called.from, called.name);
    case "builtin":
      return known(KNOWN, "builtins", called.name);
    case "method":
      return LOGS.test(called.name) && isLogger(module, called.object)
        ? "shows"
        : (METHODS.find(([, names]) => names.test(called.name))?.[0] ?? "unknown");
    case "own":
      return "unknown";
  }
}

/** By the modules that have the functions. */
const KNOWN: readonly [RegExp, Doing, RegExp][] = [
  [/^builtins$/, "nothing", /^(bool|id|isinstance|callable)$/],
  [/^builtins$/, "shows", /^print$/],
  [/^builtins$/, "text", /^(str|repr|ascii|format)$/],
  [/^builtins$/, "class", /^type$/],
  [/^builtins$/, "view", /^(vars|dir)$/],
  [/^(pprint|rich|rich\.pretty|click|typer|icecream)$/, "shows", /^(print|pprint|pp|echo|secho|ic)$/],
  [/^logging$/, "shows", /^(debug|info|warning|error|exception|critical|log)$/],
  [/^pprint$/, "text", /^pformat$/],
  [/^(json|simplejson|ujson|orjson)$/, "json", /^dumps$/],
  [/^copy$/, "copy", /^(deep)?copy$/],
  [/^typing$/, "same", /^cast$/],
  // A piece of a program may leave out its imports.
  [/^(builtins|google\.protobuf\.(json|text)_format)$/, "view", /^MessageTo(Dict|Json|String)$/],
  [/^(builtins|google\.protobuf\.(json|text)_format)$/, "parse", /^(Parse|ParseDict|Merge)$/],
];

function known(table: typeof KNOWN, from: string, name: string): Doing {
  return table.find(([modules, , names]) => modules.test(from) && names.test(name))?.[1] ?? "unknown";
}

const METHODS: readonly [Doing, RegExp][] = [
  ["merge", /^(MergeFrom|CopyFrom)$/],
  ["text", /^format$/],
  ["view", /^MessageTo(Dict|Json|String)$/],
  ["parse", /^(Parse|ParseDict)$/],
  ["collect", /^(append|appendleft|add|insert|extend|push|put|put_nowait|setdefault)$/],
];

const LOGS = /^(print|debug|info|warn|warning|error|exception|critical|log)$/;

/** Tells whether an object writes to a log, or to a terminal: by its name, or by the call that makes it. */
function isLogger(module: Module, object: Node): boolean {
  if (isLogging(textOf(module, object.field("attribute") ?? object))) return true;
  const makers =
    object.type === "identifier"
      ? variableOf(module, object).binds.map(({ parent }) => parent?.field("right"))
      : [object];
  return makers.some((maker) => {
    const callee = maker?.type === "call" ? maker.field("function") : undefined;
    return callee !== undefined && /(^|[._])(get_?logger|console|bind)$/i.test(textOf(module, callee));
  });
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
        const callee = parent.field("function");
        if (!callee || /%\(\w+\)/.test(textOf(module, parent))) return false;
        const doing = doingOf(module, parent);
        if (doing === "shows") return true;
        if (/^(text|json|view)$/.test(doing) && !reachesIn(module, callee)) continue;
        return parent.parent?.type === "raise_statement";
      }
      default:
        return false;
    }
  }
  return false;
}

/** Tells whether this is `"{0.name}".format`, whose text reaches into what it is given, or may. */
export function reachesIn(module: Module, callee: Node): boolean {
  const template = callee.field("object");
  if (!template || textOf(module, callee.field("attribute") ?? callee) !== "format") return false;
  const text = knownText(module.text, template);
  return text === undefined || /\{[^{}]*[.[]/.test(text);
}
