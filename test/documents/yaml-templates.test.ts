import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { cases } from "../cases.ts";
import { migrateText } from "../../src/plan/migrate-text.ts";
import { yaml } from "../../src/documents/yaml/index.ts";
import { flatRequest, type Plain, wrapByHand } from "../plan/generate.ts";

const FLAT = '{"rule": {"dispatchRuleDirect": {"roomName": "a"}}}';

const regionsIn = (text: string) => yaml.read(text).regions.map((region) => region.text);

describe("a text in a template", () => {
  it.each([
    { what: "between statements", text: `{{- if .x }}\na: |\n  ${FLAT}\n{{- end }}\nb: 1\n` },
    {
      what: "between indented ones",
      text: `c:\n  {{- if .x }}\n  a: |\n    ${FLAT}\n  {{- end }}\n  b: 1\n`,
    },
    {
      what: "below a key that is an expression",
      text: `{{- range .x }}\n  {{ .name }}.json: |\n    ${FLAT}\n{{ end }}`,
    },
    { what: "beside expressions with quotes", text: `b: {{ include "c" . }}-d\na: |\n  ${FLAT}\n` },
    { what: "beside one in quotes", text: `b: "{{ default "c" .x }}"\na: |\n  ${FLAT}\n` },
    { what: "beside what is put in", text: `b:\n  {{- toYaml .x | nindent 2 }}\na: |\n  ${FLAT}\n` },
    { what: "below a comment of several lines", text: `\uFEFF{{- /*\nb: "\n*/ -}}\r\na: |\r\n  ${FLAT}\r\n` },
    {
      what: "with Jinja's statements",
      text: `{% if x %}\na: |\n  ${FLAT}\n{% else %}\nb: {% raw %}{{ c }}{% endraw %}\n{% endif %}\n`,
    },
    { what: "with Jinja's comments", text: `{# b: [\n#}\na: |\n  ${FLAT}\n{# c #}\n` },
    { what: "in quotes", text: `{{ if .x }}\nb: 'it''s'\na: '${FLAT}'\n{{ end }}\n` },
    {
      what: "beside statements in another text",
      text: `a: |\n  ${FLAT}\nb: |\n{{ if .x }}\n  c\n{{ end }}\n  d\n{{ if .y }}\ne: 1\n{{ end }}\n`,
    },
  ])("is read $what", ({ text }) => {
    expect(yaml.read(text).problems).toEqual([]);
    expect(regionsIn(text)).toEqual([FLAT]);
  });

  it("holds the statements that stand as deep as it does", () => {
    const text = `{{ if .x }}\nrun: |\n  lk sip dispatch list\n  {{- if .y }}\n  ls\n  {{- end }}\nb: 1\n{{ end }}\n`;
    expect(regionsIn(text)).toEqual(["lk sip dispatch list\n{{- if .y }}\nls\n{{- end }}"]);
  });

  it("is left to a person where statements reach into it", () => {
    const inside = FLAT.replace(" ", '\n{{- if .x }}\n    "name": "b",\n{{- end }}\n    ');
    const { regions, problems } = yaml.read(`a: |\n    ${inside}\nb: |\n  ${FLAT}\n`);
    expect(regions.map(({ text }) => text)).toEqual([FLAT]);
    expect(problems).toMatchObject([{ part: true, at: { start: 3 } }]);
    expect(problems[0]?.message).toMatch(/template/);
  });
});

describe("a request that is a template's own YAML", () => {
  it.each([
    "name: a\n{{- if .x }}\ntrunk_ids: [ST_a]\n{{- end }}\nrule: {dispatchRuleDirect: {}}\n",
    "trunk_ids:\n  {{- toYaml .x | nindent 2 }}\nrule: {dispatchRuleDirect: {}}\n",
    "{% if x %}\n- rule: {dispatchRuleDirect: {}}\n{% endif %}\n",
  ])("is left to a person: %j", (text) => {
    const { sites, problems } = yaml.read(text);
    expect(sites).toEqual([]);
    expect(problems).toMatchObject([{ part: true }]);
    expect(problems[0]?.message).toMatch(/template/);
  });

  it("is told where it is wrapped already", () => {
    const { sites, problems } = yaml.read(
      "{{ if .x }}\ndispatch_rule: {rule: {dispatchRuleDirect: {}}}\n{{ end }}\n",
    );
    expect(problems).toEqual([]);
    expect(sites).toHaveLength(1);
  });
});

