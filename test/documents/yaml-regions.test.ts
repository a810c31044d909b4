import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { cases } from "../cases.ts";
import { yaml } from "../../src/documents/yaml/index.ts";
import type { Edit } from "../../src/sources/syntax.ts";
import { editsOf, expectRegionLaw } from "../sources/region-law.ts";

const RUNS = cases(100);
const regionsIn = (text: string) => yaml.read(text).regions.map(({ syntax, text: inner }) => [syntax, inner]);
const FLAT = '{"rule": {"dispatchRuleDirect": {"roomName": "a"}}}';

describe("the regions of a YAML text", () => {
  it.each([
    { what: "a JSON text under a name", text: `rule.json: |\n  ${FLAT}\n`, found: [["json", FLAT]] },
    { what: "a text that looks like JSON", text: `data: '${FLAT}'\n`, found: [["json", FLAT]] },
    { what: "a text in a list", text: `items:\n- x\n- |\n  ${FLAT}\n`, found: [["json", FLAT]] },
    { what: "a text behind a tag", text: `body: !Sub |\n  ${FLAT}\n`, found: [["json", FLAT]] },
    {
      what: "a script",
      text: "run: |\n  set -e\n  lk sip dispatch list\n",
      found: [["shell", "set -e\n  lk sip dispatch list".replace("\n  ", "\n")]],
    },
    {
      what: "a command in words",
      text: "command: [sh, -c, lk sip dispatch list]\n",
      found: [["shell", "lk sip dispatch list"]],
    },
    {
      what: "a script by its name",
      text: `"up.sh": "exec lk sip dispatch list"\n`,
      found: [["shell", "exec lk sip dispatch list"]],
    },
    {
      what: "YAML",
      text: "values: |\n  rule:\n    dispatchRuleDirect: {}\n",
      found: [["yaml", "rule:\n  dispatchRuleDirect: {}"]],
    },
    {
      what: "YAML below comments",
      text: "values: |\n  # a\n\n  # b: c\n  rule:\n    dispatchRuleDirect: {}\n",
      found: [["yaml", "# a\n\n# b: c\nrule:\n  dispatchRuleDirect: {}"]],
    },
    {
      what: "what a machine does when it starts",
      text: "UserData:\n  Fn::Base64: |\n    #cloud-config\n    runcmd:\n    - lk sip dispatch create a.json\n",
      found: [["yaml", "#cloud-config\nruncmd:\n- lk sip dispatch create a.json"]],
    },
    {
      what: "a page, whatever commands it has",
      text: `prompt: |\n  # A\n\n  1. b\n\n     ~~~sh\n     lk sip dispatch create - <<< '${FLAT}'\n     ~~~\n`,
      found: [["markdown", `# A\n\n1. b\n\n   ~~~sh\n   lk sip dispatch create - <<< '${FLAT}'\n   ~~~`]],
    },
    {
      what: "a page with its block in a quote",
      text: `prompt: |\n  Use:\n\n  > ~~~json\n  > ${FLAT}\n  > ~~~\n`,
      found: [["markdown", `Use:\n\n> ~~~json\n> ${FLAT}\n> ~~~`]],
    },
    {
      what: "a manifest, whatever commands it has",
      text: `x: |\n  apiVersion: v1\n  data:\n    a: |\n      lk sip dispatch create - <<< '${FLAT}'\n`,
      found: [["yaml", `apiVersion: v1\ndata:\n  a: |\n    lk sip dispatch create - <<< '${FLAT}'`]],
    },
    {
      what: "a script that writes a page",
      text: `x: |\n  cat > a.md <<EOF\n  \`\`\`json\n  ${FLAT}\n  \`\`\`\n  EOF\n`,
      found: [["shell", `cat > a.md <<EOF\n\`\`\`json\n${FLAT}\n\`\`\`\nEOF`]],
    },
    {
      what: "JSON that begins with a statement",
      text: `a: |\n  {\n    {{- if .b }}"name": "b",{{ end }}\n    ${FLAT.slice(1)}\n`,
      found: [["json", `{\n  {{- if .b }}"name": "b",{{ end }}\n  ${FLAT.slice(1)}`]],
    },
    { what: "a sentence", text: "description: |\n  Note: a dispatch_rule\n  [is no YAML\n", found: [] },
    { what: "a sentence with a placeholder", text: 'message: "{dispatch_rule} was made"\n', found: [] },
    { what: "a template expression", text: 'rules: "{{ dispatch_rules | to_json }}"\n', found: [] },
    { what: "a text without the words", text: 'run: |\n  echo hello\nx: "{}"\n', found: [] },
    { what: "a text in a request", text: `${FLAT.slice(0, -1)}, "metadata": '${FLAT}'}\n`, found: [] },
    { what: "a key", text: `? '${FLAT}'\n: x\n`, found: [] },
  ])("$what", ({ text, found }) => {
    expect(regionsIn(text)).toEqual(found);
  });

  it.each([
    { style: "literal", text: `x: |\n    a ${FLAT}\n\n      b\n`, inner: `a ${FLAT}\n\n  b` },
    { style: "literal, indented by a number", text: `x: |1-\n   a\n  ${FLAT}\n\n`, inner: `  a\n ${FLAT}` },
    { style: "literal in a list", text: `- - |+\n    a\n    ${FLAT}\n\n`, inner: `a\n${FLAT}` },
    { style: "literal with CRLF", text: `x: |\r\n  a\r\n  ${FLAT}\r\n`, inner: `a\r\n${FLAT}` },
    { style: "folded", text: `x: >\n  a\n  b ${FLAT}\n\n  c\n    d\n  e\n`, inner: `a b ${FLAT}\nc\n  d\ne` },
    { style: "folded, a blank line first", text: `x: >-\n\n  ${FLAT}\n`, inner: `\n${FLAT}` },
    { style: "plain", text: "x: a\n  b\n\n  c dispatch_rule\n", inner: "a b\nc dispatch_rule" },
    { style: "single", text: `x: 'it''s\n\n\n  ${FLAT}  \n  b'\n`, inner: `it's\n\n${FLAT} b` },
    {
      style: "double",
      text:
        String.raw`x: "\u00e9\t\x41 ${FLAT.replaceAll('"', '\\"')} \
        a\
        \  b` + '\n\n c"\n',
      inner: `é\tA ${FLAT} a  b\nc`,
    },
  ])("say what YAML says: $style", ({ text, inner }) => {
    const [, region] = regionsIn(text.replace("x:", "run:").replace("- - |", "run:\n  - |"))[0] ?? [];
    const value: unknown = parse(text.replace("- - |", "x:\n  - |")).x;
    const said = String(Array.isArray(value) ? value[0] : value);
    expect(region).toBe(inner);
    expect(said.replaceAll(/\n+$/g, "")).toBe(inner.replaceAll("\r\n", "\n"));
  });

  it("is a problem of that part where lines are joined and kept in one text", () => {
    const { sites, regions, problems } = yaml.read(
      `a: >\n  {\n  "rule": {\n    "dispatchRuleDirect": {"roomName": "a"}}}\nb: 1\n---\n${FLAT}\n`,
    );
    expect(regions).toEqual([]);
    expect(problems).toMatchObject([{ at: { start: 3 }, part: true }]);
    expect(sites).toHaveLength(2);
  });
});

