import { writtenPath } from "../sources/written.ts";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { cases } from "../cases.ts";
import { http } from "../../src/documents/http/index.ts";

const BODY = '{\n  "rule": {},\n\n  "trunk_ids": {{ids}}\n}';
const HEAD = "POST {{host}}/x HTTP/1.1\nContent-Type: application/json\n\n";
const found = (text: string) =>
  http.read(text).regions.map((region) => ({
    label: region.label,
    syntax: region.syntax,
    text: region.text,
    at: region.toOuter(0),
  }));
const texts = (text: string): string[] => http.read(text).regions.map((region) => region.text);

describe("the body of a request", () => {
  it("is a region of JSON", () => {
    const text = HEAD + BODY;
    expect(found(text)).toEqual([
      { label: "request body", syntax: "json", text: BODY, at: text.indexOf("{\n") },
    ]);
  });

  it.each([
    ["after variables and comments", `@host = x\n@ids = {{a}}\n\n# @name create\n// {\n${HEAD}${BODY}\n\n\n`],
    ["before another request", `${HEAD}${BODY}\n\n### dispatch_rule\nGET {{host}}/{{x}}\n`],
    ["before a script", `${HEAD}${BODY}\n\n> {%\n  trunk_ids\n\n{ }\n%}\n`],
    ["before a script on one line", `${HEAD}${BODY}\n> {% client.log("trunk_ids") %}\n`],
    ["before the file of a script", `${HEAD}${BODY}\n\n> ./check.js\n`],
    ["before files of responses", `${HEAD}${BODY}\n\n>> out.json\n<> 2026.200.json\n`],
    ["after a script", `< {%\n  trunk_ids()\n\n  {}\n%}\n${HEAD}${BODY}\n`],
    ["after an address over several lines", `POST {{host}}/x\n  ?a=1\n  &b=2\nA: b\n\n${BODY}`],
    ["after several blank lines", `${HEAD}\n \n${BODY}`],
    ["without the blank line", `POST {{host}}/x\n${BODY}`],
    ["without headers", `POST {{host}}/x\n\n${BODY}`],
    ["of a request without a method", `{{host}}/x\n\n${BODY}`],
    ["after a byte order mark", `\uFEFF${HEAD}${BODY}`],
  ])("%s", (_, text) => {
    for (const ending of ["\n", "\r\n", "\r"]) {
      expect(texts(text.replaceAll("\n", ending))).toEqual([BODY.replaceAll("\n", ending)]);
    }
  });

  it("of every request, in their order", () => {
    const requests = Array.from({ length: 1000 }, (_, index) => `POST x\n\n{"trunk_ids": [${index}]}\n`);
    expect(texts(requests.join("\n### next\n\n"))).toEqual(
      requests.map((_, index) => `{"trunk_ids": [${index}]}`),
    );
  });

  it.each([
    ["a file", `${HEAD}< ./dispatch_rule.json\n`],
    ["a query", `${HEAD}query { trunk_ids }\n`],
    ["a form", `${HEAD}trunk_ids=1&rule={}\n`],
    ["nothing", "GET {{host}}/dispatch_rule\n\n###\n"],
    ["JSON without the trigger words", `${HEAD}{"trunk": 1}\n`],
    ["a variable", `@trunk_ids = {\n\nGET x\n`],
  ])("is no region when it is %s", (_, text) => {
    expect(found(text)).toEqual([]);
  });
});

describe("the file of a body", () => {
  const UPDATE = "POST {{host}}/twirp/livekit.SIP/UpdateSIPDispatchRule\n\n";

  it.each([
    ["as it is written", "< ./a.json", ["a.json"]],
    ["with variables in it, and blanks in its name", "<@ a rule.json ", ["a rule.json"]],
    ["in an encoding", "<@latin1 a.json", ["a.json"]],
    ["whose name has variables", "< {{a}}/b.json", ["${a}/b.json"]],
    ["of a folder", "< /etc/a.json", ["/etc/a.json"]],
    ["of a drive", "< C:\\a.json", ["C:/a.json"]],
    ["that is a script", "< {% x %}", []],
    ["that keeps a response", "<> a.json", []],
  ])("%s", (_, line, files) => {
    const { facts = [] } = http.read(`${UPDATE}${line}\n`);
    expect(facts.map(({ sends, paths }) => [sends[0]?.does, ...paths])).toEqual(
      files.map((file) => ["update", writtenPath(file)]),
    );
  });

  it("is not sent to another method", () => {
    expect(http.read("POST {{host}}/x\n\n< a.json\n").facts).toEqual([]);
  });
});

describe("a curl command", () => {
  it("is a region of shell, all of it", () => {
    const curl = `curl -X POST {{host}}/x \\\n  -d '{\n\n"trunk_ids": [] }'`;
    expect(found(`# one\n${curl}\n\n###\nGET x\n`)).toEqual([
      { label: "curl command", syntax: "shell", text: curl, at: 6 },
    ]);
  });
});

describe("any text", () => {
  it("is read without an exception", () => {
    const marks = ["###", "\n", "\n\n", "\r", "> {%", "%}", "< ", "<> ", "POST x", "curl ", "@a = b", "A: b"];
    const piece = fc.constantFrom(...marks, "{", "}", '"trunk_ids"', "//", "#", " ", "\uFEFF", "\0");
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 30 }), (pieces) => {
        const text = pieces.join("");
        for (const region of http.read(text).regions) {
          const [line = ""] = region.text.split(/[\r\n]/, 1);
          expect(text.startsWith(line, region.toOuter(0))).toBe(true);
        }
      }),
      cases(200),
    );
  });
});
