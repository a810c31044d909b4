import type { Span } from "../../rule/value.ts";
import { type Node, nodeAt } from "../source/tree.ts";
import type { Notice } from "../syntax.ts";
import {
  argumentFor,
  calledName,
  callsOf,
  functionsCalled,
  keyword,
  parameterAt,
  positional,
  returnsOf,
} from "./calls.ts";
import { type Module, textOf } from "./names.ts";
import { bindsReaching } from "./reaching.ts";
import { knownText } from "./strings.ts";

/**
 * Where a text reads `inbound_numbers` of rules that LiveKit gave it, and where it makes a rule for an update with
 * those and without `numbers`. Code that reads `numbers` beside them knows what it does.
 */
export function responseNotices(module: Module): Notice[] {
  const drops: Node[] = [];
  const reads: Node[] = [];
  let places = 0;
  for (const { index } of module.text.matchAll(/\binbound_?[nN]umbers\b/g)) {
    if (places++ >= MOST_PLACES) break;
    const node = nodeAt(module.root, index);
    const rule = ruleMadeAt(node);
    if (rule && !drops.includes(rule) && dropsNumbers(module, rule, node)) drops.push(rule);
    const filled = filledAt(module, node);
    if (filled && !drops.includes(filled)) drops.push(filled);
    const read = readAt(module, node);
    if (
      read &&
      !isTakenAsIs(module, read.at) &&
      isGiven(module, read.of) &&
      !readsNumbersToo(module, read.of)
    )
      reads.push(read.at);
  }
  const spanOf = ({ start, end }: Node): Span => ({ start, end });
  return [
    ...drops.map((node): Notice => ({ code: "update-drops-numbers", at: spanOf(node) })),
    ...reads
      .filter((node) => !drops.some((drop) => drop.holds(node)))
      .map((node): Notice => ({ code: "reads-inbound-numbers", at: spanOf(node) })),
  ].toSorted((a, b) => a.at.start - b.at.start);
}

const MOST_PLACES = 500;

/** `rule.inbound_numbers`, `rule["inbound_numbers"]`, `rule.get("inbound_numbers")`, and of what it is read. */
function readAt(module: Module, node: Node): { at: Node; of: Node } | undefined {
  const string = node.type === "string_content" ? node.parent : undefined;
  const at =
    node.is("attribute") || string?.is("subscript") ? (string ?? node).parent : string?.parent?.parent;
  if (!at || (at.is("left") && at.parent?.type === "assignment")) return undefined;
  if (at.type === "call") {
    const isAsked = /^(get|getattr)$/.test(calledName(module, at));
    const of = at.field("function")?.field("object") ?? positional(at)[0];
    return isAsked && of && of !== string ? { at, of } : undefined;
  }
  const of = at.field("object") ?? at.field("value");
  return of && (at.type === "attribute" || at.type === "subscript") ? { at, of } : undefined;
}

