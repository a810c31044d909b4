import { readFileSync } from "node:fs";
import { join } from "node:path";
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { KEYS, readTests } from "../../src/config/tests-file.ts";

const ROOT = join(import.meta.dirname, "../..");

/** The problem of a text as `line:column message`, or its tests. */
function read(text: string) {
  const found = readTests(text);
  return "message" in found ? `${found.line}:${found.column} ${found.message}` : found.tests;
}

test("a test is a name, a call and what has to become of it", () => {
  const text = [
    "# our main number",
    "- name: main line",
    "  call: { to: +15550100, from: +15550177, trunk: ST_main, pin: 4821 }",
    "  expect: { rule: main, room: main_<random> }",
    "- name: nobody",
    "  call: { to: +15550101, from: '' }",
    "  expect: no match",
  ].join("\n");
  const call = { calledNumber: "+15550100", callingNumber: "+15550177", trunk: "ST_main", pin: "4821" };
  expect(read(text)).toEqual([
    { line: 2, column: 3, name: "main line", call, expect: { rule: "main", room: "main_<random>" } },
    {
      line: 5,
      column: 3,
      name: "nobody",
      call: { calledNumber: "+15550101", callingNumber: "", trunk: undefined, pin: undefined },
      expect: "no match",
    },
  ]);
});

test.each(["+15550100", "15550100", "0042", "0x2A", "1e3", "1_000", "12345678901234567890", "007.10", ".5"])(
  "the number %s is taken as it is written",
  (number) => {
    const tests = read(`- {name: a, call: {to: ${number}, from: ${number}}, expect: no match}`);
    expect(tests).toMatchObject([{ call: { calledNumber: number, callingNumber: number } }]);
  },
);

test("JSON is read too, with a byte order mark and numbers", () => {
  const json = '\uFEFF[\n\t{"name": "a", "call": {"to": 15550100, "from": "1"}, "expect": {"rule": "r"}}\n]';
  expect(read(json)).toMatchObject([{ line: 2, column: 2, call: { calledNumber: "15550100" } }]);
});

describe("refuses, and says where,", () => {
  const rest = "\n  call: { to: 1, from: 2 }\n  expect: no match";
  test.each([
    ["an unknown key", `- name: a\n  cal: {}${rest}`, "2:3 a test has no key `cal`; did you mean `call`?"],
    [
      "an unknown key of a call",
      "- name: a\n  call: { to: 1, from: 2, over: 3 }\n  expect: no match",
      "2:27 a call has no key `over`; it takes to, from, trunk, pin",
    ],
    ["no called number", "- name: a\n  call: { from: 2 }\n  expect: no match", "2:9 `to` is missing here"],
    ["no calling number", "- name: a\n  call: { to: 2 }\n  expect: no match", "2:9 `from` is missing here"],
    [
      "an empty called number",
      "- name: a\n  call: { to: '', from: 2 }\n  expect: no match",
      "2:15 a call needs a number in `to`",
    ],
    ["a test without a name", `-${rest.slice(2)}`, "1:3 `name` is missing here"],
    [
      "a list for a number",
      "- name: a\n  call: { to: [1], from: 2 }\n  expect: no match",
      "2:15 `to` takes text or a number",
    ],
    [
      "null",
      "- name: a\n  call: { to: 1, from: 2, trunk: null }\n  expect: no match",
      "2:34 `trunk` takes text or a number; what stands here needs quotes if it is meant as text",
    ],
    [
      "another word than no match",
      "- name: a\n  call: { to: 1, from: 2 }\n  expect: none",
      "3:11 `expect` takes { rule: … }, { room: … } or: no match",
    ],
    [
      "an expectation of nothing",
      "- name: a\n  call: { to: 1, from: 2 }\n  expect: {}",
      "3:11 `expect` says neither a rule nor a room",
    ],
    ["a call that is no map", "- name: a\n  call: 5\n  expect: no match", "2:9 a call is an object"],
    ["a key that is repeated", `- name: a\n  name: b${rest}`, "2:3 `name` is given twice"],
    [
      "an alias",
      "- name: a\n  call: *b\n  expect: no match",
      "2:9 a call is an object, and `*b` is not followed",
    ],
    ["a second document", `- name: a${rest}\n---\n[]`, "5:1 a second document starts here"],
    ["no tests", "[]", "1:1 it holds no tests: a file of tests is a list of { name, call, expect }"],
    ["an empty file", "", "1:1 it holds no tests: a file of tests is a list of { name, call, expect }"],
    ["a map", "name: a", "1:1 it holds no tests: a file of tests is a list of { name, call, expect }"],
  ])("%s", (_, text, problem) => {
    expect(read(text)).toBe(problem);
  });

  test.each([
    ["brackets", "[".repeat(100_000)],
    ["list items in a line", "- ".repeat(100_000)],
    ["indentation", Array.from({ length: 1000 }, (_, depth) => `${" ".repeat(depth)}a:`).join("\n")],
  ])("nesting that no parser survives: %s", (_, text) => {
    expect(read(text)).toBe("1:1 it is nested more than 500 levels deep");
  });
});

test("nothing is thrown on any text", () => {
  const piece = fc.constantFrom(
    "- ",
    "name: ",
    "call: ",
    "{",
    "}",
    "[",
    "]",
    "&a ",
    "*a",
    "\n",
    "  ",
    "!!",
    "'",
    "|\n",
    "#",
    ":",
    "? ",
    "---\n",
    "%",
    "\t",
    "\u0000",
  );
  fc.assert(
    fc.property(fc.array(fc.oneof(piece, fc.string()), { maxLength: 20 }), (pieces) => {
      expect(read(pieces.join(""))).not.toEqual([]);
    }),
    { numRuns: 500 },
  );
});

describe("the JSON Schema", () => {
  interface Shape {
    additionalProperties: boolean;
    required?: string[];
    properties: Record<string, unknown>;
  }
  const schema: { definitions: Record<string, Shape> } = JSON.parse(
    readFileSync(join(ROOT, "schema/route-tests.schema.json"), "utf8"),
  );

  test.each(Object.entries(KEYS))("has the keys of %s that the reader takes", (kind, keys) => {
    const shape = schema.definitions[kind];
    expect(Object.keys(shape?.properties ?? {})).toEqual(Object.keys(keys));
    const required = Object.entries(keys).filter(([, needed]) => needed);
    expect(shape?.required ?? []).toEqual(required.map(([key]) => key));
    expect(shape?.additionalProperties).toBe(false);
  });

  test("is of the file of the example, which is read", () => {
    const example = readFileSync(join(ROOT, "examples/routing/routes.yaml"), "utf8");
    expect(example).toContain("$schema=../../schema/route-tests.schema.json");
    expect(read(example)).toHaveLength(4);
  });
});
