import fc from "fast-check";
import { type Node, type ParseError, parseTree } from "jsonc-parser";
import { describe, expect, it } from "vitest";
import { cases } from "../cases.ts";
import type { Value } from "../../src/rule/value.ts";
import { readJson } from "../../src/documents/json/read.ts";
import { flatRequest, layOut, layoutStyle } from "../plan/generate.ts";

/** The value with its offsets, as both readers can say it. */
function ours(value: Value): unknown {
  const at = [value.start, value.end];
  switch (value.kind) {
    case "object":
      return [at, value.members.map((member) => [member.key, member.at.start, ours(member.value)])];
    case "array":
      return [at, value.items.map(ours)];
    case "number":
      return [at, Number(value.raw)];
    case "null":
      return [at, null];
    case "code":
      return [at, value.raw];
    case "string":
    case "boolean":
      return [at, value.value];
  }
}

function theirs(node: Node): unknown {
  const at = [node.offset, node.offset + node.length];
  const children = node.children ?? [];
  switch (node.type) {
    case "object":
      return [
        at,
        children.map(({ children: [key, value] = [] }) => [key?.value, key?.offset, value && theirs(value)]),
      ];
    case "array":
      return [at, children.map(theirs)];
    default:
      return [at, node.value];
  }
}

/** What jsonc-parser's own tree says; undefined where it finds an error. */
function secondOpinion(text: string): unknown {
  const errors: ParseError[] = [];
  const tree = parseTree(text, errors, { allowTrailingComma: true });
  return tree && errors.length === 0 ? theirs(tree) : undefined;
}

function firstOpinion(text: string): unknown {
  const read = readJson(text);
  return "value" in read ? ours(read.value) : undefined;
}

describe("the reader agrees with a second one", () => {
  it("on everything that people write", () => {
    fc.assert(
      fc.property(flatRequest, layoutStyle, (request, style) => {
        const text = layOut(request, { ...style, bom: false });
        expect(firstOpinion(text)).toEqual(secondOpinion(text));
        expect(firstOpinion(text)).toBeDefined();
      }),
      cases(300),
    );
  });

  it("on broken texts: where one finds an error, so does the other", () => {
    const piece = fc.constantFrom(
      "{",
      "}",
      "[",
      "]",
      ",",
      ":",
      '"a"',
      '"',
      "1",
      "-",
      "01",
      "1.",
      "1e",
      "true",
      "nul",
      " ",
      "\n",
      "// c\n",
      "/*",
      "*/",
      "\\",
      "\u0001",
      '"\\x"',
      '"\\u12"',
      "\u00a0",
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 10 }), (pieces) => {
        const text = pieces.join("");
        expect(firstOpinion(text)).toEqual(secondOpinion(text));
      }),
      cases(1000),
    );
  });
});

describe("what JSON.parse would lose", () => {
  it("keeps repeated keys, `__proto__`, long numbers and escapes", () => {
    const text = String.raw`{"a":1,"a":2,"__proto__":9007199254740993,"\u0061":"\u00e9"}`;
    const read = readJson(text);
    const members = "value" in read && read.value.kind === "object" ? read.value.members : [];
    expect(members.map(({ key }) => key)).toEqual(["a", "a", "__proto__", "a"]);
    expect(
      members.map(({ value }) =>
        value.kind === "number" ? value.raw : value.kind === "string" && value.value,
      ),
    ).toEqual(["1", "2", "9007199254740993", "é"]);
  });

  it("says what strict JSON would refuse, in the order of the text", () => {
    const read = readJson('\uFEFF{ // c\n "a": [1, 2, /* d */ ], "b": $X, }');
    expect("value" in read && read.refused.map(({ what }) => what)).toEqual([
      "byte-order-mark",
      "comment",
      "comment",
      "trailing-comma",
      "placeholder",
      "trailing-comma",
    ]);
  });
});

describe("placeholders where a value belongs", () => {
  it.each([
    "$IDS",
    "${IDS}",
    "${IDS:-[1, {}]}",
    '$(jq -r .x "a b")',
    "{{ ids }}",
    "{{ .Values.ids | toJson }}",
    "<TRUNK_ID>",
    "__TRUNK_ID__",
    "${A}${B}",
    "$1",
  ])("%s", (placeholder) => {
    const text = `{"a":${placeholder},"b":[${placeholder}, "c", ${placeholder}]}`;
    const read = readJson(text);
    const [a, b] = "value" in read && read.value.kind === "object" ? read.value.members : [];
    expect(a?.value).toMatchObject({ kind: "code", raw: placeholder });
    expect(b?.value).toMatchObject({
      kind: "array",
      items: [{ raw: placeholder }, { value: "c" }, { raw: placeholder }],
    });
  });

  it.each(['{"a": ${IDS}', '{"a": ${IDS "b": 1}', '{"a": {{ x }', '{"a": <b c\n>}', "{$K: 1}", '{"a": $}'])(
    "but not %j",
    (text) => {
      expect(readJson(text)).toHaveProperty("message");
    },
  );
});

describe("any nesting", () => {
  const deep = 20_000;
  it.each([
    ["lists", "[".repeat(deep), "]".repeat(deep)],
    ["objects", '{"a":'.repeat(deep), `1${"}".repeat(deep)}`],
  ])("of %s is read, and refused when it is cut off", (_, open, close) => {
    expect(readJson(open + close)).toHaveProperty("value");
    expect(readJson(open)).toMatchObject({
      at: { start: open.length },
      message: expect.stringMatching(/^the text ends inside the (array|object) that opens at 1:\d+$/),
    });
  });
});
