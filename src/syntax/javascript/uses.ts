import { requestField } from "../../rule/fields.ts";
import type { Call, Passing } from "../source/file-trail.ts";
import type { Range } from "../source/tokens.ts";
import { type Carrier, type Following, parameter, promised } from "./carry.ts";
import { isChanged, keyAt, objectKeys, schemaKeys } from "./keys.ts";
import { pathsOf } from "./paths.ts";
import type { Script } from "./script.ts";
import { WRITES } from "./written.ts";

/** Behind it is a `.` and a name, and perhaps the bracket of a call. */
export function member(following: Following, carrier: Carrier): void {
  const { script, trail, isModule } = following;
  const { from, to, raw } = carrier;
  const name = script.word(to + 1);
  const isCall = script.word(to + 2) === "(";
  const at = { from, to: isCall ? script.behind(to + 2) : to + 2 };
  if (name === "then" && isCall) return promised(following, carrier, to + 2);
  if (raw) {
    if (!isCall) return;
    if (/^(toString|trim|text|replace|replaceAll)$/.test(name)) trail.on({ ...carrier, ...at });
    else if (name === "json") trail.on({ ...carrier, ...at, raw: false });
  } else if (name === "default" && isModule) trail.on({ ...carrier, to: to + 2 });
  else if (isCall) {
    const [argument] = script.itemsOf(to + 2);
    const key = name === "hasOwnProperty" && argument ? keyAt(script, argument.from) : undefined;
    trail.read(at, carrier, key === undefined ? undefined : [key]);
  } else trail.read(at, carrier, [name], isChanged(script, at));
}

/** `...rule` in this bracket: what stands beside it would stand beside the wrapper. */
export function spread({ script, trail }: Following, carrier: Carrier, outer: number): void {
  if (script.word(outer) !== "{") return trail.read(carrier, carrier);
  const items = script.itemsOf(outer).filter(({ from }) => script.word(from) !== "...");
  const beside = items.map(({ from }) => script.tokens[from]?.value ?? script.word(from));
  const keys = beside.filter((key) => requestField(key) !== undefined);
  trail.read(carrier, carrier, keys, true);
  trail.on({ ...carrier, from: outer, to: script.behind(outer) });
}

/** It is the value of a key of an object. Under some LiveKit wants a bare rule. */
export function putUnder(following: Following, key: string, carrier: Carrier): void {
  const { script, trail } = following;
  if (/^(dispatch_?rule|replace)$/i.test(key)) trail.said("update", carrier, carrier);
  // What it is the body of is said by the call around it.
  const outer = script.tokens[carrier.from]?.outer ?? -1;
  const bracket = script.tokens[outer]?.outer ?? -1;
  const call = /^(body|data|json)$/.test(key) ? script.callAt(bracket) : undefined;
  if (call) sent(following, carrier, call, script.itemsOf(bracket));
}

/** It is an argument of a call. */
export function passed(following: Following, carrier: Carrier, call: Passing): void {
  const { script, trail } = following;
  const { raw } = carrier;
  const { name, callee, items, index, whole } = call;
  if (WRITES.test(name) && index > 0) return copied(following, carrier, call);
  const isSent = sent(following, carrier, call, items);
  if (raw) {
    const parses = /^(JSON5?\.parse|YAML\.parse|yaml\.(load|parse)|parse|load)$/.test(callee);
    if (parses || name === "String") trail.on({ ...carrier, ...whole, raw: !parses });
  } else if (name === "stringify") {
    return trail.on({ ...carrier, ...whole, raw: true });
  } else if (/^(structuredClone|freeze|assign|cloneDeep)$/.test(name)) {
    return trail.on({ ...carrier, ...whole });
  }
  const isOwn = callee === name || callee.startsWith("this.");
  const functions = isOwn ? script.functionsNamed(name) : [];
  for (const one of functions) parameter(following, one.parameters, index, carrier);
  if (raw || isSent || functions.length > 0) return;
  if (name === "expect") return expected(following, carrier, whole.to);
  if (/^(deepEqual|deepStrictEqual|equal|strictEqual|notDeepEqual)$/.test(name)) {
    const other = items.find((_, at) => at !== index);
    return trail.read(carrier, carrier, other && objectKeys(script, other));
  }
  if (!SHOWS.test(name)) trail.read(carrier, carrier, schemaKeys(script, call));
}

/** Functions that look at no key of what they are given. */
const SHOWS = /^(log|info|warn|error|debug|dir|table|isArray|fromJson|inspect|push|Boolean)$/;

/** Whether a call sends to LiveKit what it is given. */
function sent(
  { script, trail }: Following,
  carrier: Carrier,
  { callee }: Call,
  items: readonly Range[],
): boolean {
  const words = [callee, ...items.flatMap((item) => wordsOf(script, item))].join(" ");
  const does = /CreateSIPDispatchRule/.test(words)
    ? "create"
    : /UpdateSIPDispatchRule|SIPDispatchRuleInfo|\bupdateSipDispatchRule/.test(words)
      ? "update"
      : undefined;
  if (does) trail.said(does, carrier, carrier);
  return does !== undefined;
}

function wordsOf(script: Script, item: Range): string[] {
  if (script.word(item.from) === "{") return [];
  const value = item.to === item.from + 1 ? script.declarationOf(item.from)?.value : undefined;
  const isShort = value && value.to - value.from < 20 && script.word(value.from) !== "{";
  return [script.slice(item).slice(0, 300), ...(isShort ? [script.slice(value)] : [])];
}

/** `expect(rule).toEqual({ … })`, `expect(rule).toHaveProperty("name")` */
function expected({ script, trail }: Following, carrier: Carrier, end: number): void {
  let at = end;
  while (script.word(at) === "." && script.word(at + 2) === ".") at += 2;
  const [argument] = script.itemsOf(at + 2);
  if (script.word(at) !== "." || script.word(at + 2) !== "(" || !argument) return;
  const key = script.word(at + 1) === "toHaveProperty" ? keyAt(script, argument.from) : undefined;
  const keys = key === undefined ? objectKeys(script, argument) : [key];
  trail.read({ from: carrier.from, to: at + 2 }, carrier, keys);
}

/** It is written to another file, or the same. */
function copied({ script, trail, copied: calls }: Following, carrier: Carrier, call: Passing): void {
  calls.add(call.bracket);
  const [path] = call.items;
  for (const to of path ? pathsOf(script, path, carrier.given) : []) trail.said("copy", carrier, carrier, to);
}
