import fc from "fast-check";
import { parse } from "jsonc-parser";
import { parseAllDocuments } from "yaml";
import { layOutYaml, yamlStyle } from "../documents/yaml-layout.ts";
import { flatRequest, layOut, layoutStyle, type Plain } from "./generate.ts";

/** A way to write a request in a language's own words, whatever they stand in. */
export interface Spelling {
  /** The name of a file in that language. */
  file: string;
  /** A request, and a text that says it. */
  written: fc.Arbitrary<{ request: Plain; text: string }>;
  /** What a text says, told without our readers: the wrapped request, its keys as in the proto. */
  read: (text: string) => Plain;
  /** What begins a wrapper and what ends it, without white space, where nothing else of a text may change. */
  wrapper?: [string, RegExp];
}

/** JavaScript's objects put keys that are numbers first, and have no key `__proto__`; PowerShell's know no case. */
const plainRequest = flatRequest.filter((request) => {
  const keys = Object.keys(request["attributes"] ?? {});
  const isOdd = /"(\d+|__proto__)":/.test(JSON.stringify(request));
  return !isOdd && new Set(keys.map((key) => key.toLowerCase())).size === keys.length;
});

/** How a request is laid out over lines: what stands before each field, and behind it. */
const lines = fc.record({
  indent: fc.constantFrom("  ", "    ", "\t"),
  newline: fc.constantFrom("\n", "\r\n"),
  oneLine: fc.boolean(),
  comments: fc.array(fc.constantFrom("", "", "# note", "# it's }", "# name = 'old'"), { maxLength: 5 }),
  last: fc.boolean(),
});
type Lines = typeof lines extends fc.Arbitrary<infer L> ? L : never;

export const SPELLINGS: Readonly<Record<string, Spelling>> = {
  JSON: {
    file: "rule.json",
    written: fc.tuple(flatRequest, layoutStyle).map(([request, style]) => ({
      request,
      text: layOut(request, { ...style, camel: false, annotations: [] }),
    })),
    read: fromJson,
  },
  YAML: {
    file: "rule.yaml",
    written: fc.tuple(plainRequest, yamlStyle).map(([request, style]) => ({
      request,
      text: layOutYaml(request, { ...style, annotations: [], frame: "top" }),
    })),
    read: (text) => parseAllDocuments(text.replace(/^\uFEFF/, ""))[0]?.toJS() as Plain,
  },
  "a hashtable of PowerShell": {
    file: "create.ps1",
    written: spelled(
      (value) => inPowerShell(value),
      (key, value) => `${key} = ${value}`,
      ";",
      (fields, newline) => [`$body = @{${fields}}`, "$body | ConvertTo-Json -Depth 9", ""].join(newline),
    ),
    read: (text) =>
      fromTokens(
        text.slice(text.indexOf("@{"), text.indexOf("$body |")),
        /'(?:[^']|'')*'|#[^\r\n]*|[@${}()=;,]|[\w.-]+|\r?\n/g,
        (token) => {
          if (token.startsWith("'"))
            return JSON.stringify(token.slice(1, -1).replaceAll(/(['\u2018-\u201B])\1/g, "$1"));
          return PARTS_OF_POWERSHELL.get(token) ?? token;
        },
      ),
    wrapper: ["dispatch_rule=@{", /\}/g],
  },
  "a call of Python": {
    file: "create.py",
    written: spelled(
      (value, key) => (key === "rule" ? ruleInPython(value as Plain) : inPython(value)),
      (key, value) => `${key}=${value}`,
      ",",
      (fields, newline) =>
        [
          "from livekit import api",
          "",
          `lk.sip.create_sip_dispatch_rule(api.CreateSIPDispatchRuleRequest(${fields}))`,
          "",
        ].join(newline),
    ),
    read: (text) =>
      fromTokens(text.slice(text.indexOf("api.Create"), -2), PYTHON, (token) =>
        token.startsWith("api") ? "" : pythonToken(PARTS_OF_CALLS.get(token) ?? token),
      ),
    wrapper: ["dispatch_rule=api.SIPDispatchRuleInfo(", /\),?/g],
  },
  "a dict of Python": {
    file: "create.py",
    written: spelled(
      (value) => inPython(value),
      (key, value) => `'${key}': ${value}`,
      ",",
      (fields, newline) =>
        [
          "import requests",
          "",
          `body = {${fields}}`,
          "requests.post(url + '/twirp/livekit.SIP/CreateSIPDispatchRule', json=body)",
          "",
        ].join(newline),
    ),
    read: (text) =>
      fromTokens(text.slice(text.indexOf("body =") + 6, text.indexOf("requests.post")), PYTHON, pythonToken),
    wrapper: ["'dispatch_rule':{", /\},?/g],
  },
};

