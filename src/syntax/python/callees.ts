import type { Node } from "../source/tree.ts";
import { type Module, textOf, variableOf } from "./names.ts";
import { knownText } from "./strings.ts";

/** The methods of LiveKit's client that create a rule from a request. */
export function isCreateMethod(name: string): boolean {
  return /^create_(sip_)?dispatch_rule$/.test(name);
}

/** What a function that is not in the text does with a request, as far as its name says it. */
export type Doing =
  | "nothing"
  | "text"
  | "class"
  | "view"
  | "merge"
  | "copy"
  | "collect"
  | "parse"
  | "unknown";

/** `text` makes a text of the request, `nothing` gives the same whatever form it has. */
export function doingOf(called: string): Doing {
  return DOINGS.find(([, names]) => names.test(called))?.[0] ?? "unknown";
}

const DOINGS: readonly [Doing, RegExp][] = [
  ["nothing", /^(bool|id|isinstance|callable)$/],
  ["text", /^(str|repr|ascii|format|pformat)$/],
  ["class", /^type$/],
  ["view", /^(MessageToDict|MessageToJson|MessageToString|vars|dir)$/],
  ["merge", /^(MergeFrom|CopyFrom)$/],
  ["copy", /^(deep)?copy$/],
  ["parse", /^(ParseDict|Parse|Merge)$/],
  [
    "collect",
    /^(append|appendleft|add|insert|extend|push|put|put_nowait|send|set|setdefault|update|register)$/,
  ],
];

/** Prints what it is given, for people. */
const SHOWS = /^(print|pprint|pp|debug|info|warning|error|exception|critical|log|echo|secho)$/;
/** Makes a text, or something that is printed, of what it is given. */
const TEXTS = /^(str|repr|ascii|format|pformat|dumps|MessageToDict|MessageToJson|MessageToString)$/;

/**
 * Whether the value of an expression goes nowhere but into a text for people: it is printed, logged, or the message of
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
        const name = callee?.type === "attribute" ? callee.field("attribute") : callee;
        const called = name ? textOf(module, name) : "";
        if (!callee || isOwn(module, callee) || /%\(\w+\)/.test(textOf(module, parent))) return false;
        if (SHOWS.test(called)) return true;
        if (TEXTS.test(called) && !reachesIn(module, callee)) continue;
        return parent.parent?.type === "raise_statement";
      }
      default:
        return false;
    }
  }
  return false;
}

/** Whether this is `"{0.name}".format`, whose text reaches into what it is given, or may. */
export function reachesIn(module: Module, callee: Node): boolean {
  const template = callee.field("object");
  if (!template || textOf(module, callee.field("attribute") ?? callee) !== "format") return false;
  const text = knownText(module.text, template);
  return text === undefined || /\{[^{}]*[.[]/.test(text);
}

function isOwn(module: Module, callee: Node): boolean {
  return (
    callee.type === "identifier" && variableOf(module, callee).binds.some(({ parent }) => !isImport(parent))
  );
}

function isImport(node: Node | undefined): boolean {
  return node?.type === "aliased_import" || node?.type === "dotted_name";
}
