import {
  type Document,
  isAlias,
  isMap,
  isNode,
  isScalar,
  isSeq,
  type Node,
  parseDocument,
  visit,
} from "yaml";
import type { Call } from "../routing/call.ts";
import type { Expectation, RouteTest } from "../routing/run-tests.ts";
import { nearest } from "../rule/suggestion.ts";
import { type Position, positions } from "../sources/position.ts";
import type { ConfigProblem } from "./config.ts";
import { tokensOf } from "../documents/yaml/tokens.ts";

/** The keys that a file of tests may hold, and whether they have to be there. */
export const KEYS = {
  test: { name: true, call: true, expect: true },
  call: { to: true, from: true, trunk: false, pin: false },
  expect: { rule: false, room: false },
} as const;

/**
 * Reads routing tests, YAML or JSON. With problems there are no tests. Every value is text as it was written, so
 * that the number `+15550100` and the PIN `0042` need no quotes. Nothing is thrown on any text.
 */
export function readTests(text: string): { tests: RouteTest[]; problems: ConfigProblem[] } {
  const source = text.replace(/^\uFEFF/, "");
  const place = positions(source);
  if (!tokensOf(source, MOST_DEPTH)) {
    return { tests: [], problems: [{ ...place(0), message: "it is nested too deep to hold tests" }] };
  }
  // The failsafe schema knows no numbers.
  const document = parseDocument(source, { schema: "failsafe", prettyErrors: false });
  const reader = new Reader(place, anchored(document));
  for (const { code, message, pos } of [...document.errors, ...document.warnings]) {
    reader.refuse(pos[0], code === "MULTIPLE_DOCS" ? "a second document starts here" : lowerFirst(message));
  }
  for (const [alias, node] of reader.aliases) {
    if (!node) reader.refuse(startOf(alias), "no anchor has this name");
  }
  const tests = reader.problems.length === 0 ? reader.tests(document.contents) : [];
  return reader.problems.length === 0 ? { tests, problems: [] } : { tests: [], problems: reader.problems };
}

/** Asked before the parser is, because that one calls itself for each level. */
const MOST_DEPTH = 50;

/** The target of each alias; undefined where no anchor before it has its name. */
type Aliases = ReadonlyMap<Node, Node | undefined>;

function anchored(document: Document): Aliases {
  const anchors = new Map<string, Node>();
  const aliases = new Map<Node, Node | undefined>();
  visit(document, (_, node) => {
    if (isAlias(node)) aliases.set(node, anchors.get(node.source));
    else if (isNode(node) && node.anchor !== undefined) anchors.set(node.anchor, node);
  });
  return aliases;
}

/** How problems name the maps. */
const NAMES = { test: "a test", call: "a call", expect: "`expect`" };

/** A map's values by their keys; `at` is where the map stands. */
interface Fields {
  at: number;
  values: Map<string, Node | null>;
}

class Reader {
  readonly problems: ConfigProblem[] = [];
  readonly #place: (offset: number) => Position;
  readonly aliases: Aliases;

  constructor(place: (offset: number) => Position, aliases: Aliases) {
    this.#place = place;
    this.aliases = aliases;
  }

  refuse(at: number, message: string): void {
    this.problems.push({ ...this.#place(at), message });
  }

  tests(contents: Node | null): RouteTest[] {
    const list = this.#follow(contents);
    if (!isSeq(list) || list.items.length === 0) {
      this.refuse(startOf(list), "it holds no tests: a file of tests is a list of { name, call, expect }");
      return [];
    }
    return list.items.flatMap((item) => this.#test(item as Node | null, startOf(list)) ?? []);
  }

  #test(node: Node | null, listAt: number): RouteTest | undefined {
    const test = this.#fields(node, "test", listAt);
    if (!test) return undefined;
    const name = this.#text(test, "name");
    const call = this.#call(test);
    const expect = this.#expectation(test);
    if (name === undefined || !call || !expect) return undefined;
    return { ...this.#place(test.at), name, call, expect };
  }

  #call(test: Fields): Call | undefined {
    if (!test.values.has("call")) return undefined;
    const call = this.#fields(test.values.get("call") ?? null, "call", test.at);
    if (!call) return undefined;
    const calledNumber = this.#text(call, "to");
    const callingNumber = this.#text(call, "from");
    const [trunk, pin] = [this.#text(call, "trunk"), this.#text(call, "pin")];
    if (calledNumber === "") this.refuse(call.at, "a call needs a number in `to`");
    return calledNumber && callingNumber !== undefined
      ? { calledNumber, callingNumber, trunk, pin }
      : undefined;
  }

  #expectation(test: Fields): Expectation | undefined {
    if (!test.values.has("expect")) return undefined;
    const node = this.#follow(test.values.get("expect") ?? null);
    if (isScalar(node) && node.value === "no match") return "no match";
    if (!isMap(node)) {
      this.refuse(startOf(node, test.at), "`expect` takes { rule: … }, { room: … } or: no match");
      return undefined;
    }
    const fields = this.#fields(node, "expect", test.at);
    if (!fields) return undefined;
    const expected = { rule: this.#text(fields, "rule"), room: this.#text(fields, "room") };
    if (fields.values.size === 0) this.refuse(fields.at, "`expect` says neither a rule nor a room");
    return expected;
  }

  #fields(node: Node | null, kind: keyof typeof KEYS, parentAt: number): Fields | undefined {
    const map = this.#follow(node);
    const keys: Record<string, boolean> = KEYS[kind];
    const names = Object.keys(keys);
    if (!isMap(map)) {
      this.refuse(startOf(map, parentAt), `${NAMES[kind]} takes the keys ${names.join(", ")}`);
      return undefined;
    }
    const fields: Fields = { at: startOf(map), values: new Map() };
    for (const { key, value } of map.items) {
      const name = isScalar(key) && typeof key.value === "string" ? key.value : "";
      if (!names.includes(name)) {
        const near = nearest(name, names);
        const hint = near ? `; did you mean ${near}?` : `, which takes ${names.join(", ")}`;
        this.refuse(
          startOf(key as Node | null, fields.at),
          `\`${name}\` is not a key of ${NAMES[kind]}${hint}`,
        );
      }
      fields.values.set(name, value as Node | null);
    }
    for (const name of names) {
      if (keys[name] === true && !fields.values.has(name)) {
        this.refuse(fields.at, `${NAMES[kind]} needs \`${name}\``);
      }
    }
    return fields;
  }

  /** The value as it was written; undefined, and refused, when it is no text or number. */
  #text(fields: Fields, key: string): string | undefined {
    if (!fields.values.has(key)) return undefined;
    const node = this.#follow(fields.values.get(key) ?? null);
    const plain = isScalar(node) && node.type === "PLAIN";
    if (isScalar(node) && typeof node.value === "string" && !(plain && NO_TEXT.test(node.value))) {
      return node.value;
    }
    const given =
      plain && node.value !== "" ? `${String(node.value)} needs quotes if it is meant as text` : "";
    this.refuse(startOf(node, fields.at), `\`${key}\` takes a text or a number${given && `; ${given}`}`);
    return undefined;
  }

  #follow(node: Node | null): Node | null {
    return isAlias(node) ? (this.aliases.get(node) ?? null) : node;
  }
}

/** Plain scalars that YAML and JSON don't read as text. */
const NO_TEXT = /^(|~|null|true|false)$/i;

function startOf(node: Node | null, otherwise = 0): number {
  return node?.range?.[0] ?? otherwise;
}

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}
