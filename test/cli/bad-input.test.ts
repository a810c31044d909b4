import {
  chmodSync,
  chownSync,
  closeSync,
  ftruncateSync,
  openSync,
  readdirSync,
  readFileSync,
  statSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { isRoot, mountSmallDisk, useTemporaryFolder } from "../files/temporary.ts";
import { NOBODY, put, report, type ReportedSite, type Run, run, runBound } from "./run.ts";

const folder = useTemporaryFolder();

const DIRECT = '"rule":{"dispatchRuleDirect":{"roomName":"lobby"}}';
const FLAT = `{${DIRECT}}\n`;

/** A text that can't be migrated, what is said about it, and where: undefined where no place is right. */
interface Bad {
  what: string;
  text: string | Uint8Array;
  outcome: string;
  reason: string;
  at?: [line: number, column: number];
}

const unreadable: Bad[] = [
  { what: "no JSON", text: "hello\n", at: [1, 1], ...notJson() },
  { what: "YAML", text: "rule:\n  dispatchRuleDirect: {}\n", at: [1, 1], ...notJson() },
  { what: "single quotes", text: "{'rule': 1}\n", at: [1, 2], ...notJson() },
  { what: "a bare word", text: '{\n  "rule": tru\n}\n', at: [2, 11], ...notJson() },
  { what: "a key without a value", text: '{\n  "rule"\n}\n', ...notJson() },
  { what: "a missing comma", text: '{\n  "name": "a"\n  "rule": {}\n}\n', at: [3, 3], ...notJson() },
  { what: "two commas", text: '{\n  "name": "a",,\n  "rule": {}\n}\n', at: [2, 15], ...notJson() },
  { what: "a wrong bracket", text: '{\n  "trunk_ids": ["ST_A"}\n', at: [2, 23], ...notJson() },
  { what: "a bracket too many", text: `${FLAT}}\n`, at: [2, 1], ...notJson() },
  { what: "two documents", text: `${FLAT.trimEnd()} {}\n`, at: [1, FLAT.trimEnd().length + 2], ...notJson() },
  { what: "cut off in an object", text: '{\n  "rule": {\n', ...notJson() },
  { what: "cut off in a string", text: '{\n  "name": "lob', ...notJson() },
  { what: "cut off in a comment", text: '{\n  "name": "a" /* lob', ...notJson() },
  { what: "a line break in a string", text: '{\n  "name": "lob\nby"\n}\n', ...notJson() },
  { what: "a wrong escape", text: String.raw`{"name": "\x41"}`, ...notJson() },
  { what: "empty", text: "", at: [1, 1], ...notJson() },
  { what: "blanks alone", text: " \n\n", ...notJson() },
  { what: "comments alone", text: "// nothing yet\n", ...notJson() },
  { what: "a byte order mark alone", text: "\uFEFF", at: [1, 1], ...notJson() },
  { what: "unclosed brackets, 100,000 deep", text: "[".repeat(100_000), ...notJson() },
  { what: "unclosed objects, 100,000 deep", text: '{"a":'.repeat(100_000), ...notJson() },
  { what: "UTF-16, little end first", text: Buffer.from(`\uFEFF${FLAT}`, "utf16le"), ...encoding() },
  { what: "UTF-16, big end first", text: Buffer.from(`\uFEFF${FLAT}`, "utf16le").swap16(), ...encoding() },
  { what: "UTF-16 without a byte order mark", text: Buffer.from(FLAT, "utf16le"), ...encoding() },
  { what: "a NUL byte", text: `{\n  "name": "a\0b",\n  ${DIRECT}\n}`, at: [2, 13], ...encoding() },
  {
    what: "Latin-1",
    text: Buffer.from('{\n  "name": "Caf\u00e9",\n  "rule": {}\n}', "latin1"),
    at: [2, 15],
    ...encoding(),
  },
];

const forAPerson: Bad[] = [
  person(
    "both spellings",
    `{\n  "trunk_ids": [],\n  "trunkIds": [],\n  ${DIRECT}\n}`,
    "both-spellings",
    [3, 3],
  ),
  person("a repeated key", `{\n  "name": "a",\n  ${DIRECT},\n  "name": "b"\n}`, "repeated-key", [4, 3]),
  person("an unknown key", `{\n  ${DIRECT},\n  "agent_name": "a"\n}`, "unknown-field", [3, 3]),
  person(
    "an unknown key deep down",
    `{\n  ${DIRECT},\n  "room_config": {\n    "agents": [\n      { "config": 1 }\n    ]\n  }\n}`,
    "unknown-field",
    [5, 9],
  ),
  person("metadata as an object", `{\n  ${DIRECT},\n  "metadata": { "a": 1 }\n}`, "wrong-type", [3, 15]),
  person(
    "metadata 100,000 deep",
    `{\n  ${DIRECT},\n  "metadata": ${deep(100_000)}\n}`,
    "wrong-type",
    [3, 15],
  ),
  person(
    "an unknown key 100,000 deep",
    `{\n  ${DIRECT},\n  "extra": ${deep(100_000)}\n}`,
    "unknown-field",
    [3, 3],
  ),
  person(
    "numbers that are no strings",
    `{\n  ${DIRECT},\n  "inbound_numbers": [15550110]\n}`,
    "wrong-type",
    [3, 23],
  ),
  person("a null wrapper alone", '{\n  "dispatch_rule": null\n}', "missing-rule"),
  person("an empty wrapper", '{\n  "dispatch_rule": {}\n}', "missing-rule", [2, 3]),
  person("trunks and no rule", '\n{\n  "trunk_ids": ["ST_A"]\n}', "missing-rule", [2, 1]),
  person("mixed form", `{\n  "dispatch_rule": {${DIRECT}},\n  "name": "a"\n}`, "mixed-form", [3, 3]),
  person(
    "a rule in a rule",
    `{\n  "rule": {\n    "name": "a",\n    ${DIRECT}\n  }\n}`,
    "wrong-nesting",
    [4, 5],
  ),
  person(
    "an id in the wrapper",
    `{"dispatch_rule":{"sip_dispatch_rule_id":"SDR_a",${DIRECT}}}`,
    "id-set",
    [1, 19],
  ),
];

const notOurs: Bad[] = [
  {
    what: "a bare info",
    text: `{\n  ${DIRECT},\n  "numbers": []\n}`,
    outcome: "not-create",
    reason: "info-field",
    at: [3, 3],
  },
  {
    what: "a trunk",
    text: '{\n  "trunk": { "name": "a" }\n}',
    outcome: "not-create",
    reason: "trunk",
    at: [2, 3],
  },
  {
    what: "a package.json",
    text: '{\n  "name": "a",\n  "version": "1.0.0"\n}',
    outcome: "not-create",
    reason: "not-a-request",
    at: [1, 1],
  },
  { what: "brackets, 100,000 deep", text: deep(100_000), outcome: "not-create", reason: "not-a-request" },
  {
    what: "objects, 100,000 deep",
    text: `${'{"a":'.repeat(100_000)}1${"}".repeat(100_000)}`,
    outcome: "not-create",
    reason: "not-a-request",
  },
];

describe.each([...unreadable, ...forAPerson])("$what", ({ text, outcome, reason, at }) => {
  it(`is ${outcome}, ${reason}, and stays as it is`, () => {
    const done = runUntouched({ "rule.json": text }, ["migrate", "--write", "--format", "json", "rule.json"]);
    const { sites, totals } = report(done);
    expect(sites).toHaveLength(1);
    expect(totals).toMatchObject({ sources: 1, sites: 1, migrated: 0 });
    expect(sites[0]).toMatchObject({ path: "rule.json", outcome, reason, written: false, ...placed(at) });
    expect(done.status).toBe(3);
  });

  it("is explained to a person: where, what is wrong, what to do next", () => {
    const done = runUntouched({ "rule.json": text }, ["migrate", "--write", "rule.json"]);
    const { sites } = report(run(folder.path, ["migrate", "--format", "json", "rule.json"]));
    const finding = sites[0]?.findings.find(({ severity }) => severity === "error");
    expect(finding?.message).toMatch(/^\S.*[^.]$/);
    expect(finding?.next).toMatch(/^[A-Z`].*\.$/);
    const said = oneLine(done.stdout + done.stderr);
    expect(said).toContain(oneLine(finding?.message ?? "no message"));
    expect(said).toContain(oneLine(finding?.next ?? "no next step"));
    expect(said).toContain(`rule.json:${at ? `${at[0]}:${at[1]}` : ""}`);
    expect(done.status).toBe(3);
  });
});

describe.each(notOurs)("$what", ({ text, outcome, reason, at }) => {
  it(`is ${outcome}, ${reason}, and stays as it is`, () => {
    const done = runUntouched({ "rule.json": text }, ["migrate", "--write", "--format", "json", "rule.json"]);
    expect(report(done).sites).toMatchObject([{ outcome, reason, written: false, ...placed(at) }]);
    expect(done.status).toBe(0);
  });

  it("is named to a person", () => {
    const done = runUntouched({ "rule.json": text }, ["migrate", "rule.json"]);
    expect(done.stdout).toContain("rule.json");
    expect(done.status).toBe(0);
  });
});

describe("a file that can't be opened", () => {
  it.each([
    ["missing", "nowhere.json"],
    ["in a missing folder", "nowhere/rule.json"],
  ])("is %s", (_, name) => {
    const { site, said } = refused(name, (args) => run(folder.path, args));
    expect(site).toMatchObject({ path: name, outcome: "unreadable", reason: "io", written: false });
    expect(said).toContain(name);
    expect(said).toContain(oneLine(site?.findings[0]?.next ?? "no next step"));
  });

  it("may not be read", () => {
    put(folder.path, { "rule.json": FLAT });
    chmodSync(join(folder.path, "rule.json"), 0);
    const { site, said } = refused("rule.json", bound);
    expect(site).toMatchObject({ path: "rule.json", outcome: "unreadable", reason: "io", written: false });
    expect(said).toMatch(/permission/);
  });

  it("does not keep the others from their migration", () => {
    put(folder.path, { "a.json": FLAT, "c.json": FLAT });
    const done = run(folder.path, ["migrate", "--write", "a.json", "b.json", "c.json"]);
    expect(done.status).toBe(3);
    for (const name of ["a.json", "c.json"]) {
      expect(readFileSync(join(folder.path, name), "utf8")).toBe(`{"dispatch_rule":${FLAT.trim()}}\n`);
    }
  });
});

describe("a file over the limit", () => {
  it.each(["rule.json", "rules.ndjson"])("is too large: %s", (name) => {
    const path = join(folder.path, name);
    const file = openSync(path, "w");
    ftruncateSync(file, 65 * 1024 * 1024);
    closeSync(file);
    const done = run(folder.path, ["migrate", "--write", "--format", "json", name]);
    expect(report(done).sites).toMatchObject([{ path: name, outcome: "unreadable", reason: "too-large" }]);
    expect(done.status).toBe(3);
    const said = run(folder.path, ["migrate", name]);
    expectNoTrace(said);
    expect(said.stdout + said.stderr).toMatch(/65 MiB[^]*64 MiB/);
    expect(statSync(path).size).toBe(65 * 1024 * 1024);
  });
});

describe("a deep annotation", () => {
  it("is no hindrance, 100,000 deep", () => {
    put(folder.path, { "rule.json": `{"_deep":${deep(100_000)},${DIRECT}}` });
    const done = run(folder.path, ["migrate", "--write", "rule.json"]);
    expect(done.status).toBe(0);
    expect(readFileSync(join(folder.path, "rule.json"), "utf8")).toBe(
      `{"_deep":${deep(100_000)},"dispatch_rule":{${DIRECT}}}`,
    );
  });
});

describe("a file that can't be written", () => {
  it("is read-only", () => {
    const path = join(folder.path, "rule.json");
    put(folder.path, { "rule.json": FLAT });
    chmodSync(path, 0o444);
    if (isRoot) chownSync(path, NOBODY, NOBODY);
    const done = bound(["migrate", "--write", "--format", "json", "rule.json"]);
    expect(report(done).sites).toMatchObject([{ reason: "read-only", written: false }]);
    expect(done.status).toBe(3);
    const said = bound(["migrate", "--write", "rule.json"]);
    expectNoTrace(said);
    expect(said.stdout + said.stderr).toMatch(/rule\.json[^]*read-only/);
    expect(readFileSync(path, "utf8")).toBe(FLAT);
    expect(readdirSync(folder.path)).toEqual(["rule.json"]);
  });

  it("is on a full disk", ({ skip }) => {
    const disk = join(folder.path, "disk");
    const unmount = mountSmallDisk(disk, skip);
    try {
      put(disk, { "rule.json": FLAT });
      fill(join(disk, "filler"));
      const done = run(disk, ["migrate", "--write", "--format", "json", "rule.json"]);
      expect(report(done).sites).toMatchObject([{ path: "rule.json", reason: "io", written: false }]);
      expect(done.status).toBe(3);
      const said = run(disk, ["migrate", "--write", "rule.json"]);
      expectNoTrace(said);
      expect(said.stdout + said.stderr).toMatch(/rule\.json[^]*(space|full)/i);
      expect(readFileSync(join(disk, "rule.json"), "utf8")).toBe(FLAT);
      expect(readdirSync(disk).toSorted()).toEqual(["filler", "rule.json"]);
    } finally {
      unmount();
    }
  });
});

describe("wrong usage ends with 2, says what is wrong, and touches nothing", () => {
  it.each([
    { args: ["migrate", "--wirte", "rule.json"], says: /--wirte[^]*--write/ },
    { args: ["migrate", "rule.json", "--chekc"], says: /--chekc[^]*--check/ },
    {
      args: ["migrate", "rule.json", "--write", "--inbound-number-as=numbers"],
      says: /--inbound-numbers-as/,
    },
    { args: ["migrate", "rule.json", "--write", "--zzzzzz"], says: /--zzzzzz/ },
    { args: ["convert", "rule.json", "--to", "wrapped", "--to-fromat", "json"], says: /--to-format/ },
    { args: [], says: /migrate[^]*convert/ },
    { args: ["migrat", "rule.json"], says: /migrat\b[^]*migrate/ },
    { args: ["explode"], says: /explode/ },
    { args: ["migrate", "-o", "new.json"], says: /file/i },
    { args: ["convert", "rule.json"], says: /--to\b/ },
    { args: ["convert", "rule.json", "--to", "round"], says: /round/ },
    { args: ["convert", "rule.json", "--to"], says: /--to\b/ },
    { args: ["migrate", "rule.json", "--write", "--server", "newest"], says: /newest/ },
    { args: ["migrate", "rule.json", "--write", "--wrapper-key", "rule"], says: /wrapper-key/ },
    { args: ["migrate", "rule.json", "--write", "--inbound-numbers-as", "called"], says: /called/ },
    { args: ["migrate", "rule.json", "--write", "--format", "xml"], says: /xml/ },
    { args: ["migrate", "rule.json", "--write", "--color", "pink"], says: /pink/ },
    { args: ["migrate", "rule.json", "--write", "--trunks"], says: /--trunks/ },
  ])("$args", ({ args, says }) => {
    const done = runUntouched({ "rule.json": FLAT }, args);
    expect(done.status).toBe(2);
    expect(done.stderr).toMatch(says);
    expect(done.stdout).toBe("");
    expect(done.stderr).not.toContain("null");
  });

  it("takes a file named after a list of trunks as a file", () => {
    put(folder.path, { "rule.json": FLAT });
    expect(run(folder.path, ["migrate", "--trunks", "ST_A", "rule.json"]).status).toBe(0);
  });

  it("asks for help in vain nowhere", () => {
    for (const args of [["--help"], ["migrate", "--help"], ["convert", "--help"]]) {
      const { status, stdout, stderr } = run(folder.path, args);
      expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
      expect(stdout).toContain("sip-dispatch");
    }
  });
});

describe("trunks that can't be known", () => {
  it.each([
    ["a missing file", undefined],
    ["no JSON", "trunks"],
    ["cut off", '{"items":['],
    ["something else", '{"name":"voice"}'],
    ["a request", FLAT],
  ])("%s: nothing is written", (_, trunks) => {
    if (trunks !== undefined) put(folder.path, { "trunks.json": trunks });
    const args = ["migrate", "--write", "--known-trunks", "trunks.json", "rule.json"];
    const done = runUntouched({ "rule.json": FLAT }, args);
    expect([2, 3]).toContain(done.status);
    expect(done.stderr).toContain("trunks.json");
  });
});

describe("hostile text", () => {
  const sequence = "\u001B[31m\u0007\u202E";

  it.each([
    ["in a key", `{${DIRECT},"x${JSON.stringify(sequence).slice(1, -1)}":1}`],
    ["raw in a key", `{${DIRECT},"x\u202E\u009B":1}`],
    ["in a value", `{${DIRECT},"name":${JSON.stringify(sequence)}}`],
    ["in a PIN", `{"rule":{"dispatchRuleDirect":{"pin":${JSON.stringify(sequence)}}}}`],
    ["in a number", `{${DIRECT},"inbound_numbers":[${JSON.stringify(sequence)}]}`],
    ["in a comment", `{${DIRECT} // ${sequence}\n}`],
    ["in place of JSON", `{${sequence}}`],
  ])("never reaches a terminal: %s", (_, text) => {
    put(folder.path, { "rule.json": text });
    for (const args of [
      ["migrate", "rule.json"],
      ["migrate", "--format", "json", "rule.json"],
      ["convert", "rule.json", "--to", "flat"],
    ]) {
      const { stdout, stderr } = run(folder.path, args);
      const printed = args[0] === "convert" ? stderr : stdout + stderr;
      // oxlint-disable-next-line no-control-regex -- control characters are what is looked for
      expect(printed).not.toMatch(/[\u0000-\u0009\u000B-\u001F\u007F-\u009F\u202A-\u202E]/);
    }
  });

  it("never reaches a terminal: in a file's name", () => {
    const name = "a\u001B[31mb.json";
    put(folder.path, { [name]: FLAT });
    for (const args of [
      ["migrate", name],
      ["migrate", `${name}x`],
      ["convert", `${name}x`, "--to", "flat"],
    ]) {
      const { stdout, stderr } = run(folder.path, args);
      expect(stdout + stderr).not.toContain("\u001B");
    }
  });
});

describe("the highest of 4, 2, 3 and 1 is the exit status", () => {
  it.each([
    { names: ["wrapped.json", "other.json"], options: ["--check"], status: 0 },
    { names: ["flat.json", "wrapped.json"], options: ["--check"], status: 1 },
    { names: ["flat.json", "mixed.json"], options: ["--check"], status: 3 },
    { names: ["cut.json", "flat.json"], options: [], status: 3 },
    { names: ["cut.json", "flat.json"], options: ["--nope"], status: 2 },
  ])("$names $options: $status", ({ names, options, status }) => {
    put(folder.path, {
      "wrapped.json": `{"dispatch_rule":{${DIRECT}}}`,
      "other.json": "{}",
      "flat.json": FLAT,
      "mixed.json": `{"dispatch_rule":{${DIRECT}},"name":"a"}`,
      "cut.json": "{",
    });
    expect(run(folder.path, ["migrate", ...options, ...names]).status).toBe(status);
  });
});

/** Runs the program beside these files and makes sure that none is touched and no stack trace printed. */
function runUntouched(files: Readonly<Record<string, string | Uint8Array>>, args: readonly string[]): Run {
  put(folder.path, files);
  const longAgo = new Date("2020-01-01T00:00:00Z");
  for (const name of Object.keys(files)) utimesSync(join(folder.path, name), longAgo, longAgo);
  const done = run(folder.path, args);
  expectNoTrace(done);
  for (const [name, content] of Object.entries(files)) {
    const path = join(folder.path, name);
    expect(readFileSync(path).equals(Buffer.from(content))).toBe(true);
    expect(statSync(path).mtime).toEqual(longAgo);
  }
  return done;
}

/** Runs the program as a user who may write in the test's folders, but only what permissions let them. */
function bound(args: readonly string[]): Run {
  return runBound(folder.path, args, [folder.path, folder.elsewhere]);
}

/** What is reported, and said to a person, of a file that can't be opened. */
function refused(
  name: string,
  runIt: (args: string[]) => Run,
): { site: ReportedSite | undefined; said: string } {
  const done = runIt(["migrate", "--write", "--format", "json", name]);
  const said = runIt(["migrate", name]);
  expectNoTrace(said);
  expect([done.status, said.status]).toEqual([3, 3]);
  expect(report(done).sites).toHaveLength(1);
  return { site: report(done).sites[0], said: oneLine(said.stdout + said.stderr) };
}

function placed(at: Bad["at"]): { line?: number; column?: number } {
  return at ? { line: at[0], column: at[1] } : {};
}

function expectNoTrace({ stdout, stderr }: Run): void {
  expect(stdout + stderr).not.toMatch(/^\s+at \S/m);
}

/** Writes to a disk until it is full. */
function fill(path: string): void {
  const file = openSync(path, "w");
  try {
    for (;;) writeFileSync(file, Buffer.alloc(1024, "x"));
  } catch {
    closeSync(file);
  }
}

function deep(levels: number): string {
  return "[".repeat(levels) + "]".repeat(levels);
}

function notJson(): Pick<Bad, "outcome" | "reason"> {
  return { outcome: "unreadable", reason: "not-json" };
}

function encoding(): Pick<Bad, "outcome" | "reason"> {
  return { outcome: "unreadable", reason: "encoding" };
}

function person(what: string, text: string, reason: string, at?: [line: number, column: number]): Bad {
  return { what, text, outcome: "needs-person", reason, ...(at && { at }) };
}

/** As words, because the report breaks its lines at 80 columns. */
function oneLine(text: string): string {
  return text.replaceAll(/\s+/g, " ");
}
