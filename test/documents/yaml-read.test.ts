import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseAllDocuments } from "yaml";
import { cases } from "../cases.ts";
import type { Value } from "../../src/rule/value.ts";
import { yaml } from "../../src/documents/yaml/index.ts";
import { readYaml } from "../../src/documents/yaml/read.ts";

/** The value of `x` in a text that is one mapping, and what is written in its span. */
function valueOf(text: string): [Value["kind"], string] {
  const read = readYaml(text);
  if (!("documents" in read)) throw new Error(read.message);
  const document = read.documents[0]?.value;
  const value =
    document?.kind === "object" ? document.members.find(({ key }) => key === "x")?.value : undefined;
  if (!value) throw new Error("there is no x");
  return [value.kind, text.slice(value.start, value.end)];
}

describe("what a scalar says by the core schema", () => {
  it.each<[string, Value["kind"]]>([
    ["+15550100", "number"],
    ["0042", "number"],
    ["0o17", "number"],
    ["0x1F", "number"],
    ["-.5e3", "number"],
    [".inf", "number"],
    ["1_000", "string"],
    ["12:30", "string"],
    ["2026-01-31", "string"],
    ["+1 555 0100", "string"],
    ["yes", "string"],
    ["True", "boolean"],
    ["tRUE", "string"],
    ["~", "null"],
    ["Null", "null"],
    ["'null'", "string"],
    ['"1"', "string"],
    ["!!str 1", "string"],
    ["!!int 1", "number"],
    ["! 1", "string"],
    ["!Ref x", "code"],
    ["!!binary YQ==", "code"],
    ["*a", "code"],
    ["${IDS}", "code"],
    ["$IDS", "code"],
    ["<TRUNK_ID>", "code"],
    ["__ID__", "code"],
    ["${A}-${B}", "string"],
    ["{{ ids }}", "code"],
    ['"${IDS}"', "string"],
    ["{}", "object"],
    ["[]", "array"],
  ])("%s", (written, kind) => {
    const content = written.replace(/^!\S* /, "");
    expect(valueOf(`a: &a 1\nx: ${written}   # end\n`)).toEqual([kind, content]);
  });

  it("is null where nothing stands, directly behind the colon", () => {
    expect(valueOf("x:    # nothing\ny: 1\n")).toEqual(["null", ""]);
    const read = readYaml("x:    # nothing\ny: 1\n");
    expect(read).toMatchObject({
      documents: [{ value: { members: [{ value: { start: 2, end: 2 } }, {}] } }],
    });
  });
});

describe("spans", () => {
  it.each([
    { text: "x: a\n  b  # c\n", span: "a\n  b" },
    { text: "x: |2-  # c\n   a\n\n  b\n\n\ny: 1\n", span: "|2-  # c\n   a\n\n  b" },
    { text: "x: |+\n  a\n\n\ny: 1\n", span: "|+\n  a\n\n" },
    { text: "x: >\n\ny: 1\n", span: ">" },
    { text: "x: 'a\n\n  b'\n", span: "'a\n\n  b'" },
    { text: "x:\n- a\n- b: c # d\n", span: "- a\n- b: c" },
    { text: "x: {a: 1,\n  b: 2} # c\n", span: "{a: 1,\n  b: 2}" },
    { text: "x:\n  ? a\n  : b # c\n  # d\n# e\n", span: "? a\n  : b # c\n  # d" },
    { text: "\uFEFFx: \u{1F4DE}\n", span: "\u{1F4DE}" },
  ])("$span", ({ text, span }) => {
    expect(valueOf(text)[1]).toBe(span);
  });
});

describe("what is no YAML", () => {
  it.each([
    { what: "an open bracket", text: "rule: [\n", at: 8, says: /end with a \]/ },
    { what: "tabs", text: "rule:\n\ta: 1\n", at: 6, says: /tabs are not allowed/ },
    { what: "lone carriage returns", text: "rule:\r  a: 1\r", at: 5, says: /carriage return/ },
    {
      what: "a template's expression over several lines",
      text: "a: 1\n{{- with (list\n 1) }}\nb: 2\n{{- end }}\n",
      at: 5,
      says: /template/,
    },
    { what: "a template in a text over lines", text: "a: x {{ y }}\n  z\n", at: 5, says: /template/ },
  ])("$what", ({ text, at, says }) => {
    const { problems, sites } = yaml.read(text);
    expect(sites).toEqual([]);
    expect(problems).toHaveLength(1);
    expect(problems[0]?.message).toMatch(says);
    expect(problems[0]?.at.start).toBe(at);
  });

  it.each(["[", "{a: ", "- ", "? ", "[{a: ", "a:\n"])("survives any nesting of %s", (open) => {
    const deep =
      open === "a:\n"
        ? Array.from({ length: 2000 }, (_, depth) => " ".repeat(depth) + open).join("")
        : open.repeat(100_000);
    expect(yaml.read(deep).problems).toMatchObject([{ message: "it is nested more than 500 levels deep" }]);
  });
});

describe("any text", () => {
  const piece = fc.constantFrom(
    "rule",
    "dispatch_rule",
    ":",
    ": ",
    "- ",
    "? ",
    "\n",
    "\n  ",
    "\r\n",
    "{",
    "}",
    "[",
    "]",
    ",",
    "&a ",
    "*a",
    "<<",
    "!t ",
    "|",
    ">-",
    "'",
    '"',
    "\\",
    "# c",
    "---\n",
    "...\n",
    "%YAML 1.1\n",
    "{{ x }}",
    "{{-",
    "\n{{- if x }}\n",
    "{% x %}",
    "{{/* x\n",
    "*/}}\n",
    "{#",
    "#}",
    "${X}",
    "\t",
    "\uFEFF",
    "1",
    "~",
  );
  const text = fc.array(piece, { maxLength: 30 }).map((pieces) => pieces.join(""));

  it("is read without a throw, and every span lies in the text", () => {
    fc.assert(
      fc.property(fc.oneof(text, fc.string({ unit: "binary" })), (source) => {
        const { sites, regions, problems, comments } = yaml.read(source);
        const spans = [...sites.map(({ at }) => at), ...problems.map(({ at }) => at), ...comments];
        for (const { start, end } of spans) {
          expect(start).toBeGreaterThanOrEqual(0);
          expect(start).toBeLessThanOrEqual(end);
        }
        for (const region of regions)
          expect(region.toOuter(region.text.length)).toBeLessThanOrEqual(source.length);
      }),
      cases(250),
    );
  });

  it("that yaml's own reader takes is taken, templates and depth aside", () => {
    fc.assert(
      fc.property(text, (source) => {
        fc.pre(!source.includes("{{") && !/\r(?!\n)|\uFEFF|---|\.\.\.|%|<</.test(source));
        const documents = parseAllDocuments(source, { uniqueKeys: false, logLevel: "silent" });
        const isTaken = documents.every(({ errors }) => errors.length === 0);
        const problems = isTaken ? yaml.read(source).problems : [];
        expect(problems.filter(({ part }) => !part)).toEqual([]);
      }),
      cases(250),
    );
  });
});