/** Requests whose fields are written one after the other, between `separator`s. */
function spelled(
  value: (value: unknown, key: string) => string,
  field: (key: string, value: string) => string,
  separator: string,
  around: (fields: string, newline: string) => string,
): Spelling["written"] {
  return fc.tuple(plainRequest, lines).map(([request, style]) => {
    const fields = Object.entries(request).map(([key, one]) => field(key, value(one, key)));
    return { request, text: around(laidOut(fields, separator, style), style.newline) };
  });
}

function laidOut(
  fields: string[],
  separator: string,
  { indent, newline, oneLine, comments, last }: Lines,
): string {
  if (oneLine) return ` ${fields.join(`${separator} `)}${last ? separator : ""} `;
  const comment = (index: number): string => comments[index % comments.length] ?? "";
  const written = fields.flatMap((text, index) => {
    const before = comment(2 * index);
    const after = comment(2 * index + 1);
    const end = index < fields.length - 1 || last ? separator : "";
    return [...(before ? [before] : []), text + end + (after ? ` ${after}` : "")];
  });
  return `${newline}${written.map((line) => indent + line).join(newline)}${newline}`;
}

function inPowerShell(value: unknown): string {
  if (typeof value === "string") return `'${value.replaceAll(/['\u2018-\u201B]/g, "$&$&")}'`;
  if (typeof value === "boolean") return `$${value}`;
  if (Array.isArray(value)) return `@(${value.map(inPowerShell).join(", ")})`;
  if (typeof value !== "object" || value === null) return String(value);
  const members = Object.entries(value).map(([key, one]) => {
    return `${/^[a-z]\w*$/i.test(key) ? key : `'${key}'`} = ${inPowerShell(one)}`;
  });
  return `@{ ${members.join("; ")} }`;
}

function inPython(value: unknown): string {
  if (typeof value === "string")
    return `'${JSON.stringify(value)
      .slice(1, -1)
      .replaceAll(String.raw`\"`, '"')
      .replaceAll("'", String.raw`\'`)}'`;
  if (typeof value === "boolean") return value ? "True" : "False";
  if (Array.isArray(value)) return `[${value.map(inPython).join(", ")}]`;
  if (typeof value !== "object" || value === null) return String(value);
  return `{${Object.entries(value)
    .map(([key, one]) => `${inPython(key)}: ${inPython(one)}`)
    .join(", ")}}`;
}

const CLASSES: Readonly<Record<string, string>> = {
  dispatch_rule_direct: "SIPDispatchRuleDirect",
  dispatch_rule_individual: "SIPDispatchRuleIndividual",
  dispatch_rule_callee: "SIPDispatchRuleCallee",
};

function ruleInPython(rule: Plain): string {
  const kinds = Object.entries(rule).map(([kind, value]) => {
    const fields = Object.entries(value as Plain).map(([key, one]) => `${key}=${inPython(one)}`);
    return `${kind}=api.${CLASSES[kind]}(${fields.join(", ")})`;
  });
  return `api.SIPDispatchRule(${kinds.join(", ")})`;
}

const WORDS_OF_PYTHON = new Map([
  ["True", "true"],
  ["False", "false"],
]);
/** What the parts of a call are in JSON, and those of a hashtable. */
const PARTS_OF_CALLS = new Map([
  ["(", "{"],
  [")", "}"],
  ["=", ":"],
]);
const PARTS_OF_POWERSHELL = new Map([
  ["(", "["],
  [")", "]"],
  ["=", ":"],
  [";", ","],
  ["\n", ","],
  ["\r\n", ","],
]);
const PYTHON = /'(?:[^'\\]|\\.)*'|#[^\r\n]*|[{}()[\]=:,]|[\w.-]+/g;

function pythonToken(token: string): string {
  if (token.startsWith("'"))
    return `"${token
      .slice(1, -1)
      .replaceAll('"', String.raw`\"`)
      .replaceAll(String.raw`\'`, "'")}"`;
  return WORDS_OF_PYTHON.get(token) ?? token;
}

/** What a text says whose tokens are, one by one, those of JSON: words before a colon are keys. */
function fromTokens(text: string, tokens: RegExp, said: (token: string) => string): Plain {
  const json: string[] = [];
  for (const [token] of text.matchAll(tokens)) {
    const next = /^[@$#]/.test(token) ? "" : said(token);
    if (next === "," && /^[,{[]?$/.test(json.at(-1) ?? "")) continue;
    const last = json.at(-1) ?? "";
    if (next === ":" && !last.startsWith('"')) json.splice(-1, 1, JSON.stringify(last));
    if (next !== "") json.push(next);
  }
  return fromJson(json.join(" "));
}

function fromJson(text: string): Plain {
  return parse(text.replace(/^\uFEFF/, ""), [], { allowTrailingComma: true }) as Plain;
}