/** `inbound_numbers=rule.inbound_numbers`: it only goes from one rule to another. */
function isTakenAsIs(module: Module, read: Node): boolean {
  const { parent } = read;
  const key = read.is("value") ? (parent?.field("name") ?? parent?.field("key")) : undefined;
  return key !== undefined && /^["']?inbound_?[nN]umbers["']?$/.test(textOf(module, key));
}

/** The constructor, or the dict, in which a name is the key. */
function ruleMadeAt(node: Node): Node | undefined {
  if (node.type === "identifier" && node.parent?.type === "keyword_argument" && node.is("name")) {
    return node.within("call");
  }
  const string = node.type === "string_content" ? node.parent : undefined;
  return string?.is("key") ? string.within("dictionary") : undefined;
}

/** Whether a rule takes over `inbound_numbers` of another one and leaves `numbers` out. */
function dropsNumbers(module: Module, rule: Node, key: Node): boolean {
  const value = key.within("keyword_argument", "pair")?.field("value");
  if (!value || !isTakenOver(module, value)) return false;
  const around = textOf(module, rule.within("function_definition") ?? module.root);
  if (rule.type === "call") {
    const isWhole = rule.field("arguments")?.parts.every(({ type }) => type !== "dictionary_splat") ?? false;
    const isRule = calledName(module, rule) === "SIPDispatchRuleInfo";
    return isRule && isWhole && !keyword(module, rule, "numbers") && !/\.numbers\b/.test(around);
  }
  const keys = rule.parts.map((part) => knownText(module.text, part.field("key")));
  return !keys.includes("numbers") && rule.parts.every(({ type }) => type === "pair") && UPDATES.test(around);
}

/** `info.inbound_numbers.extend(rule.inbound_numbers)` of a rule that gets no `numbers`. */
function filledAt(module: Module, node: Node): Node | undefined {
  const list = node.parent;
  const object = list?.field("object");
  const method = list?.parent;
  const call = method?.parent;
  if (list?.type !== "attribute" || object?.type !== "identifier" || !node.is("attribute")) return undefined;
  if (method?.type !== "attribute" || call?.type !== "call") return undefined;
  if (!/^(extend|MergeFrom)$/.test(calledName(module, call))) return undefined;
  const isTaken = positional(call).some((value) => isTakenOver(module, value));
  const isRule = bindsReaching(module, object).some((bind) => {
    const right = bind.parent?.type === "assignment" ? bind.parent.field("right") : undefined;
    return right?.type === "call" && calledName(module, right) === "SIPDispatchRuleInfo";
  });
  const around = textOf(module, call.within("function_definition") ?? module.root);
  return isTaken && isRule && !/\.numbers\b|\bnumbers=/.test(around) ? call : undefined;
}

const UPDATES = /update_(sip_)?dispatch_rule|UpdateSIPDispatchRule|["']replace["']|dispatch["', ]+update\b/;

function isTakenOver(module: Module, value: Node): boolean {
  if (/[.["']inbound_?[nN]umbers\b/.test(textOf(module, value))) return true;
  if (value.type !== "identifier") return false;
  return bindsReaching(module, value).some((bind) => {
    const right = bind.parent?.type === "assignment" ? bind.parent.field("right") : undefined;
    return right !== undefined && /[.["']inbound_?[nN]umbers\b/.test(textOf(module, right));
  });
}

function readsNumbersToo(module: Module, of: Node): boolean {
  const around = textOf(module, of.within("function_definition") ?? module.root);
  const name = textOf(module, of);
  return [".numbers", '["numbers"]', "['numbers']", '.get("numbers"'].some((read) => {
    const at = around.indexOf(name + read);
    return at >= 0 && !/\w/.test(around[at + name.length + read.length] ?? "");
  });
}

/** Whether an expression comes from LiveKit's answer to a call that creates, updates or lists rules. */
function isGiven(module: Module, node: Node | undefined, depth = 0): boolean {
  if (!node || depth > 12) return false;
  const any = (nodes: readonly (Node | undefined)[]): boolean =>
    nodes.some((one) => isGiven(module, one, depth + 1));
  switch (node.type) {
    case "identifier":
      return any(
        bindsReaching(module, node)
          .slice(0, 8)
          .flatMap((bind) => valuesOf(module, bind)),
      );
    case "attribute":
      return any([node.field("object")]);
    case "subscript":
      return any([node.field("value")]);
    case "await":
    case "parenthesized_expression":
    case "list_comprehension":
    case "generator_expression":
      return any([node.parts[0]]);
    case "boolean_operator":
    case "conditional_expression":
      return any(node.parts);
    case "call":
      return isGivenByCall(module, node, any);
    default:
      return false;
  }
}

function isGivenByCall(
  module: Module,
  call: Node,
  any: (nodes: readonly (Node | undefined)[]) => boolean,
): boolean {
  if (LISTS.test(textOf(module, call.field("arguments") ?? call).slice(0, 400))) return true;
  const own = functionsCalled(module, call);
  if (own.length > 0) return any(own.slice(0, 4).flatMap(returnsOf));
  const name = calledName(module, call);
  if (/^(create|list|update)_(sip_)?dispatch_rules?(_fields)?$/.test(name)) return true;
  const args = positional(call);
  if (args.some((one) => one.type === "string" && ASKS.test(textOf(module, one)))) return true;
  return any([call.field("function")?.field("object"), ...(PASSES.test(name) ? args : [])]);
}

const ASKS = /\b(Create|Update|List)SIPDispatchRule\b/;
/** What `lk sip dispatch list --json` prints. */
const LISTS = /\bdispatch(-rules?)?["',\s]{1,8}list\b|\blist-sip-dispatch-rules?\b/;
const PASSES = /^(next|list|tuple|iter|sorted|reversed|enumerate|filter|MessageToDict|loads|dict)$/;

/** What a place that binds a name takes its value from. */
function valuesOf(module: Module, bind: Node): (Node | undefined)[] {
  const parameter = parameterAt(module, bind);
  if (parameter) {
    return callsOf(module, parameter.owner)
      .slice(0, 8)
      .map((call) => argumentFor(module, call, parameter));
  }
  const owner = bind.within("assignment", "for_statement", "for_in_clause", "named_expression");
  return [owner?.field("right") ?? owner?.field("value")];
}
