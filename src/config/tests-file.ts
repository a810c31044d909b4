import { readYaml } from "../documents/yaml/read.ts";
import type { Call } from "../routing/call.ts";
import type { Expectation, RouteTest } from "../routing/run-tests.ts";
import type { Value } from "../rule/value.ts";
import { type ConfigProblem, type FieldReader, readFields } from "./fields.ts";

/** The keys that a file of tests may hold, and whether they have to be there. */
export const KEYS = {
  test: { name: true, call: true, expect: true },
  call: { to: true, from: true, trunk: false, pin: false },
  expect: { rule: false, room: false },
} as const;

/**
 * Reads routing tests, YAML or JSON, or gives the first problem. Every value is text as it was written, so that the number
 * `+15550100` and the PIN `0042` need no quotes. Nothing is thrown on any text.
 */
export function readTests(text: string): { tests: RouteTest[] } | ConfigProblem {
  const source = text.replace(/^\uFEFF/, "");
  return readFields(source, (reader) => {
    const read = readYaml(source);
    if (!("documents" in read)) return reader.refuse(read.at, read.message);
    const [first, second] = read.documents;
    if (second) reader.refuse(second.value, "a second document starts here");
    const list = first?.value;
    if (list?.kind !== "array" || list.items.length === 0) {
      const message = "it holds no tests: a file of tests is a list of { name, call, expect }";
      return reader.refuse(list ?? { start: 0 }, message);
    }
    return { tests: list.items.map((item) => testIn(item, reader)) };
  });
}

function testIn(value: Value, reader: FieldReader): RouteTest {
  const fields = reader.fields(value, "a test", Object.keys(KEYS.test));
  return {
    ...reader.place(value.start),
    name: wordsIn(reader.needed(value, fields, "name"), "name", reader),
    call: callIn(reader.needed(value, fields, "call"), reader),
    expect: expectationIn(reader.needed(value, fields, "expect"), reader),
  };
}

function callIn(value: Value, reader: FieldReader): Call {
  const fields = reader.fields(value, "a call", Object.keys(KEYS.call));
  const to = reader.needed(value, fields, "to");
  const calledNumber = wordsIn(to, "to", reader);
  if (calledNumber === "") reader.refuse(to, "a call needs a number in `to`");
  return {
    calledNumber,
    callingNumber: wordsIn(reader.needed(value, fields, "from"), "from", reader),
    trunk: optionalWords(fields, "trunk", reader),
    pin: optionalWords(fields, "pin", reader),
  };
}

function expectationIn(value: Value, reader: FieldReader): Expectation {
  if (value.kind === "string" && value.value === "no match") return "no match";
  if (value.kind !== "object") reader.refuse(value, "`expect` takes { rule: … }, { room: … } or: no match");
  const fields = reader.fields(value, "`expect`", Object.keys(KEYS.expect));
  if (fields.size === 0) reader.refuse(value, "`expect` says neither a rule nor a room");
  return { rule: optionalWords(fields, "rule", reader), room: optionalWords(fields, "room", reader) };
}

function optionalWords(
  fields: ReadonlyMap<string, Value>,
  key: string,
  reader: FieldReader,
): string | undefined {
  const value = fields.get(key);
  return value && wordsIn(value, key, reader);
}

/** Text or a number, as it was written. */
function wordsIn(value: Value, key: string, reader: FieldReader): string {
  if (value.kind === "string") return value.value;
  if (value.kind === "number") return value.raw;
  const isWord = value.kind === "null" || value.kind === "boolean" || value.kind === "code";
  return reader.refuse(
    value,
    `\`${key}\` takes text or a number${isWord ? "; what stands here needs quotes if it is meant as text" : ""}`,
  );
}