/** JSON over several lines, or on one. */
const json = fc
  .tuple(
    fc.record({
      rule: fc.constant({ dispatchRuleDirect: { roomName: "a b" } }),
      name: fc.constantFrom("it's", "é📞", "a\\b", "", "x: y # z"),
      trunk_ids: fc.constantFrom([], ["ST_a", "ST_b"]),
    }),
    fc.constantFrom(0, 1, 2, 4),
  )
  .map(([value, indent]) => JSON.stringify(value, null, indent));

/** The trigger words stand where no edit comes. */
const WORDS = "dispatch_rule ";

/** No language puts anything between the two characters of a line break. */
const splitsBreak = (text: string, edits: readonly Edit[]): boolean =>
  edits
    .flatMap((edit) => ("copy" in edit ? [edit, edit.copy] : [edit]))
    .flatMap(({ start, end }) => [start, end])
    .some((at) => text.slice(at - 1, at + 1) === "\r\n");

const layouts: Record<string, (text: string, newline: string) => string> = {
  literal: (text, newline) =>
    ["run: |", ...text.split("\n").map((line) => `  ${line}`), "x: 1"].join(newline),
  "literal in a list": (text, newline) =>
    ["- - run: |2-", ...text.split("\n").map((line) => `      ${line}`), "- x"].join(newline),
  "folded on one line": (text, newline) =>
    ["run: >-", `    ${text.replaceAll(/\n */g, "")}`, "x: 1"].join(newline),
  "literal in a template": (text, newline) =>
    [
      "{{- if .x }}",
      "run: |",
      ...text.split("\n").map((line) => `   ${line}`),
      " {{- end }}",
      '{{ include "y" . }}: x',
    ].join(newline),
  double: (text, newline) => `run: ${JSON.stringify(text)}${newline}x: 1`,
  "double in brackets": (text, newline) => `{run: [${JSON.stringify(text)}, a]}${newline}`,
  single: (text, newline) => `run: '${text.replaceAll(/\n */g, "").replaceAll("'", "''")}'${newline}x: 1`,
};

describe.each(Object.entries(layouts))("the law of regions: %s", (name, layOut) => {
  // What is on one line stays so: JSON breaks no line in a text that has none.
  const isOneLine = name === "single" || name === "folded on one line";

  it("edits of the region are edits of the text", () => {
    expect.hasAssertions();
    const edited = fc.tuple(json, fc.constantFrom("\n", "\r\n")).chain(([text, newline]) => {
      const outer = layOut(WORDS + text, newline);
      return fc.tuple(fc.constant({ outer, newline }), editsOf(yaml.read(outer).regions[0]?.text ?? ""));
    });
    fc.assert(
      fc.property(edited, ([{ outer, newline }, edits]) => {
        const breaksLines = edits.some((edit) => "text" in edit && edit.text.includes("\n"));
        fc.pre(!(isOneLine && breaksLines) && !splitsBreak(yaml.read(outer).regions[0]?.text ?? "", edits));
        const native = edits.map((edit) =>
          "text" in edit && name.startsWith("literal")
            ? { ...edit, text: edit.text.replaceAll("\n", newline) }
            : edit,
        );
        expectRegionLaw(yaml, outer, native);
      }),
      RUNS,
    );
  });
});
