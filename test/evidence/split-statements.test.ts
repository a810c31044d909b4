import { describe, expect, it } from "vitest";
import { splitStatements } from "../../src/evidence/code/split-statements.ts";

/** The statements of a text, each without the blanks around it. */
function split(text: string): string[] {
  const parts = splitStatements({ text, comments: [], regions: [], keys: [] });
  return parts.map((part) => part.text.trim()).filter((part) => part !== "");
}

describe("the statements of a text in any language", () => {
  it.each<[idea: string, text: string, statements: string[]]>([
    ["a line each", "a = 1\nb = 2\n", ["a = 1", "b = 2"]],
    ["on one line", "a = 1; b = 2", ["a = 1;", "b = 2"]],
    ["over lines in brackets", "run(a,\n    b)\nc()", ["run(a,\n    b)", "c()"]],
    ["over lines behind a backslash", "run a \\\n  b\nc", ["run a \\\n  b", "c"]],
    ["over lines before a dot", "a\n  .b()\nc", ["a\n  .b()", "c"]],
    ["in a block", "if (x) {\n  a()\n}\n", ["if (x) {", "a()", "}"]],
    ["with an object", "a = {\n  b: 1,\n}\nc", ["a = {\n  b: 1,\n}", "c"]],
    ["with brackets in strings", 'a("(")\nb', ['a("(")', "b"]],
    ["without remarks", "a # b\nc // d\n", ["a", "c"]],
    [
      "with a block behind words in quotes",
      'resource "a" "b" {\n  c = 1\n  d = 2\n}\n',
      ['resource "a" "b" {', "c = 1", "d = 2", "}"],
    ],
  ])("%s", (_, text, statements) => expect(split(text)).toEqual(statements));

  it("keeps every place, and takes what is masked for blanks", () => {
    const text = "a {secret} b\nc\n";
    const [first, second] = splitStatements({
      text,
      comments: [{ start: 2, end: 10 }],
      regions: [],
      keys: [],
    });
    expect(first?.text.trimEnd()).toBe("a          b");
    expect(text.slice(second?.start, second?.end).trim()).toBe("c");
  });

  it("takes brackets that nobody closes", () => {
    expect(split("a(((\nb\nc").join(" ")).toContain("c");
    expect(split(")))}\na")).toContain("a");
  });
});
