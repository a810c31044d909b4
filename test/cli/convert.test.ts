import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { useTemporaryFolder } from "../files/temporary.ts";
import { put, type Run, run } from "./run.ts";

/** A folder of test/fixtures/convert: a document, and what `convert` prints for it or says against it. */
interface Scenario {
  name: string;
  file: string;
  input: string;
  /** Standard output; nothing where the document is refused. */
  expected: string;
  args: string[];
  status: number;
  /** Parts of what stands on standard error. */
  says: string[];
}

const FIXTURES = join(import.meta.dirname, "../fixtures/convert");

const scenarios = readdirSync(FIXTURES).map((name): Scenario => {
  const files = readdirSync(join(FIXTURES, name));
  const textOf = (file: string): string => readFileSync(join(FIXTURES, name, file), "utf8");
  const file = files.find((candidate) => candidate.startsWith("input")) ?? "input";
  const facts: Pick<Scenario, "args" | "status" | "says"> = JSON.parse(textOf("case.json"));
  return {
    name,
    file,
    input: textOf(file),
    expected: files.includes("expected.json") ? textOf("expected.json") : "",
    ...facts,
  };
});

const folder = useTemporaryFolder();

describe("every fixture", () => {
  it.each(scenarios.map((scenario) => [scenario.name, scenario] as const))("%s", (_, scenario) => {
    const { file, input, expected, args, status, says } = scenario;
    put(folder.path, { [file]: input });
    const done = run(folder.path, ["convert", file, ...args]);
    expect(done.stdout).toBe(expected);
    for (const part of says) expect(oneLine(done.stderr)).toContain(part);
    expect(done.stderr).not.toMatch(/^\s+at /m);
    expect(done.status).toBe(status);
    expect(readFileSync(join(folder.path, file), "utf8")).toBe(input);
  });

  const printed = scenarios.filter(({ status }) => status === 0);
  it.each(printed.map((scenario) => [scenario.name, scenario] as const))("%s, once more", (_, scenario) => {
    const { expected, args } = scenario;
    const again = run(folder.path, ["convert", "-", ...args], expected);
    expect(again).toMatchObject({ stdout: expected, status: 0 });
  });

  const refused = scenarios.filter(({ status }) => status === 3);
  it.each(refused.map((scenario) => [scenario.name, scenario] as const))(
    "%s: says where, what is wrong and what to do next",
    (_, { file, input, args }) => {
      put(folder.path, { [file]: input });
      const paragraphs = run(folder.path, ["convert", file, ...args])
        .stderr.trimEnd()
        .split(/\n(?! )/);
      for (const paragraph of paragraphs)
        expect(oneLine(paragraph)).toMatch(/^input\.json:\d+:\d+: \S.*[.?] [A-Z`].*\.$/);
    },
  );
});

describe("standard input", () => {
  const flat = '{"rule":{"dispatchRuleDirect":{"roomName":"lobby"}}}';
  const info = '{\n  "rule": {\n    "dispatch_rule_direct": {\n      "room_name": "lobby"\n    }\n  }\n}\n';

  it.each([["-"], []])("is read when the file is %s", (...file) => {
    expect(run(folder.path, ["convert", ...file, "--to", "info"], flat)).toMatchObject({
      stdout: info,
      status: 0,
    });
  });

  it("is named in a refusal", () => {
    const done = run(
      folder.path,
      ["convert", "--to", "info"],
      `{\n  "rule": { "dispatchRuleDirect": {} },\n  "x": 1\n}`,
    );
    expect(done).toMatchObject({ stdout: "", status: 3 });
    expect(done.stderr).toMatch(/^\S+( \S+)?:3:3: /);
  });
});

describe("YAML", () => {
  const request =
    "# who answers\nname: lobby\nrule:\n  dispatchRuleDirect: { roomName: lobby, pin: '0123' }\n";
  const wrapped = {
    dispatch_rule: {
      rule: { dispatch_rule_direct: { room_name: "lobby", pin: "0123" } },
      name: "lobby",
    },
  };

  it.each(["rule.yaml", "rule.yml.example"])("%s becomes JSON", (name) => {
    put(folder.path, { [name]: request });
    const done = run(folder.path, ["convert", name, "--to", "wrapped"]);
    expect(done).toMatchObject({ status: 0, stderr: "" });
    expect(JSON.parse(done.stdout)).toEqual(wrapped);
  });

  it.each([[[]], [["--from-format", "yaml"]]])("on standard input, %j", (options) => {
    const done = run(folder.path, ["convert", "--to", "wrapped", ...options], request);
    expect(JSON.parse(done.stdout)).toEqual(wrapped);
  });

  it.each([
    ["two documents", `${request}---\n${request}`, "7:1: A second document begins here."],
    ["a list", "- name: a\n", "1:1: This is a list of 1, and"],
    ["an alias", "name: &n a\nrule: {dispatchRuleDirect: {roomName: *n}}\n", "1:10: Anchors, aliases"],
    ["a merge", "name: a\nrule: {<<: {dispatchRuleDirect: {roomName: a}}}\n", "2:7: Anchors, aliases"],
    ["a placeholder", "name: ${NAME}\nrule: {dispatchRuleIndividual: {}}\n", "1:7: An unquoted placeholder"],
    ["a tag", "name: !env NAME\nrule: {dispatchRuleIndividual: {}}\n", "1:12: Anchors, aliases"],
    ["a number for a PIN", "rule: {dispatchRuleDirect: {roomName: a, pin: 0123}}\n", "1:47: "],
    ["no YAML", "name: a: b\n", "1:"],
    ["an unknown field", "rule: {dispatchRuleIndividual: {}}\nbogus: b\n", "2:1: "],
  ])("%s is refused", (_, text, says) => {
    put(folder.path, { "rule.yaml": text });
    const done = run(folder.path, ["convert", "rule.yaml", "--to", "wrapped"]);
    expect([done.status, done.stdout]).toEqual([3, ""]);
    expect(oneLine(done.stderr).toLowerCase()).toContain(`rule.yaml:${says.toLowerCase()}`);
  });
});

describe("a placeholder in a string stays, and a warning names it", () => {
  const rule = (name: string, ...trunks: string[]): string =>
    JSON.stringify({ name, trunk_ids: trunks, rule: { dispatchRuleDirect: { roomName: "lobby" } } });

  it("of one request", () => {
    const text = rule("night", "${TRUNK_ID}", "ST_<REGION>");
    const done = run(folder.path, ["convert", "--to", "info"], text);
    expect(JSON.parse(done.stdout)).toMatchObject({ trunk_ids: ["${TRUNK_ID}", "ST_<REGION>"] });
    expect([done.status, oneLine(done.stderr)]).toEqual([
      0,
      "warning: -: `${TRUNK_ID}` and 1 other look like placeholders and stay in the output as written; fill them in before the rule is used. ",
    ]);
    expect(run(folder.path, ["convert", "--to", "info", "-q"], text)).toMatchObject({ stderr: "" });
  });

  it.each(["{{ trunk }}", "$TRUNK_ID", "__TRUNK__", "<your trunk>", "$(trunk)", "%s"])("%s", (written) => {
    expect(run(folder.path, ["convert", "--to", "info"], rule("a", written)).stderr).toContain(written);
  });

  it.each(["100% <3", "costs $5", "a < b > c", "__init", "{}", "$"])("but not %s", (written) => {
    expect(run(folder.path, ["convert", "--to", "info"], rule(written))).toMatchObject({ stderr: "" });
  });

  it("of a stream, once", () => {
    const text = [rule("a", "$ID"), rule("b", "$ID"), rule("c")].join("\n");
    const done = run(folder.path, ["convert", "--to", "info", "--from-format", "ndjson"], text);
    expect([done.status, oneLine(done.stderr)]).toEqual([
      0,
      "warning: -: what looks like a placeholder stays in the output of 2 requests. ",
    ]);
  });

  it("but not one in an annotation, which the output doesn't have", () => {
    const text = `{"_comment": "for $ID", ${rule("a").slice(1)}`;
    expect(run(folder.path, ["convert", "--to", "info"], text)).toMatchObject({ stderr: "" });
  });
});

describe("a stream that can't be read", () => {
  it("is no file", () => {
    const { status, stderr } = run(folder.path, ["convert", "no.ndjson", "--to", "info"]);
    expect([status, oneLine(stderr)]).toEqual([
      3,
      "no.ndjson: no such file. Check the path; it starts from the working directory. ",
    ]);
  });

  it("is a folder", () => {
    const { status, stderr } = run(folder.path, ["convert", ".", "--from-format", "ndjson", "--to", "info"]);
    expect([status, oneLine(stderr)]).toEqual([3, ".: is a directory. Name the files in it. "]);
  });
});

describe("a change of routing is said on standard error, and nowhere else", () => {
  const flat = '{"inbound_numbers":["+15550110"],"rule":{"dispatchRuleDirect":{"roomName":"lobby"}}}';

  it("when numbers move between the filters", () => {
    put(folder.path, { "rule.json": flat });
    const done = run(folder.path, ["convert", "rule.json", "--to", "info"]);
    expect(done.stderr).toMatch(/routing/);
    expect(JSON.parse(done.stdout)).toMatchObject({ numbers: ["+15550110"] });
  });

  it("not when they don't", () => {
    put(folder.path, { "rule.json": flat });
    const done = run(folder.path, [
      "convert",
      "rule.json",
      "--to",
      "info",
      "--inbound-numbers-as",
      "inbound_numbers",
    ]);
    expect(done.stderr).toBe("");
    expect(JSON.parse(done.stdout)).toMatchObject({ inbound_numbers: ["+15550110"] });
  });
});

/** The wire format, by hand: a tag is the field's number times eight, plus two for what has a length. */
describe("binary", () => {
  const rule = "0a070a056c6f626279"; // dispatch_rule_direct (1) { room_name (1): "lobby" }
  const number = "092b3135353530313130"; // the length of "+15550110" and itself
  const flat = `0a09${rule}22016132${number}`; // rule 1, name 4, inbound_numbers 6
  const info = `1209${rule}2a01616a${number}`; // rule 2, name 5, numbers 13
  const callers = `1209${rule}2a01613a${number}`; // inbound_numbers 7
  const wrapped = `5219${info}`; // dispatch_rule 10
  const json =
    '{"name":"a","inbound_numbers":["+15550110"],"rule":{"dispatchRuleDirect":{"roomName":"lobby"}}}';

  it.each([
    ["flat", [], flat],
    ["wrapped", [], wrapped],
    ["info", [], info],
    ["info", ["--inbound-numbers-as", "inbound_numbers"], callers],
  ])("is written from JSON: %s %j", (to, options, hex) => {
    const done = run(folder.path, ["convert", "-", "--to", to, "--to-format", "binary", ...options], json);
    expect(done.bytes.toString("hex")).toBe(hex);
    expect(done.status).toBe(0);
  });

  it.each([
    ["flat", flat, "flat", flat],
    ["flat", flat, "wrapped", wrapped],
    ["wrapped", wrapped, "wrapped", wrapped],
    ["wrapped", wrapped, "flat", flat],
    ["wrapped", wrapped, "info", info],
  ])("is read and written: %s (%s) to %s", (_, from, to, hex) => {
    const args = ["convert", "-", "--to", to, "--from-format", "binary", "--to-format", "binary"];
    const done = run(folder.path, args, bytes(from));
    expect(done.bytes.toString("hex")).toBe(hex);
    expect(done.status).toBe(0);
  });

  it("goes to JSON and back", () => {
    put(folder.path, { "request.bin": bytes(wrapped) });
    const args = ["--to", "wrapped", "--from-format", "binary", "--to-format", "json"];
    const { stdout } = run(folder.path, ["convert", "request.bin", ...args]);
    expect(JSON.parse(stdout)).toEqual({
      dispatch_rule: {
        rule: { dispatch_rule_direct: { room_name: "lobby" } },
        name: "a",
        numbers: ["+15550110"],
      },
    });
    const back = run(folder.path, ["convert", "-", "--to", "wrapped", "--to-format", "binary"], stdout);
    expect(back.bytes.toString("hex")).toBe(wrapped);
  });

  it("keeps an attribute `__proto__`", () => {
    const hex = `0a09${rule}3a0e0a095f5f70726f746f5f5f120161`; // attributes 7 { key (1): "__proto__", value (2): "a" }
    const args = ["convert", "-", "--to", "flat", "--from-format", "binary", "--to-format"];
    expect(run(folder.path, [...args, "binary"], bytes(hex)).bytes.toString("hex")).toBe(hex);
    expect(run(folder.path, [...args, "json"], bytes(hex)).stdout).toContain('"__proto__": "a"');
  });

  it.each([
    ["no message at all", bytes("ff")],
    ["cut off", bytes(wrapped.slice(0, -2))],
    ["an unknown field", bytes(`${wrapped}980601`)],
    ["JSON", json],
    ["no rule in it", bytes("220161")],
    ["empty", ""],
  ])("is refused when it is bad: %s", (_, input) => {
    const done = run(folder.path, ["convert", "-", "--to", "info", "--from-format", "binary"], input);
    expect(done).toMatchObject({ stdout: "", status: 3 });
    expect(done.stderr).toMatch(/\S.*\./);
    expect(done.stderr).not.toMatch(/^\s+at /m);
  });
});

describe("ndjson", () => {
  const lines = [
    '{"rule":{"dispatchRuleDirect":{"roomName":"a"}},"inbound_numbers":["+15550110"],"_note":"x"}',
    '{ "dispatchRule": { "name": "two", "rule": { "dispatchRuleDirect": { "roomName": "b" } } } }',
    '{"numbers":["+15550111"],"rule":{"dispatchRuleDirect":{"roomName":"c"}}}',
  ];
  const wrapped = [
    '{"dispatch_rule":{"rule":{"dispatch_rule_direct":{"room_name":"a"}},"numbers":["+15550110"]}}',
    '{"dispatch_rule":{"rule":{"dispatch_rule_direct":{"room_name":"b"}},"name":"two"}}',
    '{"dispatch_rule":{"rule":{"dispatch_rule_direct":{"room_name":"c"}},"numbers":["+15550111"]}}',
  ];
  const flat = [
    '{"rule":{"dispatch_rule_direct":{"room_name":"a"}},"inbound_numbers":["+15550110"]}',
    '{"rule":{"dispatch_rule_direct":{"room_name":"b"}},"name":"two"}',
    '{"rule":{"dispatch_rule_direct":{"room_name":"c"}},"inbound_numbers":["+15550111"]}',
  ];
  const STREAM = ["--from-format", "ndjson", "--to-format", "ndjson"];

  it.each([
    ["wrapped", wrapped],
    ["flat", flat],
  ])("is a compact document a line, in the order of the input: %s", (to, expected) => {
    const done = run(folder.path, ["convert", "-", "--to", to, ...STREAM], asText(lines));
    expect(done).toMatchObject({ stdout: asText(expected), status: 0 });
  });

  it.each([
    ["CRLF", lines.join("\r\n")],
    ["blank lines", `\n${lines.join("\n\n  \n")}\n\n`],
    ["no newline at the end", lines.join("\n")],
    ["a byte order mark", `\uFEFF${asText(lines)}`],
  ])("is read with %s", (_, text) => {
    const done = run(folder.path, ["convert", "-", "--to", "wrapped", ...STREAM], text);
    expect(done).toMatchObject({ stdout: asText(wrapped), status: 0 });
  });

  it("is known by the file's name", () => {
    put(folder.path, { "rules.ndjson": asText(lines), "rules.jsonl": asText(lines) });
    for (const file of ["rules.ndjson", "rules.jsonl"]) {
      expect(run(folder.path, ["convert", file, "--to", "wrapped", "--to-format", "ndjson"]).stdout).toBe(
        asText(wrapped),
      );
    }
  });

  it("leaves bad lines out, names each, and goes on", () => {
    const bad = [
      '{"rule":',
      '{"rule":{"dispatchRuleDirect":{}},"agent_name":"a"}',
      "[]",
      '{"dispatch_rule":{}}',
    ];
    const mixed = [lines[0], bad[0], "", bad[1], lines[1], bad[2], bad[3], lines[2]].join("\n");
    put(folder.path, { "rules.ndjson": mixed });
    const done = run(folder.path, ["convert", "rules.ndjson", "--to", "wrapped", ...STREAM]);
    expect(done).toMatchObject({ stdout: asText(wrapped), status: 3 });
    const places = [...done.stderr.matchAll(/^rules\.ndjson:(\d+):(\d+): \S/gm)].map(([, line, column]) => [
      line,
      column,
    ]);
    expect(places.map(([line]) => line)).toEqual(["2", "4", "6", "7"]);
    expect(places.slice(1)).toEqual([
      ["4", "35"],
      ["6", "1"],
      ["7", "2"],
    ]);
    expect(done.stderr).not.toMatch(/^\s+at /m);
  });

  it("prints nothing for nothing", () => {
    expect(run(folder.path, ["convert", "-", "--to", "wrapped", ...STREAM], "")).toMatchObject({
      stdout: "",
      stderr: "",
      status: 0,
    });
  });

  it("takes a single JSON document too, as one line", () => {
    const done = run(folder.path, ["convert", "-", "--to", "wrapped", "--to-format", "ndjson"], lines[1]);
    expect(done).toMatchObject({ stdout: `${wrapped[1]}\n`, status: 0 });
  });
});

describe("migrate -", () => {
  it("puts the migrated request on standard output and the diff on standard error", () => {
    const done = migrate(`{
  // our number
  "inbound_numbers": ["+15550110"],
  "rule": { "dispatchRuleDirect": { "roomName": "lobby" } },
}`);
    expect(done.stdout).toBe(`{
  "dispatch_rule": {
    // our number
    "numbers": ["+15550110"],
    "rule": { "dispatchRuleDirect": { "roomName": "lobby" } },
  },
}`);
    expect(done.stderr).toContain("+15550110");
    expect(done.status).toBe(0);
  });

  it("keeps the byte order mark and the line ends", () => {
    const done = migrate('\uFEFF{\r\n\t"rule": { "dispatchRuleDirect": {} }\r\n}');
    expect(done.stdout).toBe(
      '\uFEFF{\r\n\t"dispatch_rule": {\r\n\t\t"rule": { "dispatchRuleDirect": {} }\r\n\t}\r\n}',
    );
  });

  it("passes an already wrapped request on, byte for byte", () => {
    const text = '\uFEFF{ // done\r\n\t"dispatchRule":{"rule":{"dispatchRuleDirect":{}}},\r\n}';
    const done = migrate(text);
    expect(done).toMatchObject({ stdout: text, status: 0 });
  });

  it.each([
    ["a bare info", '{"numbers":["+15550110"],"rule":{"dispatchRuleDirect":{}}}'],
    ["a trunk", '{"trunk":{"name":"front"}}'],
    ["something else", '{"name":"voice","version":"1.0.0"}'],
    ["what needs a person", '{"name":"a","rule":{"dispatchRuleDirect":{}},"agent_name":"b"}'],
    ["mixed form", '{"name":"a","dispatch_rule":{"rule":{"dispatchRuleDirect":{}}}}'],
    ["broken JSON", '{"rule":'],
    ["nothing", ""],
    ["a NUL byte", "{\u0000}"],
  ])("prints nothing for %s and says why", (_, text) => {
    const done = migrate(text);
    expect(done).toMatchObject({ stdout: "", status: 3 });
    expect(done.stderr.trim()).not.toBe("");
    expect(done.stderr).not.toMatch(/^\s+at /m);
  });

  it("takes the options of a file", () => {
    const done = migrate(
      '{"inbound_numbers":["+15550170"],"rule":{"dispatchRuleDirect":{}}}',
      "--inbound-numbers-as",
      "inbound_numbers",
      "--wrapper-key",
      "dispatchRule",
    );
    expect(done.stdout).toBe(
      '{"dispatchRule":{"inbound_numbers":["+15550170"],"rule":{"dispatchRuleDirect":{}}}}',
    );
  });
});

function migrate(stdin: string, ...options: string[]): Run {
  return run(folder.path, ["migrate", "-", ...options], stdin);
}

function asText(lines: readonly string[]): string {
  return lines.map((line) => `${line}\n`).join("");
}

function bytes(hex: string): Buffer {
  return Buffer.from(hex, "hex");
}

/** As words, because a sentence may be broken into lines. */
function oneLine(text: string): string {
  return text.replaceAll(/\s+/g, " ");
}

describe("a text that is no request, and may hold some", () => {
  const script = `lk sip dispatch create - <<'EOF'\n{"rule":{"dispatchRuleDirect":{"roomName":"a"}}}\nEOF\n`;

  it.each([
    ["deploy.sh", script],
    ["deploy", `#!/bin/sh\n${script}`],
    ["README.md", "# Rules\n"],
    ["make.py", "import json\n"],
  ])("%s: migrate takes it", (name, text) => {
    put(folder.path, { [name]: text });
    const { status, stdout, stderr } = run(folder.path, ["convert", name, "--to", "wrapped"]);
    expect([status, stdout]).toEqual([3, ""]);
    const said = stderr.replaceAll(/\s+/g, " ");
    expect(said).toContain(`${name}: convert takes one request`);
    expect(said).toContain(`\`sip-dispatch migrate ${name}\``);
  });

  it("also on standard input, as its first line tells", () => {
    const { stderr } = run(folder.path, ["convert", "--to", "info"], `#!/bin/bash\n${script}`);
    expect(stderr).toContain("`sip-dispatch migrate -`");
  });

  it("but not what says that it is JSON, or is", () => {
    put(folder.path, { "a.sh": script, "b.sh": '{"rule":{"dispatchRuleDirect":{"roomName":"a"}}}' });
    const { stderr } = run(folder.path, ["convert", "a.sh", "--to", "info", "--from-format", "json"]);
    expect(stderr).toContain("a.sh:1:1: ");
    expect(run(folder.path, ["convert", "b.sh", "--to", "info"]).status).toBe(0);
  });
});
