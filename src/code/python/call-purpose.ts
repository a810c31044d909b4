import type { Span } from "../../rule/value.ts";
import type { Node } from "../engine/tree.ts";
import { calledBy } from "./called-name.ts";
import { doingOf } from "./callee-effects.ts";
import { follow } from "./follow/follow.ts";
import { makersOf, type Module, textOf, variableOf } from "./scopes.ts";

/** The purpose for which a call gets a request. */
export type Purpose = "create" | "update";

/**
 * Returns what calls do with the request that they are given, as far as names of methods, URLs and commands say it, and
 * where they say it. A request that becomes JSON is followed to where the JSON goes; one that goes to a file, to the
 * `lk` commands of the text.
 */
export function purposesOf(module: Module, calls: readonly Node[], depth = 0): Map<Purpose, Span> {
  const purposes = new Map<Purpose, Span>();
  const add = (purpose: Purpose, { start, end }: Span): void => {
    if (!purposes.has(purpose)) purposes.set(purpose, { start, end });
  };
  for (const call of calls) {
    const words = wordsOf(module, call);
    if (CREATES.test(words)) add("create", call);
    if (UPDATES.test(words)) add("update", call);
    const callee = call.field("function");
    const name = callee ? textOf(module, callee) : "";
    if ((isJson(module, call) || COPIES.test(name)) && depth < 3) {
      const further = follow(module, call, "keys").calls;
      for (const [purpose, at] of purposesOf(module, further, depth + 1)) add(purpose, at);
    }
    const isCommand = /^(run|Popen|check_call|check_output|call|subprocess\.\w+)$/.test(name);
    if (isCommand || isWriting(module, call)) {
      const own = commandsIn(module, call);
      const commands = own.size > 0 ? own : commandsIn(module, module.root);
      for (const [purpose, at] of commands) add(purpose, at);
    }
  }
  return purposes;
}

/** Makes a dict with the same fields, which are not followed there. */
const COPIES = /\b(asdict|dict|vars|jsonable_encoder)$/;

// What LiveKit's own method is called says nothing here: it takes no dict, so this would be somebody's own function.
const CREATES = /CreateSIPDispatchRule/;
// A dict that is parsed into a bare rule takes no wrapper, either.
const UPDATES = /UpdateSIPDispatchRule|update_(sip_)?dispatch_rule|\bSIPDispatchRuleInfo\(\)/;

/** The first of these calls of which nothing says that it sends what it is given to LiveKit, or writes it to a file. */
export function strayCall(module: Module, calls: readonly Node[], depth = 0): Node | undefined {
  for (const call of calls) {
    if (isJson(module, call) && depth < 3) {
      const further = follow(module, call, "keys");
      // A message that the JSON is parsed into is reached by flat fields, and they are not followed from here.
      const isReached = further.uses.length + further.remarks.length > 0;
      const parsed = isReached && further.calls.find((one) => doingOf(module, one) === "parse");
      const stray = parsed || strayCall(module, further.unknown, depth + 1);
      if (stray) return stray;
      continue;
    }
    const callee = call.field("function") ?? call;
    const modules = modulesOf(module, callee);
    if (isWriting(module, call)) continue;
    if (COPIES.test(textOf(module, callee))) return call;
    if (modules.length > 0 && modules.every((one) => SENDERS.test(one))) continue;
    const isSending = modules.length === 0 || SENDS.test(textOf(module, callee));
    if (!isSending || purposesOf(module, [call]).size === 0) return call;
  }
  return undefined;
}

/** Tells whether a call makes JSON; a piece of a program may leave out its imports. */
function isJson(module: Module, call: Node): boolean {
  return doingOf(module, call) === "json" || textOf(module, call).startsWith("json.dumps(");
}

/** Where what is called comes from, or the object that has the method: `httpx` for `client.post` of its `Client()`. */
function modulesOf(module: Module, callee: Node): string[] {
  const object = callee.field("object");
  return [callee, ...(object ? makersOf(module, object) : [])].flatMap((one) => {
    const called = calledBy(module, one);
    return called.by === "import" ? [called.from] : [];
  });
}

/** Modules that send what they are given as it is, or start programs. */
const SENDERS = /^(requests|httpx|aiohttp|urllib3?|niquests|http|subprocess|asyncio|anyio|os|livekit)(\.|$)/;
/** Methods of clients for HTTP: `from net import session`, then `session.post(…)`. */
const SENDS = /\.(post|put|request|send|fetch)$/;

function isWriting(module: Module, call: Node): boolean {
  return /(^|\.)(dump|write|write_text|writelines)$/.test(textOf(module, call.field("function") ?? call));
}

/** The callee of a call and its arguments, but for dicts; names stand for what they are set to. */
function wordsOf(module: Module, call: Node): string {
  const callee = call.field("function");
  const list = call.field("arguments");
  const words = (list?.parts ?? []).flatMap((part) => {
    const value = part.type === "keyword_argument" ? (part.field("value") ?? part) : part;
    if (value.type === "dictionary") return [];
    return [textOf(module, value), ...namesIn(value).flatMap((name) => settingsOf(module, name))];
  });
  return [callee ? textOf(module, callee) : "", ...words].join(" ");
}

/** The variables of which a text is put together: `url + PATH`, `f"{url}/…"`. */
function namesIn(node: Node, depth = 0): Node[] {
  if (node.type === "identifier") return [node];
  if (depth > 20 || !/^(binary_operator|parenthesized_expression|string|interpolation)$/.test(node.type))
    return [];
  return node.parts.flatMap((part) => namesIn(part, depth + 1));
}

function settingsOf(module: Module, name: Node): string[] {
  return variableOf(module, name).binds.flatMap((bind) => {
    const right =
      bind.parent?.type === "assignment" && bind.is("left") ? bind.parent.field("right") : undefined;
    return right && right.type !== "dictionary" ? [textOf(module, right)] : [];
  });
}

/** Returns what the `lk` commands in a part of the text do, and where the first of each stands. */
function commandsIn({ text }: Module, part: Span): Map<Purpose, Span> {
  const found = new Map<Purpose, Span>();
  for (const purpose of ["create", "update"] as const) {
    const command = new RegExp(
      `\\bdispatch(-rule)?\\b["',\\s]{1,8}${purpose}\\b|\\b${purpose}-sip-dispatch-rule\\b`,
    );
    const match = command.exec(text.slice(part.start, part.end));
    const start = part.start + (match?.index ?? 0);
    if (match) found.set(purpose, { start, end: start + match[0].length });
  }
  return found;
}
