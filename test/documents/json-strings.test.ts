import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { cases } from "../cases.ts";
import { json } from "../../src/documents/json/index.ts";
import { flatRequest, layOut, layoutStyle } from "../plan/generate.ts";
import { editsOf, expectRegionLaw } from "../sources/region-law.ts";

const request = JSON.stringify({ rule: { dispatchRuleDirect: { roomName: "desk" } } }, null, 2);
const regionsOf = (document: unknown): string[] =>
  json.read(JSON.stringify(document)).regions.map(({ syntax, text }) => `${syntax}: ${text}`);

/** A list, so that it begins as JSON after every edit, with the trigger where no edit can hit it. */
const list = fc
  .tuple(flatRequest, layoutStyle)
  .map(([flat, style]) => `[${layOut(flat, { ...style, bom: false })}] // trunk_ids`);

/** A JSON string with some of its characters written as escapes that JSON.stringify would not use. */
const writtenString = (text: string, escaped: boolean): string => {
  const written = JSON.stringify(text).slice(1, -1);
  const code = (character: string): string =>
    String.raw`\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;
  return `"${escaped ? written.replaceAll(/[a-d]/g, code).replaceAll(/[^\0-\u007f]/g, code) : written}"`;
};

describe("strings that are documents", () => {
  it.each([
    ["a request's body", { body: { raw: request } }, [`json: ${request}`]],
    ["one in a list", { lines: ["x", request] }, [`json: ${request}`]],
    ["what a node of n8n fills in", { jsonBody: `=${request}` }, [`json: ${request}`]],
    ["a command", { do: "lk sip dispatch list" }, ["shell: lk sip dispatch list"]],
    [
      "a script of npm",
      { scripts: { go: "x && lk sip dispatch list" } },
      ["shell: x && lk sip dispatch list"],
    ],
    [
      "a fence in a text",
      { prompt: "Use:\n```json\ntrunk_ids\n```" },
      ["markdown: Use:\n```json\ntrunk_ids\n```"],
    ],
    [
      "what a machine does when it starts",
      { user_data: "#cloud-config\nruncmd:\n- lk sip dispatch list" },
      ["yaml: #cloud-config\nruncmd:\n- lk sip dispatch list"],
    ],
    [
      "a script that begins with a variable",
      { do: "R='{}'\nlk sip dispatch list" },
      ["shell: R='{}'\nlk sip dispatch list"],
    ],
    ["a file in a config map", { data: { "a.yaml": "trunk_ids: []" } }, ["yaml: trunk_ids: []"]],
  ])("%s", (_, document, expected) => {
    expect(regionsOf(document)).toEqual(expected);
  });

  it.each([
    ["a message", { error: "Note: dispatchRule: is missing" }],
    ["a message with a gap to fill in", { error: "{dispatchRule} is missing" }],
    ["a program", { source: "export const trunkIds = [];\nset x" }],
    ["a name", { operationId: "createSipDispatchRule" }],
    ["a document without a request", { body: '{"a": 1}' }],
    ["a string in a request", { ...JSON.parse(request), metadata: request }],
    ["a string in a request below", { a: { ...JSON.parse(request), metadata: request } }],
    ["a key", { [request]: 1 }],
  ])("but not %s", (_, document) => {
    expect(regionsOf(document)).toEqual([]);
  });

  it("what holds one is no site of its own; what stands beside it is", () => {
    const { sites } = json.read(JSON.stringify([{ a: request }, { b: 1 }]));
    expect(sites.map((site) => site.request.members[0]?.key)).toEqual(["b"]);
  });

  it("each escape stands where it is written", () => {
    const text = String.raw`{"a":"{\"trunk_ids\":\u0020[\"\ud83d\ude00\"]}"}`;
    const [region] = json.read(text).regions;
    expect(region?.text).toBe('{"trunk_ids": ["😀"]}');
    const at = (inner: string): string => text.slice(region?.toOuter(region.text.indexOf(inner)));
    expect(at(" [")).toMatch(/^\\u0020\[/);
    expect(at("😀")).toMatch(/^\\ud83d\\ude00\\"/);
    expect(at("]")).toBe(']}"}');
  });

  it("edits of the text arrive in it exactly", () => {
    expect.hasAssertions();
    const edited = fc.tuple(list, fc.boolean()).chain(([inner, escapes]) =>
      editsOf(inner).map((edits) => ({
        text: `{ "item": [{ "raw": ${writtenString(inner, escapes)} }] }\n`,
        edits,
      })),
    );
    fc.assert(
      fc.property(edited, ({ text, edits }) => {
        expectRegionLaw(json, text, edits, (regions) =>
          regions.find(({ label }) => label === 'string "raw"'),
        );
      }),
      cases(200),
    );
  });
});

describe("several documents in one text", () => {
  const line = '{"trunk_ids":[]}';
  it.each([
    ["one a line", `${line}\n${line}\n`, 2],
    ["one a line, with blank lines, CRLF and a byte order mark", `\uFEFF${line}\r\n\r\n${line}`, 2],
    ["one of them broken later", `${line}\n${line}\n{"a`, 3],
  ])("%s are read as lines", (_, text, count) => {
    const reading = json.read(text);
    expect(reading.problems).toEqual([]);
    expect(reading.regions.map(({ syntax, label }) => [syntax, label])).toEqual(
      Array.from({ length: count }, () => ["json", "line"]),
    );
  });

  it.each([
    ["over several lines", `{\n}\n{\n}\n`, "a second document begins here"],
    ["on one line", `${line} ${line}`, "a second document begins here"],
    ["a document and something else", `${line}\nx\n`, "expected the end of the JSON"],
  ])("%s are not", (_, text, message) => {
    expect(json.read(text)).toMatchObject({
      regions: [],
      problems: [{ message: expect.stringContaining(message) }],
    });
  });
});