it.each(["{{/*\n", "{{ x\n", "{# x\n", "{{", "{{ x }}", "{{/**/", "\n*/ {{/*"])(
  "%j many times is read",
  (piece) => {
    expect(yaml.read(`a: 1\n${piece.repeat(5000)}`).sites.length).toBeLessThan(2);
  },
);

/** A line that is gone when the template has run, and one that says something without quotes. */
const STATEMENTS = [
  "{{- if .a }}",
  "{{ end -}}",
  '{{- include "b" . | nindent 2 }}',
  "{% if c %}",
  "{# d #}",
  "{{/* e\n: [\n*/}}",
];
const EXPRESSIONS = ["{{ .a }}", '{{ include "b" . }}', "{% raw %}c{% endraw %}"];

interface Entry {
  request: Plain;
  indent: number;
  style: "|" | "|-";
  /** Statements before it, each so deep. */
  before: { statement: string; depth: number }[];
  expression: string;
}

const entries: fc.Arbitrary<Entry[]> = fc.array(
  fc.record({
    request: flatRequest.filter(
      (request) => !/"(\d+|__proto__)":|\{\{|\{%|\{#/.test(JSON.stringify(request)),
    ),
    indent: fc.constantFrom(0, 1, 2, 4),
    style: fc.constantFrom("|", "|-"),
    before: fc.array(
      fc.record({ statement: fc.constantFrom(...STATEMENTS), depth: fc.constantFrom(0, 1, 2) }),
      {
        maxLength: 2,
      },
    ),
    expression: fc.constantFrom(...EXPRESSIONS),
  }),
  { minLength: 1, maxLength: 3 },
);

/** The entries as a ConfigMap of a template. The requests stand deeper than all else. */
function layOut(all: readonly Entry[], newline: string): string {
  const lines = all.flatMap(({ request, indent, style, before, expression }, index) => [
    ...before.map(({ statement, depth }) => " ".repeat(depth) + statement),
    `  k${index}.json: ${style}`,
    ...JSON.stringify(request, null, indent)
      .split("\n")
      .map((line) => `    ${line}`),
    `  n${index}: ${expression}`,
  ]);
  return ["data:", ...lines, "{{- end }}", ""].join("\n").replaceAll("\n", newline);
}

const isInRequest = (line: string): boolean => line.startsWith("    ");

/** What yaml's own reader makes of the requests and their keys. */
function requestsIn(text: string, newline: string): unknown[] {
  const lines = text.split(newline).filter((line) => isInRequest(line) || /^ {2}k\d/.test(line));
  const { data } = parse(["data:", ...lines, ""].join("\n")) as { data: Record<string, string> };
  return Object.values(data).map((json) => JSON.parse(json) as unknown);
}

it("law: each request in a template means what was planned, and nothing changes outside of them", () =>
  fc.assert(
    fc.asyncProperty(entries, fc.constantFrom("\n", "\r\n"), async (all, newline) => {
      const text = layOut(all, newline);
      const { newText = "", sites } = await migrateText("chart/templates/rules.yaml", text);
      expect(sites.filter(({ outcome }) => outcome === "migrated")).toHaveLength(all.length);
      const outside = (one: string): string[] => one.split(newline).filter((line) => !isInRequest(line));
      expect(outside(newText)).toEqual(outside(text));
      expect(requestsIn(newText, newline)).toEqual(all.map(({ request }) => wrapByHand(request)));
      expect((await migrateText("chart/templates/rules.yaml", newText)).newText).toBeUndefined();
    }),
    cases(80),
  ));
