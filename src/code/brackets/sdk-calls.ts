import type { Span } from "../../rule/value.ts";
import type { SdkArgument, SdkCall } from "../../sources/syntax.ts";
import { type Group, groupsIn, type Item } from "./brackets.ts";

/**
 * The calls in a text of methods that handle dispatch rules, where the text says that they are those of LiveKit's SDK for
 * Node: it has the class of the client, or calls something so, or gives a whole request to a method that is called as in
 * that SDK. Takes linear time.
 */
export function sdkCallsIn(text: string, root: Group): SdkCall[] {
  if (!METHOD.test(text)) return [];
  const groups = groupsIn(root);
  const bound = objectsByName(groups);
  const isSure = /\bSipClient\b|livekit-server-sdk/.test(text);
  const isOthers = OTHERS.test(text);
  return groups.flatMap(({ group, item }): SdkCall[] => {
    if (!item || group.bracket !== "(") return [];
    const before = text.slice(Math.max(item.start, group.start - LONGEST), group.start);
    const [, receiver = "", name = ""] = CALL.exec(before) ?? [];
    if (name === "" || receiver === "this") return [];
    const given = group.items
      .filter((one) => text.slice(one.start, one.end).trim() !== "")
      .map((one) => argumentOf(text, one, bound));
    const isRequest =
      name === "createSipDispatchRule" && given[0]?.keys?.some((key) => key.name === "rule") === true;
    if (!isSure && (isOthers || !(isRequest || CLIENT.test(receiver)))) return [];
    const start = group.start - (before.length - before.lastIndexOf(name));
    return [
      {
        method: name,
        at: { start, end: start + name.length },
        isSure,
        given,
      },
    ];
  });
}

const METHOD = /\b(?:create|update)S(?:ip|IP)DispatchRule/;
/** A call with what it is called on: of `this.#sip().createSipDispatchRule` the last of what stands before. */
const CALL =
  /([\w$]+)(?:\([^()]*\))?\s*[?!]?\.\s*((?:create|update)S(?:ip|IP)DispatchRule(?:Fields)?)\s*(?:\?\.\s*)?$/;
/** Names that people give the client. */
const CLIENT = /sip_?client$/i;
/** Clients of other libraries, whose methods are those of the protocol. */
const OTHERS = /twirp|grpc|\bcreate(?:Promise)?Client\b/i;
const LONGEST = 300;

/** An object, by the name that it is given. */
type Bound = ReadonlyMap<string, readonly { group: Group; at: number }[]>;

function objectsByName(groups: readonly { group: Group; item: Item | undefined }[]): Bound {
  const bound = new Map<string, { group: Group; at: number }[]>();
  for (const { group, item } of groups) {
    if (group.bracket !== "{" || item?.key === undefined) continue;
    const known = bound.get(item.key.name);
    if (known) known.push({ group, at: group.start });
    else bound.set(item.key.name, [{ group, at: group.start }]);
  }
  return bound;
}

function argumentOf(text: string, item: Item, bound: Bound): SdkArgument {
  const said = text.slice(item.start, item.end);
  const span = { start: item.start + said.search(/\S/), end: item.end };
  const [first] = item.groups;
  const object = first?.bracket === "{" && first.start === span.start ? first : undefined;
  if (object) return { ...span, ...keysOf(text, object) };
  const [, name = ""] = /^\s*([A-Za-z_$][\w$]*)(?:\s+as\b[^]*|!?\s*)$/.exec(said) ?? [];
  // Where it has that name before, the last time.
  const known = bound.get(name)?.findLast(({ at }) => at < item.start);
  if (!known || !isBound(text, name, known.group)) return span;
  const { keys, isAll } = keysOf(text, known.group);
  return { ...span, keys: [...keys, ...setLater(text, name, known.group.end, item.start)], isAll };
}

/** `const name = {`, with a type or without; not a key of another object. */
function isBound(text: string, name: string, { start }: Group): boolean {
  const before = text.slice(Math.max(0, start - LONGEST), start);
  const found = before.lastIndexOf(name);
  return (
    found >= 0 && /(?:^|[^\w$])(?:const|let|var)\s+$/.test(before.slice(0, found)) && /=\s*$/.test(before)
  );
}

/** The keys that an object is given behind its literal: `options.numbers = […]`. */
function setLater(text: string, name: string, from: number, to: number): Key[] {
  const between = text.slice(from, Math.min(to, from + FARTHEST));
  const sets = new RegExp(
    String.raw`(?<![\w$.])${name.replaceAll("$", String.raw`\$`)}\.(\w+)\s*=(?![=>])`,
    "g",
  );
  return Array.from(between.matchAll(sets), ({ 0: whole, 1: key = "", index }) => {
    const start = from + index + whole.indexOf(`.${key}`) + 1;
    return { name: key, at: { start, end: start + key.length } };
  });
}

const FARTHEST = 20_000;

interface Key {
  name: string;
  at: Span;
}

function keysOf(text: string, { items }: Group): { keys: Key[]; isAll: boolean } {
  const written = items.filter(
    ({ start, end }) => text.slice(start, end).replaceAll(COMMENT, "").trim() !== "",
  );
  const keys = written.flatMap((item): Key[] => {
    if (item.key || item.end - item.start > LONGEST) return item.key ? [item.key] : [];
    const [, space = "", name] =
      /^([^]*?)([A-Za-z_$][\w$]*)\s*$/.exec(text.slice(item.start, item.end)) ?? [];
    const start = item.start + space.length;
    // `{ rule, trunkIds }`; what stands before it is comments at most.
    const isShort =
      name !== undefined && item.groups.length === 0 && !/\.\.\.|\w\s*$/.test(space.replaceAll(COMMENT, ""));
    return isShort ? [{ name, at: { start, end: start + name.length } }] : [];
  });
  return { keys, isAll: keys.length === written.length };
}

const COMMENT = /\/\*[^]*?\*\/|\/\/[^\n]*/g;
