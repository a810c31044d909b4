import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readGo } from "../../src/syntax/go/index.ts";

describe("Go", () => {
  it("of any text is read", () => {
    const piece = fc.constantFrom(
      "func f(a string) error {\n",
      "}\n",
      "data, err := ",
      'os.ReadFile("rule.json")\n',
      "os.ReadFile(a)\n",
      "json.Unmarshal(data, &m)",
      'm["name"] = 1\n',
      "return m\n",
      "var m map[string]any\n",
      "type R struct { A string `json:",
      "f(",
      ")",
      "[",
      "{",
      "`",
      '"',
      ".",
      ":=",
      "&",
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 60 }), (pieces) => {
        const text = pieces.join("");
        for (const { at } of readGo(text).mentions ?? []) {
          expect(at.start).toBeLessThanOrEqual(at.end);
          expect(at.end).toBeLessThanOrEqual(text.length);
        }
      }),
      { numRuns: 500 },
    );
  });

  it.each([
    ["files", 'func f() {\ndata, _ := os.ReadFile("a.json")\njson.Unmarshal(data, &m)\n_ = m["name"]\n}\n'],
    ["uses", 'm["name"] = data\n'],
    ["brackets", "f(["],
    ["functions", "func f(a string) { f(a); os.ReadFile(a) }\n"],
  ])("with very many %s is read", (_, line) => {
    const text = `func g() {\ndata, _ := os.ReadFile("b.json")\njson.Unmarshal(data, &m)\n${line.repeat(20_000)}`;
    expect(readGo(text).mentions).toBeDefined();
  });

  it.each([1, 100])("of a function that calls itself %i times names the file that it is given", (times) => {
    const read = 'data, _ := os.ReadFile(path)\njson.Unmarshal(data, &m)\n_ = m["name"]\n';
    const text = `func main() { f("rule.json") }\nfunc f(path string) {\n${read}${"f(path)\n".repeat(times)}}\n`;
    expect(readGo(text).mentions?.map(({ file, keys }) => [file, keys])).toContainEqual([
      "rule.json",
      ["name"],
    ]);
  });
});
